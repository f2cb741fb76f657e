import { expect, test } from "vitest";
import { parseFrameReply } from "../../../app/outputs/frame-messages.ts";

test("parseFrameReply() takes the three things a frame may say", () => {
  expect(parseFrameReply({ kind: "ready", more: 1 })).toEqual({ kind: "ready" });
  expect(parseFrameReply({ kind: "refused" })).toEqual({ kind: "refused" });
  expect(parseFrameReply({ kind: "size", heightPx: 12.2 })).toEqual({ kind: "size", heightPx: 13 });
});

test("parseFrameReply() bounds a height, and refuses what is none", () => {
  const heightOf = (heightPx: unknown) => parseFrameReply({ kind: "size", heightPx });
  expect(heightOf(1e9)).toEqual({ kind: "size", heightPx: 2_000 });
  expect(heightOf(-5)).toEqual({ kind: "size", heightPx: 0 });
  for (const wrong of ["100", Number.NaN, Infinity, null, { valueOf: 1 }, [3]])
    expect(heightOf(wrong), String(wrong)).toBeNull();
});

test("parseFrameReply() refuses everything else", () => {
  for (const sent of [null, 7, "ready", [], { kind: "show", html: "" }, { kind: { ready: 1 } }])
    expect(parseFrameReply(sent)).toBeNull();
});
