/** Questions with options: a choice is answered at once with its reason, and is kept. */
import { useId } from "react";
import type { Cell } from "../../notebook/document.ts";
import type { Quiz, QuizQuestion } from "../../notebook/quiz.ts";
import { Icon } from "../icons.tsx";
import { useNotebook, useSession } from "../session-context.ts";
import { MarkedText } from "./marked-text.tsx";

export function QuizCard({ cell, quiz }: { readonly cell: Cell; readonly quiz: Quiz }) {
  return (
    <div className="quiz prose">
      {quiz.intro !== "" && <MarkedText text={quiz.intro} />}
      <ol>
        {quiz.questions.map((question, index) => (
          <li key={question.text}>
            <Question cell={cell} question={question} index={index} />
          </li>
        ))}
      </ol>
    </div>
  );
}

interface Props {
  readonly cell: Cell;
  readonly question: QuizQuestion;
  readonly index: number;
}

function Question({ cell, question, index }: Props) {
  const session = useSession();
  const name = useId();
  const chosen = useNotebook((state) => state.learning.chosen[`${cell.id}/${index}`]);
  const answer = chosen === undefined ? undefined : question.options[chosen];
  return (
    <div role="radiogroup" aria-labelledby={name}>
      <div id={name}>
        <MarkedText text={question.text} className="quiz-question" />
      </div>
      {question.options.map((option, place) => (
        <label key={option.text} className="quiz-option">
          <input
            type="radio"
            name={name}
            checked={chosen === place}
            onChange={() => session.choose(cell.id, index, place)}
          />
          <MarkedText text={option.text} className="inline" />
        </label>
      ))}
      <div className="quiz-answer" role="status">
        {answer && (
          <div className="quiz-verdict" data-right={answer.isRight || undefined}>
            {answer.isRight && <Icon name="tick" />}
            <b>{answer.isRight ? "Right." : "Not this one."}</b>
            {answer.reason !== "" && (
              <MarkedText text={asSentence(answer.reason)} className="inline" />
            )}
          </div>
        )}
      </div>
    </div>
  );
}

/** What stands behind a colon begins small. */
function asSentence(reason: string): string {
  return reason.charAt(0).toUpperCase() + reason.slice(1);
}
