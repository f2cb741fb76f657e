/** What a cell is for, by its tags, and how that shows: what is folded, and under which words. */
import { type Cell, tagsOf } from "./document.ts";

/** The title on the cell's line, if it has one. */
export function cellTitle(cell: Cell): string | null {
  const title = cell.metadata["title"];
  return typeof title === "string" && title.trim() !== "" ? title : null;
}

/** The words a folded cell shows instead of its text; null: the text is shown. */
export function foldedLabel(cell: Cell): string | null {
  const tags = tagsOf(cell);
  const title = cellTitle(cell);
  if (tags.includes("setup")) return title ? `Set-up: ${title}` : "Set-up";
  if (tags.includes("check")) return title ? `Check: ${title}` : "Check";
  if (tags.includes("hint")) return title ? `Hint: ${title}` : "Hint";
  if (tags.includes("solution")) return title ? `Solution: ${title}` : "Solution";
  return null;
}

/** Cells that wait to be asked for: Run all passes them by. */
export function runsWithAll(cell: Cell): boolean {
  const tags = tagsOf(cell);
  return cell.type === "code" && !["solution", "check", "hint"].some((tag) => tags.includes(tag));
}

/** The cells of a trusted lesson that run as it opens: set-up and `auto`, up to the first exercise. */
export function cellsToOpenWith(cells: readonly Cell[]): readonly Cell[] {
  const exercise = cells.findIndex((cell) => tagsOf(cell).includes("exercise"));
  const before = exercise < 0 ? cells : cells.slice(0, exercise);
  return before.filter(
    (cell) => cell.type === "code" && tagsOf(cell).some((tag) => tag === "setup" || tag === "auto"),
  );
}
