/** What a student's view of a notebook adds to it: one file, fetched with the first lesson. */
import "./lesson.css";

export { Contents, ContentsDialog } from "./contents.tsx";
export { ExercisePanel } from "./exercise-panel.tsx";
export { LessonEnd } from "./lesson-end.tsx";
export { ResumeLine } from "./resume-line.tsx";
export { hasStandIn, StandIn } from "./stand-in.tsx";
export { TermPopover } from "./term-popover.tsx";
export { linkTerms } from "./terms.ts";
