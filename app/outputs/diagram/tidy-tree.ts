/** Where the items of a tree stand: Reingold and Tilford's tidy drawing, by d3-hierarchy. */
import { hierarchy, type HierarchyPointNode, tree as tidy } from "d3-hierarchy";
import type { TreeItem } from "../../../kernel/plot/diagram.ts";

/** In px: between boxes side by side, from level to level. */
const GAP = 18;
const LEVEL = 84;

export interface Branch {
  readonly item: number;
  readonly children: readonly Branch[];
}

/** Every item with its place; `x` is the middle of a box, `y` its upper edge, both in px. */
export function tidied(
  root: Branch,
  widthOf: (item: number) => number,
): HierarchyPointNode<Branch> {
  const half = (branch: Branch) => widthOf(branch.item) / 2;
  return tidy<Branch>()
    .nodeSize([1, LEVEL])
    .separation((a, b) => half(a.data) + half(b.data) + GAP)(
    hierarchy(root, ({ children }) => [...children]),
  );
}

export function branchOf(
  items: readonly TreeItem[],
  item: number,
  folded: ReadonlySet<number>,
): Branch {
  const children = folded.has(item)
    ? []
    : items.flatMap(({ parent }, i) => (parent === item ? [branchOf(items, i, folded)] : []));
  return { item, children };
}
