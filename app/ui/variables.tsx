/** The names of a paused cell and of its loop's last turn, and what they hold; long values open. */
import type { CellNames } from "../../kernel/compile/compiler.ts";
import type { Variable } from "../../kernel/variables.ts";
import { Icon } from "./icons.tsx";
import { useNotebook, useSession } from "./session-context.ts";

interface Props {
  /** Names the cell makes and reads; null when they are not known. */
  readonly names: CellNames | null;
  readonly variables: readonly Variable[];
}

/** More names than these would push the figure away that the reader has paused to look at. */
const FEW = 4;

export function Variables({ names, variables }: Props) {
  const session = useSession();
  const wish = useNotebook((state) => state.showsNames);
  const ours = new Set([...(names?.defines ?? []), ...(names?.uses ?? [])]);
  const shown = variables.filter(({ name, turn }) => turn !== true && ours.has(name));
  const made = variables.filter(({ turn }) => turn === true);
  const count = shown.length + made.length;
  if (count === 0) return null;
  const isOpen = wish ?? count <= FEW;
  return (
    <>
      <button
        type="button"
        className="fold"
        aria-expanded={isOpen}
        onClick={() => session.showNames(!isOpen)}
      >
        <Icon name="chevron" />
        {count === 1 ? "1 name" : `${count} names`}
      </button>
      {isOpen && shown.length > 0 && <Values title="What the names hold" values={shown} />}
      {isOpen && made.length > 0 && (
        <>
          <p className="variables-of">In the last turn</p>
          <Values title="What the last turn made" values={made} />
        </>
      )}
    </>
  );
}

function Values({
  title,
  values,
}: {
  readonly title: string;
  readonly values: readonly Variable[];
}) {
  return (
    <dl className="variables" aria-label={title}>
      {values.map(({ name, text, more }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {more === undefined ? (
              text
            ) : (
              <details>
                <summary>{text}</summary>
                <pre>{more}</pre>
              </details>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
