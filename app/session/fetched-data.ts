/** Bundled data sets, fetched from beside the page when a cell first names one. */
import { createDataSource } from "../../kernel/hosts/data-files.ts";
import type { DataSource } from "../../kernel/hosts/host.ts";

/** `base` is where the page's `data/` folder lies. */
export function createFetchedData(base: URL): DataSource {
  return createDataSource(async (file) => {
    const response = await fetch(new URL(`data/${file}`, base));
    if (!response.ok) throw new Error(`data/${file} could not be fetched: ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  });
}
