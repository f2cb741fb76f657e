/** What the selected cell is for in a lesson: one of the roles, or none. */
import { type Role, roleOf, rolesFor, withRole } from "../notebook/marking.ts";
import { QuestionDialog } from "./dialog.tsx";
import { Icon } from "./icons.tsx";
import { useNotebook, useSession } from "./session-context.ts";
import { cellOf } from "./store.ts";

export function MarkDialog({ onClose }: { readonly onClose: () => void }) {
  const session = useSession();
  const notebook = useNotebook((state) => state.notebook);
  const cell = useNotebook((state) => state.selected && cellOf(state, state.selected));
  if (!cell) return null;
  const own = roleOf(cell);
  const mark = (role: Role | null) => {
    const marked = withRole(notebook, cell.id, role);
    if (marked.kind === "refused") session.tell(marked.reason);
    else session.dispatch(marked.edit);
    onClose();
  };
  const offered = [...rolesFor(cell), { role: null, title: "Nothing of these" }];
  return (
    <QuestionDialog title="What is this cell for?" onClose={onClose}>
      <ul className="rows">
        {offered.map(({ role, title }) => (
          <li key={title}>
            <button
              type="button"
              className="quiet"
              aria-pressed={role === own}
              onClick={() => mark(role)}
            >
              {title}
              {role === own && <Icon name="tick" />}
            </button>
          </li>
        ))}
      </ul>
    </QuestionDialog>
  );
}
