/** What the reader is asked and told about the network of a notebook. */
import { useId, useState } from "react";
import { isPackagePattern, packagePatternOf } from "../notebook/packages.ts";
import { hostOf } from "../notebook/permissions.ts";
import { keepFocusInDialog, QuestionDialog } from "./dialog.tsx";
import { useNotebook, useSession } from "./session-context.ts";

interface Props {
  readonly onClose: () => void;
}

/** A cell wants to reach a host: yes or no, for this notebook. */
export function AllowDialog({ origin, onClose }: Props & { readonly origin: string }) {
  const session = useSession();
  const host = hostOf(origin);
  return (
    <QuestionDialog
      title={`Allow ${host}?`}
      onClose={onClose}
      action={{ label: "Allow and restart", run: () => session.allow(origin), careful: true }}
    >
      <p>
        Cells of this notebook may then load code and data from <b>{host}</b>, and send it what they
        have: this notebook’s results and files. Your other notebooks stay out of their reach.
      </p>
      <p className="hint">
        The kernel restarts, so names in memory are gone; cells and outputs stay.
      </p>
    </QuestionDialog>
  );
}

/** The hosts that were allowed, each with the way back; and where packages come from. */
export function NetworkDialog({ onClose }: Props) {
  const session = useSession();
  const origins = useNotebook((state) => state.permissions.origins);
  return (
    <QuestionDialog title="Network" onClose={onClose}>
      {origins.length === 0 ? (
        <p>
          Cells of this notebook reach nobody. When one asks for a host, a line above the cells says
          so, and you can allow it.
        </p>
      ) : (
        <>
          <p>Cells of this notebook may reach:</p>
          <ul className="rows">
            {origins.map((origin) => (
              <li key={origin}>
                <span>{hostOf(origin)}</span>
                <button
                  type="button"
                  className="button"
                  onClick={({ currentTarget }) => {
                    keepFocusInDialog(currentTarget);
                    session.disallow(origin);
                  }}
                >
                  Take back
                </button>
              </li>
            ))}
          </ul>
          <p className="hint">Taking a host back restarts the kernel.</p>
        </>
      )}
      <PackagePlace />
    </QuestionDialog>
  );
}

/** The pattern of addresses that imports of packages are asked for at. */
function PackagePlace() {
  const session = useSession();
  const id = useId();
  const readOnly = useNotebook((state) => state.readOnly);
  const own = useNotebook((state) => packagePatternOf(state.notebook.metadata));
  const now = own ?? session.usualPackages;
  const [text, setText] = useState(now);
  const wanted = text.trim();
  const isPlace = isPackagePattern(wanted);
  const take = (pattern: string) => {
    setText(pattern);
    session.takePackagesFrom(pattern === session.usualPackages ? null : pattern);
  };
  return (
    <form
      className="place"
      onSubmit={(event) => {
        event.preventDefault();
        if (isPlace && wanted !== now && !readOnly) take(wanted);
      }}
    >
      <label htmlFor={id}>Packages come from</label>
      <div className="place-row">
        <input
          id={id}
          value={text}
          readOnly={readOnly}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={!isPlace}
          aria-describedby={`${id}-hint`}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" className="button" disabled={!isPlace || wanted === now || readOnly}>
          Change
        </button>
      </div>
      <p id={`${id}-hint`} className="hint">
        {isPlace
          ? "Imports fill in {name}, {version} and {path}. A change restarts the kernel."
          : "Wanted a web address with {name} and, behind it, {version} in its path."}
      </p>
      {own !== null && !readOnly && (
        <button
          type="button"
          className="button"
          onClick={({ currentTarget }) => {
            keepFocusInDialog(currentTarget);
            take(session.usualPackages);
          }}
        >
          Use the usual place
        </button>
      )}
    </form>
  );
}
