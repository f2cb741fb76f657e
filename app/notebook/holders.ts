/** Which cell has made what each name of the living kernel stands for: Jupyter's hidden state, told. */
import type { CellNames } from "../../kernel/compile/compiler.ts";
import type { CellId, RunReport } from "../../kernel/protocol.ts";

export type Holders = ReadonlyMap<string, CellId>;

/** The holders after a run of `cell`; the same map when none has changed. */
export function heldAfter(
  holders: Holders,
  cell: CellId,
  names: CellNames | null,
  report: RunReport | null,
): Holders {
  // A run that did not come to its end has made only what it reports.
  const defined = report?.status === "ok" ? (names?.defines ?? []) : [];
  const made = [...defined, ...(report?.wrote ?? [])];
  if (made.every((name) => holders.get(name) === cell)) return holders;
  return new Map([...holders, ...made.map((name): [string, CellId] => [name, cell])]);
}
