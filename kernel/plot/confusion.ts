/** `plot.confusion`: what a classifier takes for what, counted, with the examples behind each count. */
import type { MimeBundle } from "../protocol.ts";
import { checkOptions } from "../tensor/options.ts";
import { classNumbers, type Guesses } from "./class-numbers.ts";
import { type Column, sameLength } from "./columns.ts";
import { CONFUSION_MIME, type ConfusionView, printConfusion, sharesOf } from "./confusion-view.ts";
import { Figure, type FigureJson, type FigureOptions } from "./figure.ts";
import { drawMatrix } from "./heatmap.ts";
import { formatNumber } from "./numbers.ts";
import { pickPictures, type RowPictures, toPixels } from "./pictures.ts";

const WHO = "plot.confusion";

export interface ConfusionOptions extends FigureOptions {
  /** Class number to word, as a data set's `classes`; the numbers unless told. */
  readonly labels?: readonly string[] | null;
  /** One small picture an example, listed when its cell is pressed: `[rows, height, width]`, or rows of a square's numbers. */
  readonly images?: RowPictures;
}

const optionNames = ["labels", "images", "title"] satisfies (keyof ConfusionOptions)[];

/** More classes than these have no room side by side. */
const MOST_CLASSES = 100;
/** Examples of one cell that are listed. */
const LISTED = 60;

export class Confusion extends Figure {
  #view: ConfusionView;
  #truth: Column;
  #guess: Guesses;
  readonly #options: ConfusionOptions;

  constructor(truth: Column, guess: Guesses, options: ConfusionOptions) {
    super();
    checkOptions(WHO, options, optionNames);
    this.#options = options;
    this.#truth = truth;
    this.#guess = guess;
    this.#view = viewOf(truth, guess, options);
    this.appear();
  }

  /** Counts again, as a model learns. Labels and pictures stay. */
  update(truth: Column = this.#truth, guess: Guesses = this.#guess): void {
    this.#truth = truth;
    this.#guess = guess;
    this.#view = viewOf(truth, guess, this.#options);
    this.redraw();
  }

  override toJSON(): FigureJson {
    const { labels, counts } = this.#view;
    const { title } = this.#options;
    const data = Float64Array.from(counts);
    const matrix = { rows: labels.length, columns: labels.length, data };
    const most = data.reduce((high, count) => Math.max(high, count), 1);
    return drawMatrix(matrix, labels, labels, {
      x: "guess",
      y: "truth",
      range: [0, most],
      ...(title === undefined ? {} : { title }),
    });
  }

  override toBundle(): MimeBundle {
    return { [CONFUSION_MIME]: printConfusion(this.#view), ...super.toBundle() };
  }

  override describe(): string {
    const { labels, counts } = this.#view;
    const { title } = this.#options;
    const { right, all, inTruth } = sharesOf(this.#view);
    const wrong = Array.from(counts, (count, cell) => ({
      count,
      truth: Math.floor(cell / labels.length),
      guess: cell % labels.length,
    }))
      .filter(({ count, truth, guess }) => count > 0 && truth !== guess)
      .toSorted((a, b) => b.count - a.count)
      .slice(0, 3)
      .map(
        ({ count, truth, guess }) =>
          `${labels[truth]} taken for ${labels[guess]} ${count} times (${formatNumber((100 * count) / inTruth(truth), 2)} %)`,
      );
    const mistakes = wrong.length === 0 ? "" : `; most often ${wrong.join(", ")}`;
    const share = all === 0 ? "" : ` (${formatNumber((100 * right) / all)} %)`;
    return `${title === undefined ? "" : `${title}: `}confusion of ${labels.length} classes, ${right} of ${all} right${share}${mistakes}`;
  }
}

function viewOf(truth: Column, guess: Guesses, options: ConfusionOptions): ConfusionView {
  const { labels: given, images, title = null } = options;
  const wanted = classNumbers(truth, "truth", WHO);
  const guessed = classNumbers(guess, "guess", WHO);
  sameLength(WHO, "guesses", guessed.length, "examples", wanted.length);
  const highest = [...wanted, ...guessed].reduce((most, each) => Math.max(most, each), -1);
  const labels = given?.map(String) ?? Array.from({ length: highest + 1 }, (_, i) => String(i));
  if (highest >= labels.length)
    throw new RangeError(
      `${WHO}: class ${highest} with ${labels.length} labels - wanted one for each`,
    );
  if (labels.length > MOST_CLASSES)
    throw new RangeError(`${WHO}: ${labels.length} classes - wanted ${MOST_CLASSES} at most`);
  const k = labels.length;
  const counts = new Uint32Array(k * k);
  const listed: { cell: number; row: number }[] = [];
  wanted.forEach((each, row) => {
    const cell = each * k + (guessed[row] ?? 0);
    const before = counts[cell] ?? 0;
    if (before < LISTED) listed.push({ cell, row });
    counts[cell] = before + 1;
  });
  listed.sort((a, b) => a.cell - b.cell || a.row - b.row);
  const rows = listed.map(({ row }) => row);
  return {
    title,
    labels,
    counts,
    cells: Uint32Array.from(listed, ({ cell }) => cell),
    rows: Uint32Array.from(rows),
    images:
      images === undefined
        ? null
        : pickPictures(toPixels(images, wanted.length, WHO), rows, wanted.length),
  };
}

/**
 * How often each class is taken for each other: a row a true class, a column a guess, with its share of
 * the row. A press on a count lists the examples behind it, with their pictures where they are given.
 *
 * @throws RangeError when there is not one guess for each example, or a class has no label.
 * @example
 * plot.confusion(test.y, net(test.x), { labels: test.classes, images: test.x });
 * plot.confusion([0, 0, 1], [0, 1, 1], { labels: ["cat", "dog"] });
 */
export function confusion(
  truth: Column,
  guess: Guesses,
  options: ConfusionOptions = {},
): Confusion {
  return new Confusion(truth, guess, options);
}
