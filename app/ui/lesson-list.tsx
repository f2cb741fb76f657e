/** Lessons as the first page lists them: what each asks, how long it takes, how far the reader is. */
import { isOfCourse, isReference } from "../lessons/course.ts";
import { isFinished, lessonToGoOn, type Taken } from "../lessons/go-on.ts";
import { Icon } from "./icons.tsx";
import { Link } from "./link.tsx";
import type { Route } from "./route.ts";
import type { LessonEntry } from "./workplace.ts";

interface Props {
  readonly lessons: readonly LessonEntry[];
  /** By slug. */
  readonly taken: ReadonlyMap<string, Taken>;
  readonly go: (route: Route) => void;
}

export function LessonLists({ lessons, taken, go }: Props) {
  const course = lessons.filter(isOfCourse);
  const examples = lessons.filter((lesson) => !isOfCourse(lesson) && !isReference(lesson));
  return (
    <>
      <GoOn lessons={course} taken={taken} go={go} />
      <section aria-labelledby="lessons">
        <h2 id="lessons">Lessons</h2>
        <ol className="lessons">
          {course.map((lesson) => (
            <Row key={lesson.slug} lesson={lesson} taken={taken.get(lesson.slug)} go={go} />
          ))}
        </ol>
      </section>
      {examples.length > 0 && (
        <section aria-labelledby="examples">
          <h2 id="examples">Examples</h2>
          <ul className="lessons">
            {examples.map((lesson) => (
              <Row key={lesson.slug} lesson={lesson} taken={undefined} go={go} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function GoOn({ lessons, taken, go }: Props) {
  const lesson = lessonToGoOn(lessons, taken);
  if (lesson === null) return null;
  const words = taken.has(lesson.slug) ? "Go on with" : "Begin with";
  return (
    <p className="go-on">
      <Link className="button primary" route={{ page: "lesson", lesson: lesson.slug }} go={go}>
        {words} lesson {lesson.order}
      </Link>
      <span>{lesson.title}</span>
    </p>
  );
}

interface RowProps {
  readonly lesson: LessonEntry;
  readonly taken: Taken | undefined;
  readonly go: (route: Route) => void;
}

function Row({ lesson, taken, go }: RowProps) {
  const { slug, title, question, minutes, needs } = lesson;
  const isDone = isFinished(taken);
  const { done, total } = taken?.progress ?? { done: 0, total: 0 };
  const share = total === 0 ? 0 : done / total;
  return (
    <li style={{ "--done": share } as React.CSSProperties} data-done={isDone || undefined}>
      <Link route={{ page: "lesson", lesson: slug }} go={go}>
        <span className="lesson-number">
          {isDone ? <Icon name="tick" /> : isOfCourse(lesson) && lesson.order}
        </span>
        <span className="lesson-text">
          <span className="lesson-title">{title}</span>
          {question !== null && <span className="lesson-question">{question}</span>}
        </span>
        <span className="lesson-facts">
          {minutes !== null && <span>{minutes} min</span>}
          {share > 0 && <span>{isDone ? "Done" : `${done} of ${total}`}</span>}
          {share === 0 && needs.length > 0 && <span>builds on {needs.join(", ")}</span>}
        </span>
      </Link>
    </li>
  );
}
