/** `npm run bench -- --profile convnet`: where the time of our engine's step goes, op by op. */
import { startBrowser } from "./browser.ts";
import { printMs } from "./table.ts";

/** About so long are the steps that are profiled. */
const PROFILED_MS = 1500;
/** Ops that take less of a step are counted together. */
const SMALL = 0.005;

export interface ProfileOptions {
  readonly bench: string;
  readonly chromium: string;
  /** The name of a workload. */
  readonly workload: string;
  readonly threads: 1 | 2;
}

export async function profile({
  bench,
  chromium,
  workload,
  threads,
}: ProfileOptions): Promise<void> {
  await using laboratory = await startBrowser(bench, chromium);
  const script = (how: string) => `descent.js?form=as%20one&threads=${threads}&profile=${how}`;
  const [plain, watched] = await Promise.all(
    ["no", "yes"].map((how) => laboratory.open(`profile ${how}`, script(how))),
  );
  if (plain === undefined || watched === undefined) throw new Error("no workers");
  for (const remote of [plain, watched]) {
    await remote.ask({ ask: "make", workload });
    await remote.ask({ ask: "begin", steps: 5 });
  }
  const rough = await plain.ask({ ask: "time", lead: 0, steps: 3 });
  const steps = Math.max(3, Math.round(PROFILED_MS / rough));
  await plain.ask({ ask: "time", lead: 0, steps });
  const ms = await plain.ask({ ask: "time", lead: 0, steps });
  await watched.ask({ ask: "profile", steps });
  const told = await watched.ask({ ask: "profile", steps });
  const inside = told.rows.reduce((sum, row) => sum + row.ms, 0);
  const line = (what: string, time: number, calls: string) =>
    console.log(
      `${printMs(time).padStart(10)} ${((100 * time) / told.ms).toFixed(1).padStart(6)} % ${calls.padStart(7)}  ${what}`,
    );
  console.log(`${workload}: ${printMs(ms)} a step, ${printMs(told.ms)} while it is watched`);
  for (const { what, ms: time, calls } of told.rows)
    if (time >= SMALL * told.ms) line(what, time, calls.toFixed(1));
  const small = told.rows.filter((row) => row.ms < SMALL * told.ms);
  const sum = (key: "ms" | "calls") => small.reduce((total, row) => total + row[key], 0);
  line(`${small.length} ops with less each`, sum("ms"), sum("calls").toFixed(1));
  line("JavaScript around them", told.ms - inside, "");
}
