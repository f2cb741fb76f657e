/**
 * Everything a reader can do to an open notebook, once: the toolbar, the menus, the keys and the
 * list of commands all read this table.
 */
import { cellCommands } from "./cells.ts";
import type { Command } from "./command.ts";
import { notebookCommands } from "./notebook.ts";
import { runningCommands } from "./running.ts";
import { selectingCommands } from "./selecting.ts";
import { trainingCommands } from "./training.ts";

export type { Command };

/** The table, in the groups in which it is listed. */
export const commandGroups: readonly {
  readonly title: string;
  readonly commands: readonly Command[];
}[] = [
  { title: "Run", commands: runningCommands },
  { title: "Train", commands: trainingCommands },
  { title: "Select", commands: selectingCommands },
  { title: "Cells", commands: cellCommands },
  { title: "Notebook", commands: notebookCommands },
];

export const commands: readonly Command[] = commandGroups.flatMap((group) => group.commands);
