import { describe, expect, test } from "vitest";
import { fitTicks } from "../../../app/outputs/figure-ticks.ts";
import { inColumn } from "../../../app/outputs/figure-scene.ts";

const ticktext = ["0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1"];
const xaxis = {
  type: "log",
  tickmode: "array",
  range: [-3, 0],
  tickvals: ticktext.map(Number),
  ticktext,
};

describe("fitTicks()", () => {
  test("leaves numbers alone that have room, and axes that choose their own", () => {
    expect(fitTicks({ xaxis }, 752)).toEqual({ xaxis });
    for (const layout of [
      {},
      { xaxis: { range: [0, 1] } },
      { xaxis: { ...xaxis, range: [null, 1] } },
    ])
      expect(fitTicks(layout, 200)).toBe(layout);
  });

  test("leaves out every second number on a phone, where all would touch", () => {
    const { xaxis: fitted } = fitTicks({ xaxis, margin: { r: 80 } }, 328);
    expect(fitted).toMatchObject({
      ticktext: ["0.001", "0.01", "0.1", "1"],
      tickvals: [0.001, 0.01, 0.1, 1],
    });
  });

  test("keeps the first alone where there is room for one", () => {
    expect(fitTicks({ xaxis }, 100)["xaxis"]).toMatchObject({ ticktext: ["0.001"] });
  });
});

describe("inColumn()", () => {
  const layout = { scene: { camera: { eye: { x: 1, y: -1, z: 0.5 }, center: { z: 0 } } } };

  test("leaves a scene alone that has room", () => {
    expect(inColumn(layout, 752, 420)).toBe(layout);
    expect(inColumn({}, 300, 420)).toEqual({});
  });

  test("looks from farther away in a narrow column", () => {
    expect(inColumn(layout, 315, 420)).toEqual({
      scene: { camera: { eye: { x: 2, y: -2, z: 1 }, center: { z: 0 } } },
    });
  });
});
