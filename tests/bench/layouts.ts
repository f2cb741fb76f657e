/**
 * UMAP and t-SNE of 5,000 rows beside umap-js, which the embedding projector of TensorFlow uses, and
 * DruidJS: rows of `npm run bench`.
 */
import { createRequire } from "node:module";
import type { Matrix } from "../../kernel/plot/columns.ts";
import type { Layout } from "../../kernel/plot/layouts/layout.ts";
import { tsne } from "../../kernel/plot/layouts/tsne.ts";
import { umap } from "../../kernel/plot/layouts/umap.ts";
import { finished, groupsOf, principal } from "../kernel/plot/layouts/samples.ts";
import { trustworthiness } from "../kernel/plot/layouts/trustworthiness.ts";
import { interleave, medianRatio, minimaRatio, row } from "./rounds.ts";

type Rows = readonly (readonly number[])[];

interface Druid {
  readonly TSNE: new (
    rows: Rows,
    options: object,
  ) => { generator(steps: number): Iterable<ArrayLike<ArrayLike<number>>> };
}

/** As far as it is used here: the peers come with the first run, so the compiler may not see them. */
interface Umap {
  readonly UMAP: new (options: object) => { fit(rows: Rows): Rows };
}

const ROWS = 5000;
/** Of these the picture is judged, which takes their square. */
const JUDGED = 1000;
const COLUMNS = 50;
const EPOCHS = 500;
/** Of t-SNE beside its peer, which compares all pairs at each of them. */
const STEPS = 10;
/** As many as the picture of few rows gets. */
const WHOLE = 750;

export async function layoutRows(): Promise<void> {
  const { UMAP } = createRequire(import.meta.url)("umap-js") as Umap;
  const matrix = groupsOf(ROWS, COLUMNS, 10);
  const lists = listsOf(matrix);
  const start = principal(matrix, 2);
  const options = { neighbours: 15, minDist: 0.1, epochs: EPOCHS, seed: 1 };
  const [ours = [], theirs = []] = await interleave(
    [
      { name: "umap", run: () => drain(umap(matrix, principal(matrix, 2), options)) },
      {
        name: "umap-js",
        run: () => new UMAP({ nNeighbors: 15, minDist: 0.1, nEpochs: EPOCHS }).fit(lists),
      },
    ],
    2,
  );
  row("UMAP of 5,000 rows of 50 / umap-js", medianRatio(ours, theirs), "x", 1.5);
  const few = groupsOf(JUDGED, COLUMNS, 10, 2);
  const theirPicture = new UMAP({ nNeighbors: 15, minDist: 0.1, nEpochs: EPOCHS }).fit(
    listsOf(few),
  );
  const lost = (picture: Matrix) => 1 - trustworthiness(few, picture, 10);
  const [our, their] = [
    lost(finished(umap(few, principal(few, 2), options), JUDGED, 2)),
    lost({ rows: JUDGED, columns: 2, data: Float64Array.from(theirPicture.flat()) }),
  ];
  row("trust lost by UMAP of 1,000 rows / by umap-js", our / their, "x", 1.1);
  const tsnePicture = finished(
    tsne(few, principal(few, 2), { perplexity: 30, steps: WHOLE }),
    JUDGED,
    2,
  );
  const druidPicture = druidTsne(listsOf(few), WHOLE);
  const druidLost = lost({ rows: JUDGED, columns: 2, data: druidPicture });
  row("trust lost by t-SNE of 1,000 rows / by DruidJS", lost(tsnePicture) / druidLost, "x", 1.1);
  const [steps = [], druidSteps = []] = await interleave(
    [
      {
        name: "tsne",
        run: () => drain(tsne(matrix, start, { perplexity: 30, steps: STEPS })),
      },
      { name: "DruidJS", run: () => druidTsne(lists, STEPS) },
    ],
    1,
  );
  row("t-SNE of 5,000 rows of 50, 10 steps / DruidJS", minimaRatio(steps, druidSteps), "x", 1.5);
  const [first = [], moved = []] = await interleave(
    [
      { name: "first", run: () => principal(matrix, 2) },
      { name: "moved", run: () => firstStep(tsne(matrix, start, { perplexity: 30, steps: 1000 })) },
    ],
    5,
  );
  row("t-SNE of 5,000 rows of 50, first frame", Math.min(...first) / 1000, "s", 1);
  row("t-SNE of 5,000 rows of 50, first step", Math.min(...moved) / 1000, "s", null);
}

/** As it is with its own settings. */
function druidTsne(rows: Rows, steps: number): Float64Array {
  const { TSNE } = createRequire(import.meta.url)("@saehrimnir/druidjs") as Druid;
  const layout = new TSNE(rows, { perplexity: 30, epsilon: 10, d: 2, seed: 1 });
  let points: ArrayLike<ArrayLike<number>> = [];
  for (points of layout.generator(steps));
  return Float64Array.from(Array.from(points, (point) => Array.from(point)).flat());
}

function listsOf({ rows, columns, data }: Matrix): Rows {
  return Array.from({ length: rows }, (_, i) => [...data.subarray(i * columns, (i + 1) * columns)]);
}

function drain(layout: Layout): void {
  while (layout.next().done !== true);
}

function firstStep(layout: Layout): void {
  for (const { stage } of layout) if (stage === "layout") return;
}
