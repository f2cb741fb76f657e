/**
 * Bundled data sets, fetched from beside the page and kept as long as the page lives: a data set that
 * has come is there for every kernel to come, also without a connection.
 */
import { createDataSource, loadedIn } from "../../kernel/hosts/data-files.ts";
import type { DataSource } from "../../kernel/hosts/host.ts";

/** `base` is where the page's `data/` folder lies. */
export function createFetchedData(base: URL): DataSource {
  const kept = new Map<string, Promise<Uint8Array>>();
  async function read(file: string): Promise<Uint8Array> {
    const response = await fetch(new URL(`data/${file}`, base));
    if (!response.ok) throw new Error(`data/${file} answered ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  }
  return createDataSource(async (file) => {
    const reading = kept.get(file) ?? read(file);
    kept.set(file, reading);
    try {
      // A copy: what is sent to a kernel leaves the page.
      return (await reading).slice();
    } catch (error) {
      kept.delete(file);
      throw error;
    }
  });
}

/** Fetches the data sets that texts of cells load, before they run. What does not come is asked for again. */
export async function fetchAhead(data: DataSource, sources: readonly string[]): Promise<void> {
  const wanted = [...new Set(sources.flatMap(loadedIn))].filter((name) =>
    data.names.includes(name),
  );
  await Promise.allSettled(wanted.map((name) => data.fetch(name)));
}
