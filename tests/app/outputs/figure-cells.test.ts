import { expect, test } from "vitest";
import { fitCellTexts } from "../../../app/outputs/figure-cells.ts";

const trace = {
  type: "heatmap",
  z: [[1, 2]],
  text: [["1.25", "2"]],
  texttemplate: "%{text}",
};

test("numbers stand in the cells of a heat map where each has room", () => {
  const [wide] = fitCellTexts([trace], { margin: { l: 20 } }, 400);
  expect(wide).toMatchObject({ texttemplate: "%{text}", textfont: { size: 11 } });
  const [narrow] = fitCellTexts([trace], { margin: { l: 20 } }, 170);
  expect(narrow).toEqual({ type: "heatmap", z: [[1, 2]] });
});

test("other traces keep their texts", () => {
  const bars = { type: "bar", text: ["a"], texttemplate: "%{text}" };
  expect(fitCellTexts([bars], {}, 10)).toEqual([bars]);
});
