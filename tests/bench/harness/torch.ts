/** PyTorch in processes of its own: for scale, before and after the browser. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { median } from "../rounds.ts";
import type { Spec } from "../workloads/specs.ts";
import { agree } from "./agreement.ts";
import type { Timed } from "./contest.ts";
import type { TorchMeasured } from "./measured.ts";

const python = "/usr/bin/python3";

/** What `torch/bench.py` writes of a workload; milliseconds. */
interface Line {
  readonly name: string;
  readonly first: number;
  readonly seen: readonly number[];
  readonly rounds: readonly number[];
}

interface Run {
  readonly version: string;
  readonly blas: string;
  readonly lines: readonly Line[];
}

/** Debian's OpenBLAS does not know newer machines and takes them for very old ones. */
function coreType(): Record<string, string> {
  const cpu = existsSync("/proc/cpuinfo") ? readFileSync("/proc/cpuinfo", "utf8") : "";
  if (cpu.includes("avx512f")) return { OPENBLAS_CORETYPE: "SkylakeX" };
  return cpu.includes("avx2") ? { OPENBLAS_CORETYPE: "Haswell" } : {};
}

async function runBench(bench: string, specs: readonly Spec[], threads: number): Promise<Run> {
  const count = String(threads);
  const child = spawn(python, [join(bench, "torch/bench.py"), count], {
    stdio: ["pipe", "pipe", "inherit"],
    env: {
      ...process.env,
      ...coreType(),
      OMP_NUM_THREADS: count,
      OPENBLAS_NUM_THREADS: count,
      PYTHONDONTWRITEBYTECODE: "1",
    },
  });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  child.stdin.end(JSON.stringify(specs));
  const written: unknown[] = [];
  for await (const line of createInterface({ input: child.stdout })) written.push(JSON.parse(line));
  const status = await ended;
  if (status !== 0) throw new Error(`torch/bench.py ended with ${status}`);
  // As bench.py writes them: what it is, then a line for each workload.
  const [about, ...lines] = written as [Omit<Run, "lines">, ...Line[]];
  return { ...about, lines };
}

/** All runs of the chosen workloads, with one thread and with two. */
export class Torch {
  readonly #bench: string;
  readonly #specs: readonly Spec[];
  readonly #runs: { readonly threads: number; readonly run: Run }[] = [];

  constructor(bench: string, specs: readonly Spec[]) {
    this.#bench = bench;
    this.#specs = specs.filter(({ kind }) => kind !== "kernel");
  }

  static isThere(): boolean {
    return spawnSync(python, ["-c", "import torch"]).status === 0;
  }

  async run(): Promise<void> {
    for (const threads of [1, 2])
      this.#runs.push({ threads, run: await runBench(this.#bench, this.#specs, threads) });
  }

  /** Version and library for products; null before the first run. */
  get device(): string | null {
    const about = this.#runs[0]?.run;
    return about === undefined ? null : `${about.version}, ${about.blas}`;
  }

  get isFast(): boolean {
    return /openblas|mkl|blis/.test(this.device ?? "");
  }

  /** What became of one workload; left out where PyTorch did not get what is `wanted`. */
  measured(name: string, wanted: readonly number[]): TorchMeasured {
    const times = new Map<number, Timed>();
    for (const threads of [1, 2]) {
      const lines = this.#runs
        .filter((each) => each.threads === threads)
        .flatMap(({ run }) => run.lines.filter((line) => line.name === name));
      const [earliest] = lines;
      if (earliest === undefined) continue;
      const { first, seen } = earliest;
      if (!agree(seen, wanted)) {
        console.log(`PyTorch is wrong in ${name}: ${seen.join(" ")}, not ${wanted.join(" ")}`);
        continue;
      }
      const rounds = lines.flatMap((line) => line.rounds);
      const [min, middle] = [Math.min(...rounds), median(rounds)];
      times.set(threads, { kind: "timed", device: "", rounds, min, median: middle, first, seen });
    }
    return { times, isFast: this.isFast };
  }
}
