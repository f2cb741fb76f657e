/** A quiet word under a cell whose names other cells define too. */
import type { CellId } from "../../kernel/protocol.ts";
import { titleForCell } from "./cell-names.ts";
import { useNotebook, useSession } from "./session-context.ts";

/** More names than this are counted. */
const NAMED = 3;

export function SharedMark({ id }: { readonly id: CellId }) {
  const session = useSession();
  const shared = useNotebook((state) => state.shared.get(id));
  if (shared === undefined) return null;
  const named = shared.slice(0, NAMED);
  const more = shared.length - named.length;
  return (
    <p className="shared-names">
      {named.map(({ name, others }, at) => (
        <span key={name}>
          {at > 0 && "; "}
          <code>{name}</code>
          {" is defined in "}
          {others.map((other, place) => (
            <span key={other}>
              {place > 0 && ", "}
              <button type="button" onClick={() => session.select(other)}>
                {titleForCell(session.store.getState(), other)}
              </button>
            </span>
          ))}
          {" too"}
        </span>
      ))}
      {more > 0 && `; and ${more} more names`}
    </p>
  );
}
