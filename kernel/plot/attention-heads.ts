/** All heads of an attention side by side, as small pictures of one scale: which of them look alike. */
import { coarse } from "./coarse.ts";
import type { Matrix } from "./columns.ts";
import { escapeText, type FigureJson } from "./figure.ts";
import type { Names } from "./heatmap.ts";
import { gridLayout, tile } from "./image-grid.ts";
import { formatNumber } from "./numbers.ts";
import { colors, sequential } from "./palette.ts";

/** Heads in a row. */
const ACROSS = 4;
/** Weights that are drawn in all; of more, each is the mean of neighbours. */
const MOST_WEIGHTS = 200_000;
/** In px: the page's column, the tallest figure. */
const COLUMN = 752;
const TALLEST = 560;
/** Heads of which the text tells what they look at most. */
const TOLD = 12;

/** Names of those that look, and of those that are looked at. */
export interface Tokens {
  readonly queries: Names;
  readonly keys: Names;
}

export function drawHeads(
  heads: readonly Matrix[],
  tokens: Tokens,
  most: number,
  title: string | undefined,
): FigureJson {
  const all = heads.reduce((sum, { data }) => sum + data.length, 0);
  const step = Math.max(1, Math.ceil(Math.sqrt(all / MOST_WEIGHTS)));
  const drawn = heads.map((head) => coarse(head, step, step));
  const { rows: height = 0, columns: width = 0 } = drawn[0] ?? {};
  const names = heads.map((_, i) => `head ${i}`);
  const across = Math.min(ACROSS, heads.length);
  const data = drawn.flatMap((head) => [...head.data]);
  const captions = { texts: names, tints: names.map(() => colors.muted), right: null };
  const { z, annotations, places } = tile(
    { count: heads.length, height, width, data, channels: 1 },
    across,
    captions,
  );
  const size = height * width;
  const words = places.map((row) =>
    row.map((place) => {
      if (place < 0) return "";
      const [i, j] = [Math.floor((place % size) / width), place % width];
      const query = tokens.queries[i * step] ?? "";
      return escapeText(
        `head ${Math.floor(place / size)}: ${query} at ${tokens.keys[j * step] ?? ""}`,
      );
    }),
  );
  const square = (z.length * COLUMN) / Math.max(1, z[0]?.length ?? 1);
  return {
    data: [
      {
        type: "heatmap",
        z,
        hovertext: words,
        zmin: 0,
        zmax: most,
        colorscale: sequential,
        hoverongaps: false,
        hovertemplate: "%{hovertext}: %{z:.3~g}<extra></extra>",
      },
    ],
    layout: gridLayout(title, Math.min(TALLEST, square), annotations),
  };
}

/** What each head looks at most. */
export function describeHeads(heads: readonly Matrix[], { queries, keys }: Tokens): string {
  const said = heads.slice(0, TOLD).map(({ columns, data }, head) => {
    const at = data.indexOf(data.reduce((max, w) => (w > max ? w : max), -Infinity));
    if (at < 0) return `head ${head}: nowhere`;
    const [query, key] = [queries[Math.floor(at / columns)] ?? "", keys[at % columns] ?? ""];
    return `head ${head}: ${query} at ${key} (${formatNumber(data[at] ?? 0, 2)})`;
  });
  const more = heads.length > TOLD ? "; ..." : "";
  return `attention of ${heads.length} heads side by side, the strongest look of each: ${said.join("; ")}${more}`;
}
