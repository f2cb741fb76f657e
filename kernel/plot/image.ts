/** `plot.image`: a matrix as a picture, or several side by side: pixels, weights, counts. */
import {
  type Adjustable,
  adjustable,
  isTensor,
  type Table,
  type TensorLike,
  readTable,
  sameLength,
} from "./columns.ts";
import { colorscaleOf, signedRange } from "./color-range.ts";
import { escapeText, Figure, type FigureJson, type FigureOptions, type Json } from "./figure.ts";
import { toJson } from "./numbers.ts";
import { colors } from "./palette.ts";

export interface ImageOptions extends FigureOptions {
  /** One caption a picture. */
  readonly labels?: readonly string[];
  /** Pictures in a row; unless told, about as many as the page is wide. */
  readonly columns?: Adjustable;
  /** Values of the two ends of the colours; unless told, those of the data, and 0 in the middle if it has both signs. */
  readonly range?: readonly [number, number];
}

/** In px: the page's column, the largest side of one value, the tallest figure. */
const COLUMN = 752;
const PIXEL = 26;
const TALLEST = 560;
/** In px: the column on a phone, a letter of a caption. */
const NARROW = 328;
const LETTER = 7;

/** One picture as rows, or a tensor of `[height, width]` or `[pictures, height, width]`. */
export type Pictures = Table | TensorLike;

interface Stack {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly data: ArrayLike<number>;
}

export class ImageFigure extends Figure {
  readonly #pictures: Pictures;
  readonly #options: ImageOptions;

  constructor(pictures: Pictures, options: ImageOptions) {
    super();
    this.#pictures = pictures;
    this.#options = options;
    const { count } = this.#stack();
    const { labels } = options;
    if (labels !== undefined) sameLength("plot.image", "labels", labels.length, "pictures", count);
    this.appear();
  }

  /** Draws again what the tensor holds now. */
  update(): void {
    this.redraw();
  }

  #stack(): Stack {
    const pictures = this.#pictures;
    if (isTensor(pictures) && pictures.shape.length === 3) {
      const [count = 0, height = 0, width = 0] = pictures.shape;
      return { count, height, width, data: pictures.data };
    }
    const { rows, columns, data } = readTable(pictures, "plot.image");
    return { count: 1, height: rows, width: columns, data };
  }

  override toJSON(): FigureJson {
    const { title, labels, range, columns } = this.#options;
    const stack = this.#stack();
    const wanted = adjustable(columns ?? Math.min(stack.count, columnsFor(labels)));
    const across = Math.max(1, Math.round(wanted));
    const down = Math.ceil(stack.count / across);
    const { z, captions } = tile(stack, across, down, labels);
    const [low, high] = range ?? signedRange(stack.data);
    const top = title === undefined ? 4 : 34;
    const heightPx = Math.min(TALLEST, z.length * Math.min(PIXEL, COLUMN / (z[0]?.length ?? 1)));
    return {
      data: [
        {
          type: "heatmap",
          z,
          zmin: toJson(low),
          zmax: toJson(high),
          colorscale: colorscaleOf([low, high]),
          showscale: false,
          hoverongaps: false,
          hovertemplate: "%{z}<extra></extra>",
        },
      ],
      layout: {
        ...(title === undefined ? {} : { title: { text: escapeText(title) } }),
        height: Math.round(heightPx + top + 4),
        annotations: captions,
        xaxis: { visible: false, constrain: "domain", constraintoward: "left" },
        yaxis: {
          visible: false,
          autorange: "reversed",
          scaleanchor: "x",
          constrain: "domain",
          constraintoward: "top",
        },
        margin: { l: 0, r: 0, b: 4, t: top },
      },
    };
  }

  override describe(): string {
    const { count, height, width } = this.#stack();
    const { title, labels } = this.#options;
    const named = labels === undefined ? "" : `: ${labels.slice(0, 8).join(", ")}`;
    return `${title === undefined ? "" : `${title}: `}${count} ${count === 1 ? "picture" : "pictures"} of ${height} x ${width}${named}`;
  }
}

/**
 * A matrix as a picture, or a tensor of `[pictures, height, width]` side by side.
 *
 *     plot.image(x.slice(0, 10).reshape([10, 8, 8]), { labels });
 */
export function image(pictures: Pictures, options: ImageOptions = {}): ImageFigure {
  return new ImageFigure(pictures, options);
}

/** Ten pictures in a row, or as many as have room for their captions on a phone; four at least. */
function columnsFor(labels: readonly string[] = []): number {
  const longest = labels.reduce((most, label) => Math.max(most, label.length), 0);
  return Math.min(10, Math.max(4, Math.floor(NARROW / (longest * LETTER + LETTER))));
}

/** All pictures in one grid with one empty line between them, two where captions stand. */
function tile(stack: Stack, across: number, down: number, labels: readonly string[] | undefined) {
  const { count, height, width, data } = stack;
  const gap = count === 1 ? 0 : Math.max(1, Math.round(width / 8));
  const head = labels === undefined ? gap : Math.max(2, Math.round(height * 0.32));
  const z: (number | null)[][] = Array.from({ length: down * (height + head) }, () =>
    Array.from({ length: across * width + (across - 1) * gap }, () => null),
  );
  const captions: Json[] = [];
  for (let picture = 0; picture < count; picture++) {
    const top = Math.floor(picture / across) * (height + head) + head;
    const left = (picture % across) * (width + gap);
    for (let i = 0; i < height; i++) {
      const row = z[top + i]!; // the grid has room for every picture
      for (let j = 0; j < width; j++) {
        row[left + j] = toJson(data[(picture * height + i) * width + j]!); // in range
      }
    }
    const text = labels?.[picture];
    if (text !== undefined) captions.push(caption(text, left + (width - 1) / 2, top - 0.5));
  }
  return { z, captions };
}

function caption(text: string, x: number, y: number): Json {
  return {
    text: escapeText(text),
    x,
    y,
    xanchor: "center",
    yanchor: "bottom",
    showarrow: false,
    font: { color: colors.muted, size: 12 },
  };
}
