/** Class numbers as models and data sets give them: one an example, or the scores of every class. */
import { DTypeError, kindOf } from "../tensor/errors.ts";
import { type Column, isColumn, isTensor, readColumn, type TensorLike } from "./columns.ts";

/** Class numbers, one an example, or the scores of every class, `[rows, classes]`, of which the highest counts. */
export type Guesses = Column | TensorLike;

/** @throws DTypeError for what is no list, RangeError for what is no class; `what` names it. */
export function classNumbers(given: Guesses, what: string, who: string): readonly number[] {
  if (!isColumn(given))
    throw new DTypeError(
      `${who}: ${kindOf(given)} for the ${what} - wanted one class number an example`,
    );
  const hasScores = isTensor(given) && given.shape.length === 2 && given.shape[1] !== 1;
  const classes = hasScores ? highest(given) : readColumn(given, who);
  const wrong = classes.find((each) => !Number.isInteger(each) || each < 0);
  if (wrong === undefined) return classes;
  throw new RangeError(`${who}: ${wrong} in the ${what} - wanted class numbers 0, 1, 2, ...`);
}

function highest({ shape, data }: TensorLike): readonly number[] {
  const [rows = 0, classes = 0] = shape;
  return Array.from({ length: rows }, (_, row) => {
    let best = 0;
    for (let i = 1; i < classes; i++)
      if ((data[row * classes + i] ?? 0) > (data[row * classes + best] ?? 0)) best = i;
    return best;
  });
}
