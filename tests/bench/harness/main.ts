/** Measures all workloads, or those whose names begin with `only`, prints them and gives their rows. */
import { specs } from "../workloads/specs.ts";
import { startBrowser } from "./browser.ts";
import { contest } from "./contest.ts";
import { contestants } from "./contestants.ts";
import { Measured } from "./measured.ts";
import { type Row, rowsOf } from "./rows.ts";
import { printPeers, printRow, printTable } from "./table.ts";
import { Torch } from "./torch.ts";

export interface Options {
  /** The benchmark's folder: when this runs, it is a bundle that lies elsewhere. */
  readonly bench: string;
  readonly chromium: string;
  readonly only: string;
}

export interface Results {
  readonly browser: string;
  /** Version and library for products; null where it is not installed. */
  readonly torch: string | null;
  readonly rows: readonly Row[];
}

/** @throws RangeError when no workload's name begins with `only`. */
export async function run({ bench, chromium, only }: Options): Promise<Results> {
  const chosen = specs.filter(({ name }) => name.startsWith(only));
  if (chosen.length === 0) {
    const names = specs.map(({ name }) => name).join(", ");
    throw new RangeError(`bench: no workload begins with "${only}" - wanted one of ${names}`);
  }
  const torch = new Torch(bench, chosen);
  const hasTorch = Torch.isThere();
  if (hasTorch) await torch.run();
  else console.log("PyTorch is not here: apt-get install python3-torch libopenblas0");
  if (hasTorch && !torch.isFast)
    console.log(`PyTorch multiplies slowly here (${torch.device}): apt-get install libopenblas0`);

  await using laboratory = await startBrowser(bench, chromium);
  const contested = [];
  for (const spec of chosen) {
    console.error(`measuring ${spec.name}`);
    contested.push({ spec, ...(await contest(laboratory, spec, contestants)) });
  }
  if (hasTorch) await torch.run();

  const rows: Row[] = [];
  for (const { spec, outcomes, wanted } of contested) {
    const found = rowsOf(new Measured(spec, outcomes, torch.measured(spec.name, wanted)));
    const [first] = found;
    if (first !== undefined) console.log(printPeers(first));
    for (const row of found) console.log(printRow(row));
    console.log("");
    rows.push(...found);
  }
  console.log(`${printTable(rows)}\n`);
  return { browser: laboratory.version, torch: torch.device, rows };
}
