/** The order of the catalogue: the course by its numbers, then examples, then what is looked up. */

interface Ordered {
  readonly order: number | null;
}

const FIRST_EXAMPLE = 101;
const FIRST_REFERENCE = 201;

export function isOfCourse({ order }: Ordered): boolean {
  return order !== null && order < FIRST_EXAMPLE;
}

/** A notebook to look things up in: the glossary. */
export function isReference({ order }: Ordered): boolean {
  return order !== null && order >= FIRST_REFERENCE;
}

/** The lessons of the course on either side of one, in the order given. */
export function neighboursOf<Lesson extends Ordered>(
  lessons: readonly Lesson[],
  lesson: Lesson,
): { readonly before: Lesson | null; readonly next: Lesson | null } {
  const course = lessons.filter(isOfCourse);
  const at = course.indexOf(lesson);
  if (at < 0) return { before: null, next: null };
  return { before: course[at - 1] ?? null, next: course[at + 1] ?? null };
}
