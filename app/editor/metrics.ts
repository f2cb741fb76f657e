/** Pixels of one line of code, and above and below the text: editors and placeholders agree on them. */
export const LINE_HEIGHT = 21;
export const PADDING = 10;
