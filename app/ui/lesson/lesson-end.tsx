/** Below the last cell of a lesson: the one before and the one behind it. */
import { printRoute } from "../route.ts";
import { useNotebook } from "../session-context.ts";
import type { LessonEntry } from "../workplace.ts";

export function LessonEnd() {
  const lesson = useNotebook((state) => state.lesson);
  if (lesson === null) return null;
  return (
    <nav className="lesson-end" aria-label="Other lessons">
      {lesson.before && <LessonLink lesson={lesson.before} words="Before" />}
      {lesson.next && <LessonLink lesson={lesson.next} words="Next" />}
    </nav>
  );
}

function LessonLink({ lesson, words }: { readonly lesson: LessonEntry; readonly words: string }) {
  const { slug, order, title, minutes } = lesson;
  return (
    <a href={printRoute({ page: "lesson", lesson: slug })}>
      <span className="lesson-end-words">
        {words}: lesson {order}
        {minutes !== null && `, ${minutes} min`}
      </span>
      <span className="lesson-end-title">{title}</span>
    </a>
  );
}
