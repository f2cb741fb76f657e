/**
 * Everything a reader can do to an open notebook, once: the toolbar, the keys and the list of
 * shortcuts all read this table.
 */
import type { Bound, Mode } from "./keys.ts";
import type { NotebookSession } from "./notebook-session.ts";

export interface Command extends Bound {
  readonly title: string;
  /** It changes the notebook: refused where it is read-only. */
  readonly writes: boolean;
  run(session: NotebookSession): void;
}

const both: readonly Mode[] = ["command", "edit"];
const inCommand: readonly Mode[] = ["command"];

export const commands: readonly Command[] = [
  {
    id: "run-and-advance",
    title: "Run the cell and go to the next",
    keys: ["Shift-Enter"],
    modes: both,
    writes: false,
    run: (session) => session.runSelected("next"),
  },
  {
    id: "run",
    title: "Run the cell",
    keys: ["Accel-Enter", "Ctrl-Enter"],
    modes: both,
    writes: false,
    run: (session) => session.runSelected("stay"),
  },
  {
    id: "run-and-insert",
    title: "Run the cell and insert one below",
    keys: ["Alt-Enter"],
    modes: both,
    writes: true,
    run: (session) => session.runSelected("insert"),
  },
  {
    id: "run-all",
    title: "Run all",
    keys: [],
    modes: both,
    writes: false,
    run: (session) => session.runAll(),
  },
  {
    id: "interrupt",
    title: "Stop",
    keys: ["I I"],
    modes: inCommand,
    writes: false,
    run: (session) => session.interrupt(),
  },
  {
    id: "restart",
    title: "Restart the kernel",
    keys: ["0 0"],
    modes: inCommand,
    writes: false,
    run: (session) => session.ask("restart"),
  },
  {
    id: "edit",
    title: "Edit the cell",
    keys: ["Enter"],
    modes: inCommand,
    writes: false,
    run: (session) => session.enterEdit(),
  },
  {
    id: "leave",
    title: "Leave the text",
    keys: ["Ctrl-M"],
    modes: ["edit"],
    writes: false,
    run: (session) => session.leaveEdit(),
  },
  {
    id: "select-above",
    title: "Go to the cell above",
    keys: ["ArrowUp", "K"],
    modes: inCommand,
    writes: false,
    run: (session) => session.selectNeighbour(-1),
  },
  {
    id: "select-below",
    title: "Go to the cell below",
    keys: ["ArrowDown", "J"],
    modes: inCommand,
    writes: false,
    run: (session) => session.selectNeighbour(1),
  },
  {
    id: "insert-above",
    title: "Insert a cell above",
    keys: ["A"],
    modes: inCommand,
    writes: true,
    run: (session) => session.insert("above"),
  },
  {
    id: "insert-below",
    title: "Insert a cell below",
    keys: ["B"],
    modes: inCommand,
    writes: true,
    run: (session) => session.insert("below"),
  },
  {
    id: "delete",
    title: "Delete the cell",
    keys: ["D D"],
    modes: inCommand,
    writes: true,
    run: (session) => session.removeSelected(),
  },
  {
    id: "cut",
    title: "Cut the cell",
    keys: ["X"],
    modes: inCommand,
    writes: true,
    run: (session) => session.cutSelected(),
  },
  {
    id: "copy",
    title: "Copy the cell",
    keys: ["C"],
    modes: inCommand,
    writes: false,
    run: (session) => session.copySelected(),
  },
  {
    id: "paste",
    title: "Paste below",
    keys: ["V"],
    modes: inCommand,
    writes: true,
    run: (session) => session.paste(),
  },
  {
    id: "undo",
    title: "Undo the last change of cells",
    keys: ["Z"],
    modes: inCommand,
    writes: true,
    run: (session) => session.undo(),
  },
  {
    id: "redo",
    title: "Redo",
    keys: ["Shift-Z"],
    modes: inCommand,
    writes: true,
    run: (session) => session.redo(),
  },
  {
    id: "move-up",
    title: "Move the cell up",
    keys: ["Ctrl-Shift-ArrowUp"],
    modes: inCommand,
    writes: true,
    run: (session) => session.moveSelected(-1),
  },
  {
    id: "move-down",
    title: "Move the cell down",
    keys: ["Ctrl-Shift-ArrowDown"],
    modes: inCommand,
    writes: true,
    run: (session) => session.moveSelected(1),
  },
  {
    id: "to-code",
    title: "Make it a code cell",
    keys: ["Y"],
    modes: inCommand,
    writes: true,
    run: (session) => session.setType("code"),
  },
  {
    id: "to-markdown",
    title: "Make it a text cell",
    keys: ["M"],
    modes: inCommand,
    writes: true,
    run: (session) => session.setType("markdown"),
  },
  {
    id: "save-file",
    title: "Save as .ipynb",
    keys: ["Accel-S"],
    modes: both,
    writes: false,
    run: (session) => session.saveFile(),
  },
  {
    id: "shortcuts",
    title: "Keyboard shortcuts",
    keys: ["H"],
    modes: inCommand,
    writes: false,
    run: (session) => session.ask("shortcuts"),
  },
];
