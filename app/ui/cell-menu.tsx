/** What can be done to the selected cell without knowing a key. */
import type { Cell } from "../notebook/document.ts";
import { commands } from "./commands/index.ts";
import { isMac } from "./platform.ts";
import { printKeys } from "./keys.ts";
import { MenuButton } from "./menu-button.tsx";
import { useNotebook, useSession } from "./session-context.ts";

const runs = ["run", "run-above", "run-to-here", "run-below"] as const;
const offered = ["insert-above", "insert-below", "move-up", "move-down"] as const;
const last = ["cut", "copy", "paste", "delete"] as const;

export function CellMenu({ cell, name }: { readonly cell: Cell; readonly name: string }) {
  const session = useSession();
  const readOnly = useNotebook((state) => state.readOnly);
  const isAuthor = useNotebook((state) => state.viewpoint === "author");
  const isLesson = useNotebook((state) => state.lesson !== null);
  const ids: readonly string[] = [
    ...(cell.type === "code" ? runs : runs.slice(1)),
    ...offered,
    cell.type === "code" ? "to-markdown" : "to-code",
    ...(isLesson ? ["reset-cell"] : []),
    ...last,
    ...(isAuthor ? ["mark"] : []),
  ];
  const items = commands.filter(
    (command) => ids.includes(command.id) && !(readOnly && command.writes),
  );
  const ordered = items.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
  return (
    <div className="cell-menu">
      <MenuButton
        className="round"
        label={`More for ${name.toLowerCase()}`}
        menuLabel={`What to do with ${name.toLowerCase()}`}
        entries={ordered.map(({ id, title, keys: [key], run }) => ({
          id,
          title,
          aside: key !== undefined && <kbd>{printKeys(key, isMac)}</kbd>,
          run: () => run(session),
        }))}
      >
        <span aria-hidden="true">⋯</span>
      </MenuButton>
    </div>
  );
}
