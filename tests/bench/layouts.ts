/** UMAP and t-SNE of 5,000 rows beside umap-js, which the embedding projector of TensorFlow uses: rows of `npm run bench`. */
import { createRequire } from "node:module";
import type { Layout } from "../../kernel/plot/layouts/layout.ts";
import { tsne } from "../../kernel/plot/layouts/tsne.ts";
import { umap } from "../../kernel/plot/layouts/umap.ts";
import { groupsOf, principal } from "../kernel/plot/layouts/samples.ts";
import { interleave, medianRatio, row } from "./rounds.ts";

/** As far as it is used here: the peers come with the first run, so the compiler may not see them. */
interface Umap {
  readonly UMAP: new (options: object) => { fit(rows: readonly (readonly number[])[]): unknown };
}

const ROWS = 5000;
const COLUMNS = 50;
const EPOCHS = 500;

export async function layoutRows(): Promise<void> {
  const { UMAP } = createRequire(import.meta.url)("umap-js") as Umap;
  const matrix = groupsOf(ROWS, COLUMNS, 10);
  const lists = Array.from({ length: ROWS }, (_, i) => [
    ...matrix.data.subarray(i * COLUMNS, (i + 1) * COLUMNS),
  ]);
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

function drain(layout: Layout): void {
  while (layout.next().done !== true);
}

function firstStep(layout: Layout): void {
  for (const { stage } of layout) if (stage === "layout") return;
}
