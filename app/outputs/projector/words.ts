/** The sentences under a projection: how far its layout is, and what one may read from it. */
import type { ProjectionMethod } from "../../../kernel/plot/projection-view.ts";
import type { LayoutFrame } from "./layout-messages.ts";

export interface Standing {
  readonly method: ProjectionMethod;
  readonly dims: 2 | 3;
  readonly isHeld: boolean;
  readonly hasDirection: boolean;
}

/** How far it is; empty when it is simply there. */
export function progressOf(
  { stage, done, total, isBroken }: LayoutFrame,
  { isHeld }: Standing,
): string {
  if (isBroken || stage === "still") return "";
  const state = isHeld ? ", paused" : "";
  if (stage === "neighbours") {
    return `finding neighbours, ${Math.round((100 * done) / Math.max(1, total))} %${state}`;
  }
  return `step ${group(done)} of ${group(total)}${done < total ? state : ""}`;
}

/** What the picture means, honestly. */
export function caveatOf({ share, isBroken, isOld }: LayoutFrame, standing: Standing): string {
  const { method, dims, hasDirection } = standing;
  if (isBroken) return "Some numbers are not finite, so the first columns are shown as they are.";
  if (isOld) return "The rows have changed since this layout began.";
  if (method === "tsne")
    return "Points that are near are alike; how large groups are and how far apart says little.";
  if (method === "umap")
    return "Points that are near are alike; how far groups are apart says little.";
  if (method === "axes") return `The first ${dims} numbers of each row, as they are.`;
  if (method === "direction") {
    return hasDirection
      ? "Across: how far each row lies from the one towards the other. Up: where rows differ most apart from that."
      : "Name two rows: the picture then measures from the one to the other.";
  }
  return share === null
    ? "Seen from where rows differ most."
    : `These ${dims} directions hold ${Math.round(100 * share)} % of how rows differ.`;
}

export function group(count: number): string {
  return count.toLocaleString("en-US");
}
