/** A projection's view as the projector asks it: what a row is called, and whether another view is the same figure. */
import type { ProjectionView } from "../../../kernel/plot/projection-view.ts";
import { el } from "../dom.ts";
import type { Settings } from "./toolbar.ts";

/** Labels that a list of suggestions can hold. */
const MOST_SUGGESTED = 2000;

/** The class or number of a row; null where rows have none. */
export function groupName({ colors }: ProjectionView, row: number): string | null {
  if (colors === null) return null;
  if (colors.kind === "classes") return colors.names[colors.of[row] ?? -1] ?? null;
  return String(Number((colors.of[row] ?? Number.NaN).toPrecision(4)));
}

export function settingsOf({
  method,
  dims,
  perplexity,
  neighbours,
  direction,
}: ProjectionView): Settings {
  return { method, dims, perplexity, neighbours, direction };
}

/** The same figure with other numbers in its rows. */
export function isSameFigure(a: ProjectionView, b: ProjectionView): boolean {
  const keys = ["rows", "columns", "method", "dims", "perplexity", "neighbours", "title"] as const;
  return (
    keys.every((key) => a[key] === b[key]) &&
    (a.labels ?? []).join("\n") === (b.labels ?? []).join("\n")
  );
}

export function sameColors({ colors: a }: ProjectionView, { colors: b }: ProjectionView): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.kind === b.kind && a.of.length === b.of.length && a.of.every((each, i) => each === b.of[i])
  );
}

let lists = 0;

export function suggested({ labels }: ProjectionView): HTMLDataListElement | null {
  if (labels === null || labels.length > MOST_SUGGESTED) return null;
  lists += 1;
  const options = [...new Set(labels)].map((label) => new Option(label, label));
  return el("datalist", { id: `projector-labels-${lists}` }, ...options);
}
