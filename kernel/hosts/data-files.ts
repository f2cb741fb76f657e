/** Bundled data sets as hosts find them: which file each is in, and how it is packed. */
import { catalogue } from "../tensor/data/catalogue.ts";
import type { DataSource } from "./host.ts";

const files = new Map<string, string>();
for (const [name, { file }] of Object.entries(catalogue)) {
  if (file !== null) files.set(name, `${file}.gz`);
}

/** The data sets that have files. `read` gives the bytes of a file of the data folder. */
export function createDataSource(read: (file: string) => Promise<Uint8Array>): DataSource {
  return {
    names: [...files.keys()],
    async fetch(name) {
      const file = files.get(name);
      if (file === undefined) throw new RangeError(`there is no data set "${name}" with a file`);
      return unpack(await read(file));
    },
  };
}

/** The names in calls of `load` in a cell's text: data sets, and files of the notebook. */
export function loadedIn(source: string): readonly string[] {
  return [...source.matchAll(/\bload\s*\(\s*(["'`])([^"'`]*)\1/g)].map(([, , name = ""]) => name);
}

/** Unzips what is still zipped: some web servers unzip `.gz` files on the way. */
async function unpack(bytes: Uint8Array): Promise<Uint8Array> {
  const isZipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!isZipped) return bytes;
  const stream = new Blob([new Uint8Array(bytes)])
    .stream()
    .pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
