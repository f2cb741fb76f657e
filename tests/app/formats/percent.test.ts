import { propertyRuns } from "../../counts.ts";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FormatError } from "../../../app/formats/format-error.ts";
import { frontMatterOf } from "../../../app/formats/front-matter.ts";
import { parsePercent, printPercent } from "../../../app/formats/percent.ts";
import { tagsOf } from "../../../app/notebook/document.ts";
import { applyEdit } from "../../../app/notebook/edits.ts";
import { packagePatternOf, pinPackage, versionsOf } from "../../../app/notebook/packages.ts";
import { isSilenced, silence } from "../../../app/notebook/silenced.ts";
import { anyNotebook } from "../notebook/notebooks.arbitrary.ts";

const LESSON = `// ---
// title: Turn the knobs yourself
// question: What is a parameter?
// minutes: 10
// order: 1
// ---

// %% [markdown] id="intro" tags=["setup"]
// # Turn the knobs
//
// A *parameter* is a number.

// %% once a notebook
import { data } from "descent";

// %% [exercise] id="bias-gradient" title="Where does a bias learn from?"
const db = dZ; // dZ is [32, 10]

function double(x: number) {

  return 2 * x;
}

// %% id="check-1" tags=["check"] for="bias-gradient"
expect(db).shape([10]);

// %% [raw] id="note"
// %%%

// %% 3 a learning rate = 0.1 in the hand
ui.slider("x");
`;

const first = (text: string) => {
  const cell = parsePercent(text).notebook.cells[0];
  if (cell === undefined) throw new Error("wanted a cell");
  return cell;
};

describe("printPercent(parsePercent())", () => {
  test("is the text, for a lesson in our style", () => {
    expect(printPercent(parsePercent(LESSON).notebook)).toBe(LESSON);
  });

  test.each([
    "// %%\n",
    "// %%\n\n// %%\n",
    "// %%\n\n\nconst x = 1;\n\n\n// %% two\ny\n",
    '// %% [markdown] tags=["a", "b"] for="x" deep={"k": [1, null, true]}\n// text\n',
    '// %% title="a [markdown] title" other=1\n',
    "// %% a title with y=wx+b\n",
    "// %%\nconst s = `\n// \\%% no cell\n`;\n",
    "// %% [exercise]\nlet x;\n",
    "",
  ])("is the text of %j", (text) => {
    expect(printPercent(parsePercent(text).notebook)).toBe(text);
  });

  test.each([
    "// ---\n// title: A\n// order: 1\n// silenced: [zero-grad, nan-loss]\n// ---\n",
    "// ---\n// silenced: [eval-mode]\n// ---\n",
    "// ---\n// title: A\n// silenced: everything\n// jupyter:\n//   silenced: [nan-loss]\n// ---\n",
    "// ---\n// silenced: [broadcast]\n// silenced: [nan-loss]\n// ---\n",
    '// ---\n// title: A\n// cdn: https://cdn.example/{name}@{version}{path}\n// packages: {"d3": "7.9.0", "@a/b@^1": "1.2.3"}\n// silenced: [nan-loss]\n// ---\n',
    '// ---\n// title: A\n// cdn: yes\n// packages: {"d3": 7}\n// packages: [d3]\n// ---\n',
    '// ---\n// packages: {"d3": "7.9.0"}\n// packages: {"d3": "6.0.0"}\n// ---\n',
  ])("is the text of the front matter %j", (text) => {
    expect(printPercent(parsePercent(text).notebook)).toBe(text);
  });

  test("is the text of whatever was printed, and the notebook comes back", () => {
    fc.assert(
      fc.property(anyNotebook, (notebook) => {
        const text = printPercent({ ...notebook, metadata: { title: "A title" } });
        const read = parsePercent(text).notebook;
        expect(read).toEqual({ ...notebook, metadata: { title: "A title" } });
        expect(printPercent(read)).toBe(text);
      }),
      propertyRuns(20260106, 500),
    );
  });
});

describe("parsePercent()", () => {
  test("reads types, ids, tags, titles and other keys of the cell lines", () => {
    const { cells } = parsePercent(LESSON).notebook;
    expect(cells.map(({ type, id, metadata }) => ({ type, id, metadata }))).toEqual([
      { type: "markdown", id: "intro", metadata: { tags: ["setup"] } },
      { type: "code", id: "cell-2", metadata: { title: "once a notebook" } },
      {
        type: "code",
        id: "bias-gradient",
        metadata: { tags: ["exercise"], title: "Where does a bias learn from?" },
      },
      { type: "code", id: "check-1", metadata: { tags: ["check"], for: "bias-gradient" } },
      { type: "raw", id: "note", metadata: {} },
      { type: "code", id: "cell-6", metadata: { title: "3 a learning rate = 0.1 in the hand" } },
    ]);
  });

  test("takes the comment signs off Markdown and leaves code as it is", () => {
    const { cells } = parsePercent(LESSON).notebook;
    expect(cells[0]?.source).toBe("# Turn the knobs\n\nA *parameter* is a number.");
    expect(cells[2]?.source).toContain("number) {\n\n  return");
    expect(cells[4]?.source).toBe("%%%");
  });

  test("reads the front matter: the title is the notebook's, the rest is at hand", () => {
    const { notebook } = parsePercent(LESSON);
    expect(notebook.metadata["title"]).toBe("Turn the knobs yourself");
    expect(Object.fromEntries(frontMatterOf(notebook))).toEqual({
      title: "Turn the knobs yourself",
      question: "What is a parameter?",
      minutes: "10",
      order: "1",
    });
  });

  test("reads which notices are silenced, and printPercent() writes it", () => {
    const { notebook } = parsePercent("// ---\n// title: A\n// silenced: [zero-grad]\n// ---\n");
    expect(notebook.metadata).toEqual({ title: "A", descent: { silenced: ["zero-grad"] } });
    expect([isSilenced(notebook, "zero-grad"), isSilenced(notebook, "nan-loss")]).toEqual([
      true,
      false,
    ]);
    const { notebook: both } = applyEdit(notebook, silence(notebook, "nan-loss"));
    expect(printPercent(both)).toContain("// silenced: [zero-grad, nan-loss]\n");
    expect(parsePercent(printPercent(both)).notebook).toEqual(both);
  });

  test("reads where packages come from and at which versions, and printPercent() writes it", () => {
    const { notebook } = parsePercent(
      '// ---\n// cdn: https://cdn.example/{name}@{version}{path}\n// packages: {"d3": "7.9.0"}\n// ---\n',
    );
    expect(packagePatternOf(notebook.metadata)).toBe("https://cdn.example/{name}@{version}{path}");
    expect(versionsOf(notebook.metadata)).toEqual({ d3: "7.9.0" });
    const pinned = pinPackage(notebook, "@a/b@^1", "1.2.3");
    expect(printPercent(pinned)).toContain('// packages: {"d3": "7.9.0", "@a/b@^1": "1.2.3"}\n');
    expect(parsePercent(printPercent(pinned)).notebook).toEqual(pinned);
  });

  test("leaves out what cannot be the name of a notice", () => {
    const silenced = ["zero-grad", "a\n// ---", "b, c", 3];
    const text = printPercent({ cells: [], metadata: { descent: { silenced } } });
    expect(text).toBe("// ---\n// silenced: [zero-grad]\n// ---\n");
    expect(printPercent({ cells: [], metadata: { descent: { silenced: [""] } } })).toBe("");
  });

  test("reads lines of Windows and a byte order mark", () => {
    const unix = parsePercent(LESSON);
    expect(parsePercent(`\uFEFF${LESSON.replaceAll("\n", "\r\n")}`)).toEqual(unix);
  });

  test("gives the text before the first cell line a cell of its own", () => {
    const { cells } = parsePercent("\nconst x = 1;\n\n// %% b\nx\n").notebook;
    expect(cells.map(({ source }) => source)).toEqual(["const x = 1;", "x"]);
  });

  test("reads a title with options behind it, as Jupytext writes them", () => {
    const cell = first('// %% My title [md] tags=["a"]\n// hello\n');
    expect(cell).toMatchObject({ type: "markdown", source: "hello" });
    expect(cell.metadata).toEqual({ title: "My title", tags: ["a"] });
  });

  test("joins the exercise sign with other tags", () => {
    expect(tagsOf(first('// %% [exercise] tags=["hard"]\n'))).toEqual(["exercise", "hard"]);
    expect(printPercent(parsePercent('// %% tags=["exercise", "hard"]\n').notebook)).toBe(
      '// %% [exercise] tags=["hard"]\n',
    );
  });

  test.each([
    ["// %%\n// %% tags=[setup]\n", 'line 2: percent: "tags=[setup]" - wanted key=value'],
    ["// %% tags=3\n", 'line 1: percent: tags=3 - wanted a list like ["setup"]'],
    ["// %% id=7\n", "line 1: percent: id=7 - wanted text in quotes"],
    ['// %% id="a b"\n', 'line 1: percent: id "a b" - wanted 1 to 64 letters'],
    ['// %% id="a"\n\n// %% id="a"\n', 'line 3: percent: id "a" is that of line 1 already'],
  ])("refuses %j with its line", (text, message) => {
    expect(() => parsePercent(text)).toThrow(FormatError);
    expect(() => parsePercent(text)).toThrow(message);
  });
});
