/** A worker's loop: one engine, one workload, questions one after another. */
import { specs } from "../workloads/specs.ts";
import type { Makers, Workload } from "../workloads/workload.ts";
import type { Answer, Asked, Answered, Begun, Made, Profiled, Question } from "./messages.ts";
import type { Profile } from "./profile.ts";

export interface Engine {
  /** Backend and variant, as printed. */
  readonly device: string;
  readonly makers: Makers;
  /** Where its time goes, if it is to tell. */
  readonly profile?: Profile | null;
}

async function make(engine: Engine, name: string): Promise<[Workload | null, Made]> {
  const spec = specs.find((each) => each.name === name);
  if (spec === undefined) throw new RangeError(`no workload "${name}"`);
  const maker = engine.makers[spec.kind];
  if (typeof maker === "string") return [null, { device: null, missing: maker }];
  // The table's key is the spec's kind, so that the maker takes this spec.
  const workload = await (maker as (given: typeof spec) => Workload | Promise<Workload>)(spec);
  return [workload, { device: engine.device, missing: "" }];
}

async function begin(workload: Workload, steps: number): Promise<Begun> {
  const from = performance.now();
  await workload.step();
  const first = performance.now() - from;
  const seen = [await workload.observe()];
  while (seen.length < steps) {
    await workload.step();
    seen.push(await workload.observe());
  }
  return { first, seen };
}

/** Synchronous steps follow each other without an await, as in a cell's loop. */
async function go(workload: Workload, steps: number): Promise<void> {
  for (let i = 0; i < steps; i++) {
    const pending = workload.step();
    if (pending !== undefined) await pending;
  }
}

/** Milliseconds of a step. */
async function time(workload: Workload, steps: number): Promise<number> {
  const from = performance.now();
  await go(workload, steps);
  return (performance.now() - from) / steps;
}

async function profiled(engine: Engine, workload: Workload, steps: number): Promise<Profiled> {
  const { profile } = engine;
  if (!profile) throw new Error("this engine tells nothing about its time");
  profile.clear();
  const ms = await time(workload, steps);
  return { ms, rows: profile.rows(steps) };
}

export function serve(starting: Promise<Engine>): void {
  let workload: Workload | null = null;
  async function answer(question: Question): Promise<Answer<Question>> {
    if (question.ask === "make") {
      const [made, told] = await make(await starting, question.workload);
      workload = made;
      return told;
    }
    if (workload === null) throw new Error("nothing was made");
    if (question.ask === "profile") return profiled(await starting, workload, question.steps);
    if (question.ask === "begin") return begin(workload, question.steps);
    await go(workload, question.lead);
    return time(workload, question.steps);
  }
  const reply = (message: Answered) => self.postMessage(message);
  self.addEventListener("message", ({ data }: MessageEvent<Asked>) => {
    answer(data.question).then(
      (told) => reply({ id: data.id, answer: told }),
      (error: unknown) =>
        reply({ id: data.id, error: error instanceof Error ? error.message : String(error) }),
    );
  });
}
