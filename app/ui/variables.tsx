/** The names of a paused cell and what they hold, each on a line; long values open. */
import type { CellNames } from "../../kernel/compile/compiler.ts";
import type { Variable } from "../../kernel/variables.ts";

interface Props {
  /** Names the cell makes and reads; null when they are not known. */
  readonly names: CellNames | null;
  readonly variables: readonly Variable[];
}

export function Variables({ names, variables }: Props) {
  const ours = new Set([...(names?.defines ?? []), ...(names?.uses ?? [])]);
  const shown = variables.filter(({ name }) => ours.has(name));
  if (shown.length === 0) return null;
  return (
    <dl className="variables" aria-label="What the names hold">
      {shown.map(({ name, text, more }) => (
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
