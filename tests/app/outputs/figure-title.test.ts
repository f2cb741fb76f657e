import { describe, expect, test } from "vitest";
import { fitTitle } from "../../../app/outputs/figure-title.ts";

const layout = {
  title: { text: "What a step of a thousandth does to the loss" },
  margin: { t: 36 },
};

describe("fitTitle()", () => {
  test("leaves a title alone that fits", () => {
    expect(fitTitle(layout, 700)).toEqual({ layout, extraPx: 0 });
  });

  test("breaks one that a phone would cut between words, and makes room for the lines", () => {
    const { layout: fitted, extraPx } = fitTitle(layout, 328);
    // Plotly moves a title up for each further line; the pad takes that back.
    const text = "What a step of a thousandth does<br>to the loss";
    expect(fitted["title"]).toEqual({ text, pad: { t: 29 } });
    expect(fitted["margin"]).toEqual({ t: 36 + 18 });
    expect(extraPx).toBe(18);
  });

  test("takes a title written as plain text, and no margin", () => {
    const { layout: fitted } = fitTitle({ title: "one two three four five six seven eight" }, 200);
    expect(fitted["title"]).toMatchObject({
      text: "one two three<br>four five six<br>seven eight",
    });
    expect(fitted["margin"]).toEqual({ t: 36 + 36 });
  });

  test("leaves alone what has tags, what is no text, and a column without a width", () => {
    for (const title of [{ text: `${"long ".repeat(40)}<b>x</b>` }, { text: 7 }, undefined])
      expect(fitTitle({ title }, 200).extraPx).toBe(0);
    expect(fitTitle(layout, 0).extraPx).toBe(0);
  });
});
