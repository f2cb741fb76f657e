/** Under the error of a cell that wants a name of a cell that has not run: which one that is, and the way to it. */
import type { CellId } from "../../kernel/protocol.ts";
import { titleForCell } from "./cell-names.ts";
import { useNotebook, useSession } from "./session-context.ts";

export function MissingNameLine({ id }: { readonly id: CellId }) {
  const session = useSession();
  const missing = useNotebook((state) => state.missing.get(id));
  const isAbove = useNotebook(({ notebook: { cells } }) => {
    const place = (cell: CellId | undefined) => cells.findIndex((each) => each.id === cell);
    return place(missing?.maker) < place(id);
  });
  if (missing === undefined) return null;
  const { name, maker } = missing;
  return (
    <p className="old-weights" role="status">
      <code>{name}</code> is made by{" "}
      <button type="button" className="mistake-act" onClick={() => session.select(maker)}>
        {titleForCell(session.store.getState(), maker)}
      </button>{" "}
      {isAbove ? "above" : "further down"}, which has not run yet.{" "}
      {isAbove && (
        <button
          type="button"
          className="mistake-act"
          onClick={() => {
            session.select(id);
            session.runToHere();
          }}
        >
          Run all up to here
        </button>
      )}
    </p>
  );
}
