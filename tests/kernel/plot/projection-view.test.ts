import { expect, test } from "vitest";
import { fromBase64, toBase64 } from "../../../kernel/plot/base64.ts";
import {
  parseProjection,
  printProjection,
  type ProjectionView,
} from "../../../kernel/plot/projection-view.ts";

const view: ProjectionView = {
  title: "digits",
  rows: 3,
  columns: 2,
  vectors: Float32Array.from([1, 2, 3, 4, 5, 6.5]),
  of: 30,
  labels: ["a", "b", "c"],
  colors: { kind: "classes", names: ["odd", "even"], of: Uint16Array.from([1, 0, 1]) },
  images: { height: 1, width: 2, channels: 1, pixels: Uint8Array.from([0, 255, 1, 2, 3, 4]) },
  method: "umap",
  dims: 3,
  perplexity: 30,
  neighbours: 15,
  minDist: 0.1,
  direction: [0, 2],
  seed: 7,
};

test("a projection's view survives its way through JSON", () => {
  for (const each of [
    view,
    { ...view, colors: { kind: "quantity", of: Float32Array.from([0.5, -1, 2]) } as const },
    { ...view, title: null, labels: null, colors: null, images: null, direction: null },
  ]) {
    expect(parseProjection(JSON.parse(JSON.stringify(printProjection(each))))).toEqual(each);
  }
});

test("parseProjection() refuses what does not fit together", () => {
  const sent = JSON.parse(JSON.stringify(printProjection(view))) as object;
  const wrong: object[] = [
    { rows: 4 },
    { columns: 0 },
    { vectors: "?" },
    { vectors: "AAAA" },
    { rows: 1e9, columns: 1e9 },
    { labels: ["a"] },
    { labels: [1, 2, 3] },
    {
      colors: { kind: "classes", names: ["odd"], of: toBase64(new Uint8Array([1, 0, 0, 0, 0, 0])) },
    },
    { colors: "red" },
    { images: { height: 9, width: 9, channels: 1, pixels: "AAAA" } },
    { images: { height: 1, width: 2, channels: 2, pixels: "AAAAAAAA" } },
    { method: "magic" },
    { dims: 4 },
    { direction: [0, 3] },
    { perplexity: 0 },
    { seed: -1 },
  ];
  for (const each of wrong) expect(parseProjection({ ...sent, ...each })).toBeNull();
  for (const each of [null, 1, "x", [], {}]) expect(parseProjection(each)).toBeNull();
});

test("base64 of many bytes comes back", () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => i * 7);
  expect(fromBase64(toBase64(bytes))).toEqual(bytes);
  expect(fromBase64("?!")).toBeNull();
});
