/** The data sets that ship with Descent: what each is, who made it and under which licence. */

export interface DataCard {
  readonly title: string;
  /** Rows and columns in words. */
  readonly contents: string;
  /** The file that holds it, as UTF-8 text; null for data made from a formula. */
  readonly file: string | null;
  readonly authors: string;
  readonly licence: string;
  /** Where it comes from; a DOI where there is one. */
  readonly origin: string;
}

const ours = {
  file: null,
  authors: "the Descent authors",
  licence: "MIT",
} as const;

export const catalogue = {
  digits: {
    title: "Handwritten digits",
    contents: "1,797 images of 8 x 8 grey values from -1 to 1, with the digit each shows",
    file: "digits.csv",
    authors: "E. Alpaydin and C. Kaynak",
    licence: "CC BY 4.0",
    origin:
      "UCI Machine Learning Repository, Optical Recognition of Handwritten Digits, 1998, doi:10.24432/C50P49",
  },
  names: {
    title: "First names of the United States, 2018",
    contents:
      "29,693 names: three letters in a row and the letter that follows, for each place in each name",
    file: "names.txt",
    authors: "United States Social Security Administration",
    licence: "public domain (CC0 1.0)",
    origin: "Baby Names from Social Security Card Applications, 2018, summed over sexes",
  },
  spiral: {
    ...ours,
    title: "Two spirals",
    contents: "400 points in the plane, on two arms wound around each other, with the arm of each",
    origin: "the formula of TensorFlow Playground, D. Smilkov and S. Carter, 2016",
  },
  circle: {
    ...ours,
    title: "A disc in a ring",
    contents: "400 points in the plane, inside a disc or in the ring around it",
    origin: "the formula of TensorFlow Playground, D. Smilkov and S. Carter, 2016",
  },
  line: {
    ...ours,
    title: "A line with noise",
    contents: "30 points near y = 3x + 4, x between 0 and 10",
    origin: "made for the lessons",
  },
} as const satisfies Record<string, DataCard>;

export type DataName = keyof typeof catalogue;
