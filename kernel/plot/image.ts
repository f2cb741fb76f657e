/** `plot.image`: a matrix as a picture, or several side by side: pixels, weights, counts. */
import type { FigureParts } from "../protocol.ts";
import { type FigureControl, surface } from "../run/surface.ts";
import { Dataset } from "../tensor/data/dataset.ts";
import { DTypeError } from "../tensor/errors.ts";
import { checkNumber, checkOptions } from "../tensor/options.ts";
import { coarse } from "./coarse.ts";
import { type CaptionOptions, type Captions, captionsOf } from "./captions.ts";
import { checkColors, type ImageColors, imageColors, lowestAndHighest } from "./color-range.ts";
import {
  type Adjustable,
  adjustable,
  isTensor,
  readTable,
  type Table,
  type TensorLike,
} from "./columns.ts";
import { Figure, type FigureJson, type FigureOptions, type Json } from "./figure.ts";
import { colored, columnsFor, gridLayout, type Stack, tile } from "./image-grid.ts";
import { toJson } from "./numbers.ts";
import { pictureSize } from "./pictures.ts";

const WHO = "plot.image";

export interface ImageOptions extends FigureOptions, CaptionOptions {
  /** Pictures in a row; unless told, about as many as the page is wide. */
  readonly columns?: Adjustable;
  /** Values of the two ends of the colours; unless told, those of the data, and 0 in the middle if it has both signs. */
  readonly range?: readonly [number, number];
  /** Unless told "grey" for a data set; for other numbers "signed" where they have both signs, else "blue". */
  readonly colors?: ImageColors;
  /** Pictures on a page, which the reader turns; unless told, all of up to 100, and 50 of more. */
  readonly pageSize?: number;
}

const optionNames = [
  "title",
  "labels",
  "truth",
  "guess",
  "classes",
  "columns",
  "range",
  "colors",
  "pageSize",
] satisfies (keyof ImageOptions)[];

/** In px: the page's column, the largest side of one value, the tallest figure. */
const COLUMN = 752;
const PIXEL = 26;
const TALLEST = 560;
/** More values than these on a page are drawn as means of neighbours. */
const MOST_VALUES = 400_000;
/** More pictures than these are a page at a time. */
const MOST = 100;
const PAGE = 50;

/**
 * One picture as rows, or a tensor of `[height, width]` or `[pictures, height, width]`; of
 * `[pictures, channels, height, width]` with 1 channel, or 3 for red, green and blue. Or a data set whose
 * rows are pictures, with what they show.
 */
export type Pictures = Table | TensorLike | Dataset;

export class ImageFigure extends Figure {
  readonly #pictures: Pictures;
  readonly #options: ImageOptions;
  readonly #size: number;
  /** Which pictures are shown, as the list under the figure names them; null where all are. */
  readonly #page: FigureControl<string> | null;
  /** What is drawn where pages are turned later, when the tensor may be gone; else null. */
  #kept: Stack | null = null;
  #captions: Captions | null;

  constructor(pictures: Pictures, options: ImageOptions) {
    super();
    checkOptions(WHO, options, optionNames);
    checkColors(options.colors, WHO);
    this.#pictures = pictures;
    this.#options =
      pictures instanceof Dataset ? { ...told(pictures, options), ...options } : options;
    const { count } = this.#read();
    const { pageSize = count > MOST ? PAGE : Math.max(1, count) } = options;
    checkNumber(WHO, "pageSize", pageSize, 1, 1000);
    this.#size = Math.round(pageSize);
    this.#captions = captionsOf(this.#options, count, WHO);
    const [first = "", ...later] = this.#pages(count);
    this.#page =
      later.length === 0
        ? null
        : surface()
            .place(WHO)
            .control({
              kind: "select",
              label: "Pictures",
              options: [first, ...later],
              value: first,
            });
    this.#keep();
    this.appear();
  }

  /** Draws again what the tensors hold now. */
  update(): void {
    this.#captions = captionsOf(this.#options, this.#read().count, WHO);
    this.#keep();
    this.redraw();
  }

  #pages(count: number): readonly string[] {
    return Array.from({ length: Math.ceil(count / this.#size) }, (_, page) => {
      const from = page * this.#size;
      return `${from + 1} to ${Math.min(count, from + this.#size)}`;
    });
  }

  #keep(): void {
    if (this.#page === null) return;
    const stack = this.#read();
    this.#kept = { ...stack, data: Float64Array.from(stack.data) };
  }

  #read(): Stack {
    const pictures = tensorOf(this.#pictures);
    if (isTensor(pictures) && pictures.shape.length === 3) {
      const [count = 0, height = 0, width = 0] = pictures.shape;
      return { count, height, width, data: pictures.data, channels: 1 };
    }
    if (isTensor(pictures) && pictures.shape.length > 2) {
      const [count = 0, channels = 0, height = 0, width = 0] = pictures.shape;
      if (pictures.shape.length > 4 || (channels !== 1 && channels !== 3))
        throw new RangeError(
          `${WHO}: pictures of [${pictures.shape.join(", ")}] - wanted [pictures, height, width], or 1 or 3 channels before the height`,
        );
      return { count, height, width, data: pictures.data, channels };
    }
    const { rows, columns, data } = readTable(pictures, WHO);
    return { count: 1, height: rows, width: columns, data, channels: 1 };
  }

  /** The pictures of the page that is open, and the first of them. */
  #shown(): { readonly all: Stack; readonly stack: Stack; readonly from: number } {
    const all = this.#kept ?? this.#read();
    // A tensor that has become shorter since begins at its first page.
    const page = this.#page === null ? 0 : this.#pages(all.count).indexOf(this.#page.read());
    const from = Math.max(0, page) * this.#size;
    const count = Math.min(this.#size, all.count - from);
    const area = all.height * all.width * all.channels;
    const data =
      count === all.count
        ? all.data
        : Array.from({ length: count * area }, (_, i) => all.data[from * area + i] ?? 0);
    return { all, stack: { ...all, count, data }, from };
  }

  override toJSON(): FigureJson {
    const { title, range, columns, colors } = this.#options;
    const { all, stack: whole, from } = this.#shown();
    const stack = smaller(whole, stepOf(whole));
    const to = from + stack.count;
    const captions = this.#captions && {
      ...this.#captions,
      texts: this.#captions.texts.slice(from, to),
      tints: this.#captions.tints.slice(from, to),
    };
    const wanted = adjustable(columns ?? Math.min(stack.count, columnsFor(captions?.texts)));
    const { z, annotations, places } = tile(stack, Math.max(1, Math.round(wanted)), captions);
    // One scale for all pages.
    const { range: ends, scale } = imageColors(all.data, colors, range);
    const across = z[0]?.length || 1;
    // A picture without pixels has room for the words that say so.
    const heightPx = Math.min(TALLEST, z.length * Math.min(PIXEL, COLUMN / across)) || PIXEL;
    const drawn: Json =
      stack.channels === 3
        ? {
            type: "image",
            colormodel: "rgba",
            z: colored(stack, places, range ?? lowestAndHighest(all.data)),
          }
        : {
            type: "heatmap",
            z,
            zmin: toJson(ends[0]),
            zmax: toJson(ends[1]),
            colorscale: scale,
            showscale: false,
            hoverongaps: false,
          };
    return {
      data: [{ ...drawn, hovertemplate: "%{z}<extra></extra>" }],
      layout: gridLayout(title, heightPx, annotations),
    };
  }

  protected override parts(): FigureParts | null {
    const view = this.#page?.view() ?? null;
    const { all, stack } = this.#shown();
    const step = stepOf(stack);
    const notes = [
      ...(view === null ? [] : [`${all.count} pictures in all.`]),
      ...(step === 1 ? [] : [`Each value drawn is the mean of ${step} x ${step}.`]),
    ];
    return notes.length === 0 ? null : { controls: view === null ? [] : [view], notes };
  }

  override describe(): string {
    const { all, from, stack } = this.#shown();
    const { count, height, width } = all;
    const { title } = this.#options;
    const { texts = [], right = null } = this.#captions ?? {};
    const said = texts.slice(from, from + 8).join(", ");
    const page = stack.count < count ? `, ${from + 1} to ${from + stack.count}` : "";
    const judged = right === null ? "" : `, ${right} of ${count} guesses right`;
    return `${title === undefined ? "" : `${title}: `}${count} ${count === 1 ? "picture" : "pictures"} of ${height} x ${width}${judged}${page}${said === "" ? "" : `: ${said}`}`;
  }
}

/** What a data set says of its pictures, where nobody says otherwise. */
function told({ y, classes }: Dataset, { labels }: ImageOptions): ImageOptions {
  const colors = "grey" as const;
  return labels !== undefined || classes === null ? { colors } : { colors, truth: y, classes };
}

/** @throws DTypeError for a data set of other things. */
function tensorOf(pictures: Pictures): Table | TensorLike {
  if (!(pictures instanceof Dataset)) return pictures;
  const { x, card } = pictures;
  const size = pictureSize(x, card);
  if (size !== null) return x.detach().reshape([x.shape[0] ?? 0, ...size]);
  throw new DTypeError(
    `${WHO}: a data set with rows of [${x.shape.slice(1).join(", ")}], which are no pictures - wanted pictures, or x.reshape([pictures, height, width])`,
  );
}

/** How many values across and down are drawn as one. */
function stepOf({ count, height, width, channels }: Stack): number {
  return Math.ceil(Math.sqrt((count * channels * height * width) / MOST_VALUES)) || 1;
}

function smaller(stack: Stack, step: number): Stack {
  if (step === 1) return stack;
  const { count, height, width, data, channels } = stack;
  const area = height * width;
  const pictures = Array.from({ length: count * channels }, (_, i) => {
    const own = Float64Array.from({ length: area }, (__, k) => data[i * area + k]!); // in range
    return coarse({ rows: height, columns: width, data: own }, step, step);
  });
  const [first] = pictures;
  return {
    count,
    channels,
    height: first?.rows ?? 0,
    width: first?.columns ?? 0,
    data: pictures.flatMap((picture) => [...picture.data]),
  };
}

/**
 * A matrix as a picture, or a tensor of `[pictures, height, width]` side by side, with captions or with
 * what was guessed and whether it is right. Very many are shown a page at a time. In colours, as
 * `[pictures, 3, height, width]`, the lowest number of all is black and the highest bright.
 *
 * @throws RangeError when there is not one caption or guess for each picture; DTypeError for a data set of
 * other things.
 * @example
 * plot.image(digits.subset([3, 1, 4]));
 * plot.image(test, { guess: net(test.x) });
 * plot.image(net.get("0").weight.reshape([-1, 8, 8]), { columns: 8 });
 */
export function image(pictures: Pictures, options: ImageOptions = {}): ImageFigure {
  return new ImageFigure(pictures, options);
}
