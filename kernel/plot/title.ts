/** A title that may say something new at every drawing. */

/** One line above a figure, or a function that gives it when the figure is drawn. */
export type Title = string | (() => string);

export function readTitle(title: Title | undefined): string | undefined {
  return typeof title === "function" ? title() : title;
}
