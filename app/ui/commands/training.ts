/** What is done with a cell that trains: again, slower, looking back. */
import { type Command, forSelected, inCommand } from "./command.ts";

export const trainingCommands: readonly Command[] = [
  {
    id: "same-start",
    title: "Run the cell again from the same start",
    keys: ["S S"],
    modes: inCommand,
    writes: false,
    run: forSelected((session, cell) => session.sameStart(cell)),
  },
  {
    id: "new-seed",
    title: "Run the cell again with a new seed",
    keys: ["S N"],
    modes: inCommand,
    writes: false,
    run: forSelected((session, cell) => session.newSeed(cell)),
  },
  {
    id: "slower",
    title: "Run the cell’s loop slower",
    keys: [","],
    modes: inCommand,
    writes: false,
    run: forSelected((session, cell) => session.changePace(cell, "slower")),
  },
  {
    id: "faster",
    title: "Run the cell’s loop faster",
    keys: ["."],
    modes: inCommand,
    writes: false,
    run: forSelected((session, cell) => session.changePace(cell, "faster")),
  },
  {
    id: "step-back",
    title: "Look at the recorded step before",
    keys: ["["],
    modes: inCommand,
    writes: false,
    run: forSelected((session, cell) => session.lookNear(cell, -1)),
  },
  {
    id: "step-on",
    title: "Look at the recorded step after",
    keys: ["]"],
    modes: inCommand,
    writes: false,
    run: forSelected((session, cell) => session.lookNear(cell, 1)),
  },
  {
    id: "runs",
    title: "Show the runs, or put them away",
    keys: ["T"],
    modes: inCommand,
    writes: false,
    run: (session) => session.toggleRuns(),
  },
];
