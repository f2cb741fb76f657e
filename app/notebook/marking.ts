/**
 * Marking a cell with what it is for in a lesson. A role is a tag; what belongs to an exercise is tied
 * to the nearest one above by `for`. Other tags stay.
 */
import type { CellId } from "../../kernel/protocol.ts";
import { type Cell, cellById, type Notebook, tagsOf, withTags } from "./document.ts";
import type { Edit } from "./edits.ts";
import { isExercise } from "./exercises.ts";

export type Role =
  | "exercise"
  | "check"
  | "hidden check"
  | "hint"
  | "solution"
  | "predict"
  | "setup"
  | "quiz";

interface RoleEntry {
  readonly role: Role;
  /** What people call it. */
  readonly title: string;
  readonly type: "code" | "markdown" | "any";
  readonly tags: readonly string[];
}

/** In the order in which they are offered. */
export const roles: readonly RoleEntry[] = [
  { role: "exercise", title: "Exercise", type: "code", tags: ["exercise"] },
  { role: "check", title: "Check", type: "code", tags: ["check"] },
  { role: "hidden check", title: "Hidden check", type: "code", tags: ["check", "hidden"] },
  { role: "hint", title: "Hint", type: "any", tags: ["hint"] },
  { role: "solution", title: "Solution", type: "code", tags: ["solution"] },
  { role: "predict", title: "Predict", type: "code", tags: ["predict"] },
  { role: "setup", title: "Set-up", type: "code", tags: ["setup"] },
  { role: "quiz", title: "Quiz", type: "markdown", tags: ["quiz"] },
];

const roleTags = new Set(roles.flatMap(({ tags }) => tags));
/** They are tied to an exercise. */
const tied: readonly Role[] = ["check", "hidden check", "hint", "solution"];

export type Marked =
  | { readonly kind: "edit"; readonly edit: Edit }
  /** With a sentence for the author. */
  | { readonly kind: "refused"; readonly reason: string };

/** The roles that a cell of this kind can have. */
export function rolesFor({ type }: Cell): readonly RoleEntry[] {
  return roles.filter((entry) => entry.type === "any" || entry.type === type);
}

/** What a cell is marked as; null for a cell like any other. */
export function roleOf(cell: Cell): Role | null {
  const tags = tagsOf(cell);
  // A hidden check has the tags of a check too.
  const fitting = roles.filter((entry) => entry.tags.every((tag) => tags.includes(tag)));
  return fitting.toSorted((a, b) => b.tags.length - a.tags.length)[0]?.role ?? null;
}

/** The edit that gives a cell this role and takes any other, or with null takes every role. */
export function withRole(notebook: Notebook, id: CellId, role: Role | null): Marked {
  const cell = cellById(notebook, id);
  if (cell === undefined) return { kind: "refused", reason: `There is no cell "${id}".` };
  const entry = roles.find((each) => each.role === role);
  const others = tagsOf(cell).filter((tag) => !roleTags.has(tag));
  const { for: _, ...free } = withTags(cell, [...(entry?.tags ?? []), ...others]).metadata;
  if (role === null || !tied.includes(role)) return marked(id, free);
  const owner = exerciseAbove(notebook, cell);
  if (owner === undefined) {
    const what = entry?.title.toLowerCase() ?? role;
    const reason = `A ${what} belongs to an exercise: mark a cell above it as Exercise first.`;
    return { kind: "refused", reason };
  }
  return marked(id, { ...free, for: owner.id });
}

function marked(cell: CellId, metadata: Cell["metadata"]): Marked {
  return { kind: "edit", edit: { kind: "set-metadata", cell, metadata } };
}

function exerciseAbove({ cells }: Notebook, cell: Cell): Cell | undefined {
  return cells.slice(0, cells.indexOf(cell)).findLast(isExercise);
}
