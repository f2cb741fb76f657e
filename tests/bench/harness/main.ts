/** Measures all workloads, or those whose names begin with `only`, and gives their rows. */
import { median } from "../rounds.ts";
import { type Spec, specs } from "../workloads/specs.ts";
import { startBrowser } from "./browser.ts";
import { agree, contest, type Timed } from "./contest.ts";
import { contestants } from "./contestants.ts";
import { type Row, rowsOf } from "./rows.ts";
import { printPeers, printRow } from "./table.ts";
import { hasTorch, runTorch, type TorchRun } from "./torch.ts";

export interface Options {
  /** The benchmark's folder. */
  readonly bench: string;
  readonly chromium: string;
  readonly only: string;
}

export interface Results {
  readonly browser: string;
  readonly torch: string | null;
  readonly rows: readonly Row[];
}

/** PyTorch's runs of one number of threads, as if they were one. */
function together(runs: readonly TorchRun[], name: string): Timed | null {
  const rows = runs.flatMap((run) => run.rows.filter((row) => row.name === name));
  const [earliest] = rows;
  if (earliest === undefined) return null;
  const rounds = rows.flatMap((row) => row.rounds);
  return {
    kind: "timed",
    device: runs[0]?.device ?? "",
    rounds,
    min: Math.min(...rounds),
    median: median(rounds),
    first: earliest.first,
    seen: earliest.seen,
  };
}

class Torch {
  readonly #bench: string;
  readonly #specs: readonly Spec[];
  readonly #runs = new Map<number, TorchRun[]>();
  readonly isThere = hasTorch();

  constructor(bench: string, chosen: readonly Spec[]) {
    this.#bench = bench;
    this.#specs = chosen.filter(({ kind }) => kind !== "kernel");
  }

  async run(): Promise<void> {
    if (!this.isThere) return;
    for (const threads of [1, 2]) {
      const done = await runTorch(this.#bench, this.#specs, threads);
      this.#runs.set(threads, [...(this.#runs.get(threads) ?? []), done]);
    }
  }

  get #any(): TorchRun | undefined {
    return this.#runs.get(1)?.[0];
  }

  get device(): string | null {
    return this.#any?.device ?? null;
  }

  get isFast(): boolean {
    return this.#any?.isFast ?? false;
  }

  /** By threads; left out where `wanted` is not what it got. */
  of(name: string, wanted: readonly number[]): Map<number, Timed> {
    const found = new Map<number, Timed>();
    for (const [threads, runs] of this.#runs) {
      const whole = together(runs, name);
      if (whole === null) continue;
      if (agree(whole.seen, wanted)) found.set(threads, whole);
      else console.log(`PyTorch is wrong in ${name}: ${whole.seen} where ${wanted} is right`);
    }
    return found;
  }
}

export async function run({ bench, chromium, only }: Options): Promise<Results> {
  const chosen = specs.filter(({ name }) => name.startsWith(only));
  if (chosen.length === 0) {
    const names = specs.map(({ name }) => name).join(", ");
    throw new RangeError(`bench: no workload begins with "${only}" - there are ${names}`);
  }
  const torch = new Torch(bench, chosen);
  if (!torch.isThere)
    console.log("PyTorch is not here: apt-get install python3-torch libopenblas0");
  await torch.run();
  if (torch.device !== null && !torch.isFast)
    console.log(`PyTorch's BLAS is slow here (${torch.device}): apt-get install libopenblas0`);
  await using laboratory = await startBrowser(bench, chromium);
  const measured = [];
  for (const spec of chosen) {
    const taking = contestants.filter(({ kinds }) => kinds.includes(spec.kind));
    console.error(`measuring ${spec.name}`);
    measured.push({ spec, ...(await contest(laboratory, spec, taking)) });
  }
  await torch.run();
  const rows: Row[] = [];
  for (const each of measured) {
    const { spec, outcomes, wanted } = each;
    const byTorch = torch.of(spec.name, wanted);
    const found = rowsOf({ spec, outcomes, torch: byTorch, isTorchFast: torch.isFast });
    rows.push(...found);
    if (found[0] !== undefined) console.log(printPeers(found[0]));
    for (const row of found) console.log(printRow(row));
    console.log("");
  }
  return { browser: laboratory.version, torch: torch.device, rows };
}
