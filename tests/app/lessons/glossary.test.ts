import { describe, expect, test } from "vitest";
import { parsePercent } from "../../../app/formats/percent.ts";
import { createTermFinder, firstUses, termsOf, wordsOf } from "../../../app/lessons/glossary.ts";
import { newCell, type Notebook } from "../../../app/notebook/document.ts";

const terms = termsOf(
  parsePercent(`// %% [markdown] id="weight" tags=["term"] also=["weights"]
// ### weight
//
// How strong it is.

// %% id="weight-shown"
tensor([1]);

// %% [markdown] id="weight-decay" tags=["term"]
// ### weight decay
//
// It shrinks.
`).notebook,
);
const finder = createTermFinder(terms);
const found = (text: string) => Array.from(finder.find(text), ({ words }) => words);

test("termsOf() reads name, other forms, definition and the code below", () => {
  expect(terms).toEqual([
    {
      name: "weight",
      anchor: "weight",
      forms: ["weight", "weights"],
      definition: "How strong it is.",
      code: "tensor([1]);",
    },
    {
      name: "weight decay",
      anchor: "weight-decay",
      forms: ["weight decay"],
      definition: "It shrinks.",
      code: "",
    },
  ]);
});

describe("a finder of terms", () => {
  test("finds whole words in any case, the longest form first", () => {
    expect(found("Weights, a weight, and weight decay.")).toEqual([
      "Weights",
      "weight",
      "weight decay",
    ]);
    expect(found("overweight, weighty, weight-lifting")).toEqual([]);
  });

  test("finds nothing without terms", () => {
    expect(Array.from(createTermFinder([]).find("weight"))).toEqual([]);
  });
});

test("wordsOf() reads no code, formulas, headings, links and marks of HTML", () => {
  const text =
    '# weight\n\n`weight` $weight$ [weight](?lesson=02) <b title="weight">x</b>\n<details><summary>a</summary>\n\nweight\n</details>\n```ts\nweight\n```\nleft';
  expect(found(wordsOf(text))).toEqual([]);
  expect(wordsOf(text)).toContain("left");
});

test("firstUses() links a term once, where it comes first, and never in a hint", () => {
  const notebook: Notebook = {
    metadata: {},
    cells: [
      newCell("markdown", "a weight", { tags: ["hint"] }),
      newCell("code", "weight"),
      newCell("markdown", "weights and weights"),
      newCell("markdown", "a weight and weight decay"),
    ],
  };
  const uses = firstUses(notebook, finder);
  const names = notebook.cells.map(({ id }) => Array.from(uses.get(id) ?? [], ({ name }) => name));
  expect(names).toEqual([[], [], ["weight"], ["weight decay"]]);
});
