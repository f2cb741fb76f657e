/** The dialogs of an open notebook: restart, and the list of keys. */
import { commands } from "./commands.ts";
import { QuestionDialog } from "./dialog.tsx";
import { printKeys } from "./keys.ts";
import { isMac } from "./platform.ts";
import { useNotebook, useSession } from "./session-context.ts";

export function Questions() {
  const session = useSession();
  const question = useNotebook((state) => state.question);
  const close = () => session.ask(null);
  switch (question) {
    case null:
      return null;
    case "restart":
      return (
        <QuestionDialog
          title="Restart the kernel?"
          onClose={close}
          action={{ label: "Restart", run: () => session.restart() }}
        >
          <p>Every name and every trained model in memory is gone. Cells and outputs stay.</p>
        </QuestionDialog>
      );
    case "shortcuts":
      return (
        <QuestionDialog title="Keyboard shortcuts" onClose={close}>
          <ShortcutList />
        </QuestionDialog>
      );
    default:
      return question satisfies never;
  }
}

/** Commands with a key, as they stand in the one table. */
export function ShortcutList() {
  const listed = commands.filter((command) => command.keys.length > 0);
  return (
    <>
      <p className="hint">
        Escape leaves a cell’s text, Enter goes back in. Single letters work outside of text.
      </p>
      <dl className="shortcuts">
        {listed.map((command) => (
          <div key={command.id}>
            <dt>{command.title}</dt>
            <dd>
              {printed(command.keys).map((keys) => (
                <kbd key={keys}>{keys}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** Each key once: Accel-Enter and Ctrl-Enter are the same away from a Mac. */
function printed(keys: readonly string[]): readonly string[] {
  return Array.from(new Set(keys.map((each) => printKeys(each, isMac))));
}
