/** What stands in the place of a cell's text while nobody writes in it: a question to answer. */
import type { Cell } from "../../notebook/document.ts";
import { isPrediction, parsePrediction } from "../../notebook/predictions.ts";
import { quizOf } from "../../notebook/quiz.ts";
import { PredictionCard } from "./prediction-card.tsx";
import { QuizCard } from "./quiz-card.tsx";

/** Null for a cell that shows its text. */
export function StandIn({ cell }: { readonly cell: Cell }) {
  const prediction = isPrediction(cell) ? parsePrediction(cell.source) : null;
  if (prediction) return <PredictionCard cell={cell} prediction={prediction} />;
  const quiz = quizOf(cell);
  return quiz && <QuizCard cell={cell} quiz={quiz} />;
}

/** Whether a cell has one. */
export function hasStandIn(cell: Cell): boolean {
  if (isPrediction(cell)) return parsePrediction(cell.source) !== null;
  return quizOf(cell) !== null;
}
