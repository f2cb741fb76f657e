/**
 * How far a learner has come with a notebook. Kept beside the document and in no file: a file handed on
 * is the next learner's beginning.
 */
import type { CellId } from "../../kernel/protocol.ts";
import { isCellId, isJsonObject } from "./document.ts";

export interface Learning {
  /** The cell at the top of the screen when the learner left; null: the beginning. */
  readonly place: CellId | null;
  /** First cells of sections that have been on the screen. */
  readonly seen: readonly CellId[];
  /** Exercises whose checks have passed. */
  readonly solved: readonly CellId[];
  /** How many hints of an exercise were asked for. */
  readonly hints: Readonly<Record<string, number>>;
  /** Options chosen in questions, counted from 0, by cell and question: `quiz/1`. */
  readonly chosen: Readonly<Record<string, number>>;
}

export const noLearning: Learning = {
  place: null,
  seen: [],
  solved: [],
  hints: {},
  chosen: {},
};

type Marks = "seen" | "solved";

/** With this cell among those; the same record where it is already. */
export function marked(learning: Learning, as: Marks, cell: CellId): Learning {
  return learning[as].includes(cell) ? learning : { ...learning, [as]: [...learning[as], cell] };
}

/** What the storage had, believed as far as it makes sense. */
export function parseLearning(value: unknown): Learning {
  if (!isJsonObject(value)) return noLearning;
  const { place, seen, solved, hints, chosen } = value;
  return {
    place: isCellId(place) ? place : null,
    seen: ids(seen),
    solved: ids(solved),
    hints: counts(hints),
    chosen: counts(chosen),
  };
}

function ids(value: unknown): readonly CellId[] {
  return Array.isArray(value) ? [...new Set(value.filter(isCellId))] : [];
}

function counts(value: unknown): Readonly<Record<string, number>> {
  const entries = Object.entries(isJsonObject(value) ? value : {});
  return Object.fromEntries(
    entries.filter((entry): entry is [string, number] => {
      const [, count] = entry;
      return Number.isInteger(count) && Number(count) >= 0;
    }),
  );
}
