/** PyTorch in a process of its own: for scale, before and after the browser. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Spec } from "../workloads/specs.ts";

const python = "/usr/bin/python3";

export interface TorchRow {
  readonly name: string;
  /** Milliseconds. */
  readonly first: number;
  readonly seen: readonly number[];
  readonly rounds: readonly number[];
}

export interface TorchRun {
  /** Version and BLAS, as printed. */
  readonly device: string;
  /** Products come from a library made for speed. */
  readonly isFast: boolean;
  readonly rows: readonly TorchRow[];
}

export function hasTorch(): boolean {
  return spawnSync(python, ["-c", "import torch"]).status === 0;
}

/** Debian's OpenBLAS does not know newer machines and takes them for very old ones. */
function coreType(): Record<string, string> {
  const cpu = existsSync("/proc/cpuinfo") ? readFileSync("/proc/cpuinfo", "utf8") : "";
  if (cpu.includes("avx512f")) return { OPENBLAS_CORETYPE: "SkylakeX" };
  return cpu.includes("avx2") ? { OPENBLAS_CORETYPE: "Haswell" } : {};
}

/** Times `specs` with so many threads. */
export async function runTorch(
  bench: string,
  specs: readonly Spec[],
  threads: number,
): Promise<TorchRun> {
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
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) lines.push(line);
  const status = await ended;
  if (status !== 0) throw new Error(`torch/bench.py ended with ${status}`);
  // Written by bench.py: what it is, then a row a line.
  const [about, ...rows] = lines.map((line) => JSON.parse(line) as unknown);
  const { version, blas } = about as { version: string; blas: string };
  const isFast = /openblas|mkl|blis/.test(blas);
  return { device: `${version}, ${blas}`, isFast, rows: rows as TorchRow[] };
}
