/**
 * The kernel: runs one program at a time in this realm, and lets nothing of a run outlive its
 * interrupt. It knows no engine and no host; both are given.
 */
import type { CellFunction, CellInterface } from "../compile/cell-interface.ts";
import type { Guard } from "../compile/compiler.ts";
import type { Control } from "../hosts/control.ts";
import type { EventBatch, KernelApi, Program, RawMistake, RunReport } from "../protocol.ts";
import { observeLoops } from "../tensor/loop.ts";
import { createAttention } from "./attention.ts";
import { createConsole } from "./console.ts";
import { bundleOf } from "./display.ts";
import { framesOf, keepWholeStacks, toRawError } from "./errors.ts";
import { createFileRequests } from "./file-requests.ts";
import { Interrupted } from "./interrupted.ts";
import { createKnobs } from "./knobs.ts";
import { createDisplayIds, showLive } from "./live.ts";
import { createLoopObserver } from "./loops.ts";
import { createModules, type ImportPackage, type ModuleTable } from "./modules.ts";
import { createOutput } from "./output.ts";
import { createRun, createRunContext, type Owner, type Run } from "./run.ts";
import { createScope } from "./scope.ts";
import { installSurface } from "./surface.ts";
import { installTimers, type TimerScope } from "./timers.ts";
import { nextTurn } from "./turns.ts";

/** What the engine tells about training, counted since the kernel began. */
export interface Activity {
  readonly backwards: number;
  readonly steps: number;
  readonly draws: number;
}

/** How the engine tells mistakes that run. `site` was made in the line to look at. */
export interface Mistakes {
  observe(next: (mistake: Omit<RawMistake, "frames"> & { readonly site: Error }) => void): void;
  /** A run begins: what was seen in earlier ones counts no more. */
  begin(): void;
  /** A run is over: last chance to speak. */
  end(): void;
}

export interface KernelEnvironment {
  readonly control: Control;
  readonly guard: Guard;
  readonly send: (batch: EventBatch) => void;
  /** A run begins or has ended: the host ticks busy kernels only. */
  readonly busy: (running: boolean) => void;
  readonly modules: ModuleTable;
  readonly importPackage: ImportPackage | null;
  readonly activity: Activity;
  readonly mistakes: Mistakes;
  readonly provideData: (name: string, bytes: Uint8Array) => void;
  /** The global scope of cells. */
  readonly globals: TimerScope & object;
}

export interface Kernel {
  readonly api: KernelApi;
  /** The control block has changed: to be called when a message says so. */
  attend(): void;
  /** A promise was rejected, or a callback threw, with nobody to catch it. */
  reportUncaught(error: unknown): void;
}

/** After Stop, nothing that the run has set going may wake it. */
function cancelResumptions(run: Run): void {
  for (const cancel of run.cancellations) cancel();
  run.cancellations.clear();
}

/** How many turns of the event loop an interrupted cell gets to run its `finally` blocks. */
const LAST_TURNS = 3;

export function createKernel(environment: KernelEnvironment): Kernel {
  keepWholeStacks();
  const { control, activity, mistakes } = environment;
  const context = createRunContext(nextTurn);
  const output = createOutput({ control, send: environment.send });
  const attention = createAttention({
    control,
    guard: environment.guard,
    context,
    flush: output.flush,
  });
  const scope = createScope();
  const modules = createModules(environment.modules, environment.importPackage);
  const knobs = createKnobs(control, context);
  const files = createFileRequests(output, context);
  const nextDisplay = createDisplayIds();
  /** Ends the wait for the active run's promise. */
  let stopWaiting: (() => void) | null = null;

  const cells: CellInterface = {
    box: scope.box,
    define: scope.define,
    peek: scope.peek,
    import: modules.import,
    named: modules.named,
    slow: attention.slow,
    yield: attention.yield,
  };

  function current(): Run {
    const run = context.current();
    if (run === null) throw new Error("internal: output before the first run");
    return run;
  }

  function reportUncaught(error: unknown): void {
    const [frame] = framesOf(error);
    const owner: Owner | null = frame ?? context.current();
    if (owner === null || error instanceof Interrupted) return;
    output.emit(owner, { kind: "error", error: toRawError(error) });
  }

  function display(value: unknown): void | Promise<void> {
    const run = current();
    const show = (bundle: Awaited<ReturnType<typeof bundleOf>>) => {
      if (bundle !== null) output.emit(run, { kind: "display", data: bundle, metadata: {} });
    };
    const bundle = bundleOf(value);
    return bundle instanceof Promise ? bundle.then(show) : show(bundle);
  }

  function clear(options: { readonly wait?: boolean } = {}): void {
    output.emit(current(), { kind: "clear", wait: options.wait === true });
  }

  installSurface({
    show: (render) => showLive(output, current(), nextDisplay(), render),
    knob(spec) {
      const run = current();
      return knobs.make(run, spec, (render) => showLive(output, run, nextDisplay(), render));
    },
    writeFile: (name, bytes) => files.write(current(), name, bytes),
    readFile: (name) => files.read(current(), name),
  });
  observeLoops(createLoopObserver(context, output));
  mistakes.observe(({ site, rule, text, fix }) => {
    const mistake = { rule, text, fix, frames: framesOf(site) };
    output.emit(current(), { kind: "mistake", mistake });
  });
  installTimers(environment.globals, {
    context,
    report: (run, error) => {
      if (error instanceof Interrupted) return;
      output.emit(run, { kind: "error", error: toRawError(error) });
    },
  });
  Object.assign(environment.globals, {
    display,
    clear,
    console: createConsole({
      write: (name, text) => output.emit(current(), { kind: "stream", name, text }),
      clear: () => clear(),
    }),
  });

  /** Resolves when the reader has stopped the run and its code has had its last turns. */
  function interruption(run: Run): Promise<never> {
    return new Promise((_, reject) => {
      stopWaiting = () => {
        stopWaiting = null;
        cancelResumptions(run);
        let turns = LAST_TURNS;
        const wait = () => {
          if (run.settled) return;
          if ((turns -= 1) > 0) return nextTurn(wait);
          run.interrupted = true;
          reject(new Interrupted());
        };
        nextTurn(wait);
      };
    });
  }

  async function execute(run: Run, program: Program): Promise<RunReport["status"]> {
    try {
      // Indirect: in the global scope, with nothing of the kernel's in sight.
      // oxlint-disable-next-line no-eval -- evaluating cells is what a kernel is for
      const body = (0, eval)(program.code) as CellFunction;
      if (attention.isStopped()) throw new Interrupted();
      const result = await Promise.race([interruption(run), body(cells, attention.flags)]);
      if (run.interrupted) throw new Interrupted();
      const bundle = await bundleOf(result);
      if (bundle !== null) output.emit(run, { kind: "result", data: bundle, metadata: {} });
      return "ok";
    } catch (error) {
      const raw = toRawError(error);
      output.emit(run, { kind: "error", error: raw });
      return raw.kind === "interrupted" || run.interrupted ? "interrupted" : "error";
    }
  }

  async function run(program: Program): Promise<RunReport> {
    if (context.active() !== null) throw new Error("internal: a run is under way");
    const run = createRun(program);
    context.begin(run);
    scope.beginRun();
    mistakes.begin();
    environment.busy(true);
    const before = { ...activity };
    const names = scope.snapshot();
    const startedAt = performance.now();
    const status = await execute(run, program);
    const durationMs = performance.now() - startedAt;
    stopWaiting = null;
    if (status === "ok") mistakes.end();
    if (status === "interrupted") cancelResumptions(run);
    context.settle(run);
    attention.settle(run);
    environment.busy(false);
    output.finish();
    return {
      status,
      durationMs,
      wrote: scope.changedSince(names),
      readKnobs: [...run.readKnobs],
      trained: activity.backwards > before.backwards || activity.steps > before.steps,
      drew: activity.draws > before.draws,
    };
  }

  return {
    api: {
      run,
      provideData: (name, bytes) => Promise.resolve(environment.provideData(name, bytes)),
      answerRead: (request, bytes) => Promise.resolve(files.answer(request, bytes)),
    },
    attend() {
      if (attention.isStopped()) stopWaiting?.();
      output.flush();
    },
    reportUncaught,
  };
}
