/** The names of a paused cell and of its loop's last turn, and what they hold; long values open. */
import type { CellNames } from "../../kernel/compile/compiler.ts";
import type { Variable } from "../../kernel/variables.ts";

interface Props {
  /** Names the cell makes and reads; null when they are not known. */
  readonly names: CellNames | null;
  readonly variables: readonly Variable[];
}

export function Variables({ names, variables }: Props) {
  const ours = new Set([...(names?.defines ?? []), ...(names?.uses ?? [])]);
  const shown = variables.filter(({ name, turn }) => turn !== true && ours.has(name));
  const made = variables.filter(({ turn }) => turn === true);
  return (
    <>
      {shown.length > 0 && <Values title="What the names hold" values={shown} />}
      {made.length > 0 && (
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
