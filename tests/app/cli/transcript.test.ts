/** What a terminal shows of displays that change after they were printed, and of errors. */
import { expect, test } from "vitest";
import { createTranscript } from "../../../app/cli/transcript.ts";
import type { Output } from "../../../kernel/hosts/notices.ts";
import type { CellId, DisplayId, RunId } from "../../../kernel/protocol.ts";

const [cell, run] = ["a" as CellId, 1 as RunId];

function open(source = "") {
  const written: string[] = [];
  const sink = { write: (text: string) => written.push(text) };
  const cells = [{ id: cell, type: "code", source, metadata: {} }] as const;
  const transcript = createTranscript({ cells, metadata: {} }, sink, sink);
  return {
    written,
    tell: (output: Output) => transcript.tell({ kind: "output", cell, run, output }),
    finish: () => transcript.tell({ kind: "finished", cell, run, status: "ok", report: null }),
  };
}

const figure = (kind: "display" | "update", text: string, id = "curve"): Output => ({
  kind,
  data: { "text/plain": text },
  metadata: {},
  display: id as DisplayId,
});

test("a figure that has changed is printed again as it stands when its cell ends", () => {
  const { written, tell, finish } = open();
  tell(figure("display", "loss, nothing yet"));
  tell(figure("display", "a line", "still"));
  for (const loss of [3, 2, 1]) tell(figure("update", `loss ${loss}`));
  expect(written).toEqual(["loss, nothing yet\n", "a line\n"]);
  finish();
  expect(written.slice(2)).toEqual(["loss 1\n"]);
});

test("a figure that says what it said is not printed again, nor one of a cell before", () => {
  const { written, tell, finish } = open();
  tell(figure("display", "loss 3"));
  tell(figure("update", "loss 3"));
  finish();
  tell(figure("update", "loss 2"));
  finish();
  finish();
  expect(written).toEqual(["loss 3\n", "loss 2\n"]);
});

test("an error's mark stands under its place in a line that begins with tabs", () => {
  const { written, tell } = open("if (true) {\n\t\tx.y;\n}");
  const frames = [{ function: null, cell, line: 2, column: 5 }];
  const error = { kind: "runtime", name: "TypeError", message: "no", frames, causes: [] } as const;
  tell({ kind: "error", error });
  expect(written.join("")).toBe("a (cell 1), line 2: TypeError: no\n  \t\tx.y;\n  \t\t  ^\n");
});
