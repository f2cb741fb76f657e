/**
 * The kernel: runs one program at a time in this realm, and lets nothing of a run outlive its
 * interrupt. It knows no engine and no host; both are given.
 */
import type { CellFunction, CellInterface, Flags } from "../compile/cell-interface.ts";
import type { KernelApi, MimeBundle, Press, Program, RunId, RunReport } from "../protocol.ts";
import { observeLoops } from "../tensor/loop.ts";
import { createAttention } from "./attention.ts";
import { createBackground } from "./background.ts";
import { createCaller } from "./caller.ts";
import { createCheckpoints } from "./checkpoints.ts";
import { createConsole } from "./console.ts";
import { bundleOf, createDisplay } from "./display.ts";
import type { KernelEnvironment } from "./environment.ts";
import { framesOf, keepWholeStacks, placed, toRawError } from "./errors.ts";
import { createFileRequests } from "./file-requests.ts";
import { installFunctionText } from "./function-text.ts";
import { Interrupted, isInterrupted } from "./interrupted.ts";
import { cancelResumptions, createInterruption } from "./interruption.ts";
import { caught, installPlainRejections, installPlainStacks } from "./plain-errors.ts";
import { guardNetwork } from "./network-guard.ts";
import { createKnobs } from "./knobs.ts";
import { createLearning } from "./learning.ts";
import { createDisplayIds, showLive } from "./live.ts";
import { createLoopObserver } from "./loops.ts";
import { createModules, type TellNetwork } from "./modules.ts";
import { createOutput } from "./output.ts";
import {
  createRun,
  createRunContext,
  isNewRefusal,
  noReport,
  type Owner,
  type Run,
} from "./run.ts";
import { createScope } from "./scope.ts";
import { installSurface, type LiveDisplay } from "./surface.ts";
import { installTimers } from "./timers.ts";
import { nextTurn } from "./turns.ts";
import { describeVariables } from "./variables.ts";

export interface Kernel {
  readonly api: KernelApi;
  /** The control block has changed: to be called when a message says so. */
  attend(): void;
  /** A promise was rejected, or a callback threw, with nobody to catch it. */
  reportUncaught(error: unknown): void;
}

export function createKernel(environment: KernelEnvironment): Kernel {
  keepWholeStacks();
  installFunctionText(Function.prototype);
  installPlainRejections(Promise.prototype);
  installPlainStacks(Error);
  const { control, activity, mistakes } = environment;
  const context = createRunContext(nextTurn);
  let isHeld = false;
  const output = createOutput({
    control,
    send: environment.send,
    // A drawing costs a held cell no time, and its reader looks.
    isRunning: () => context.active() !== null && !isHeld,
  });
  const scope = createScope(environment.writesInto, environment.modules.get("descent"));
  const checkpoints = createCheckpoints({
    source: {
      ...environment.checkpoints,
      // The state of an optimiser has its learning rate, which may be a knob.
      capture: (values) => knobs.unnoted(() => environment.checkpoints.capture(values)),
    },
    activity,
    values: scope.ownValues,
    context,
    output,
    keep: environment.keep,
  });
  const attention = createAttention({
    control,
    guard: environment.guard,
    context,
    output: {
      ...output,
      flush() {
        checkpoints.tick();
        learning.tick();
        followAndFlush();
      },
    },
    activity,
    tell(run, holds) {
      isHeld = holds;
      const variables = () => describeVariables(scope.ownValues(), attention.lastTurn());
      const pause = holds ? { frames: framesOf(new Error()), variables: variables() } : null;
      output.emit(run, { kind: "pause", pause });
    },
    answerPresses: () => knobs.answerPresses(),
    look: () => learning.recordings.look(),
    resume: () => learning.recordings.resume(),
    isReplaying: () => learning.recordings.isReplaying(),
    meetBackground: () => background.met(),
  });
  const modules = createModules(environment.modules, environment.importPackage, tellNetwork);
  const callFor = createCaller(context, output);
  const knobs = createKnobs({ control, context, show: showUnder, call: callFor });
  const learning = createLearning({
    source: environment.learning,
    control,
    activity,
    scope,
    knobs,
    context,
    output,
    call: callFor,
  });
  const files = createFileRequests(output, context);
  const nextDisplay = createDisplayIds();
  const interruption = createInterruption();

  const cells: CellInterface = {
    box: scope.box,
    define: scope.define,
    peek: scope.peek,
    import: placed(modules.import),
    named: modules.named,
    slow: attention.slow,
    seen: attention.seen,
    yield: attention.yield,
    now: attention.now,
    back: attention.back,
    caught,
  };

  function current(): Run {
    const run = context.current();
    if (run === null) throw new Error("internal: output before the first run");
    return run;
  }

  /** For the run of now, wherever the answer comes. */
  function tellNetwork(): TellNetwork {
    const run = current();
    return (event) => {
      // A loop that asks for ever is one question.
      if (event.kind === "blocked" && !isNewRefusal(run, event.origin)) return;
      output.emit(run, event);
    };
  }

  function reportUncaught(error: unknown): void {
    const [frame] = framesOf(error);
    const owner: Owner | null = frame ?? context.current();
    if (owner === null || isInterrupted(error)) return;
    output.emit(owner, { kind: "error", error: toRawError(error) });
  }

  function followAndFlush(): void {
    knobs.follow();
    output.flush();
  }

  function showUnder(run: Run, render: () => MimeBundle): LiveDisplay {
    let display: LiveDisplay | null = null;
    const follower = { cell: run.cell, invalidate: () => display?.invalidate() };
    const draw = () => knobs.draw(follower, render);
    display = showLive(output, run, nextDisplay(), draw);
    return display;
  }

  function clear(wait: boolean | { readonly wait?: boolean } = false): void {
    const waits = typeof wait === "boolean" ? wait : wait.wait === true;
    output.emit(current(), { kind: "clear", wait: waits });
  }

  environment.attendInCalls(attention.attend);
  installSurface({
    show(render, rewindable) {
      if (rewindable !== undefined) learning.recordings.add(current(), rewindable);
      return showUnder(current(), render);
    },
    knob: (spec, pressed) => knobs.make(current(), spec, pressed),
    place: (kind) => learning.place(current(), knobs.place(current(), kind)),
    names: scope.ownValues,
    placeOf: (site) => framesOf(site)[0] ?? null,
    writeFile: (name, bytes) => files.write(current(), name, bytes),
    readFile: (name, operation) => files.read(current(), name, operation),
  });
  observeLoops(
    createLoopObserver({
      control,
      context,
      activity,
      output,
      turn(place) {
        if (place === "turn" || place === "inner turn") learning.recordings.turn();
        attention.turn(place);
      },
      heldMs: attention.heldMs,
    }),
  );
  mistakes.observe(({ site, rule, text, fix }) => {
    const mistake = { rule, text, fix, frames: framesOf(site) };
    output.emit(current(), { kind: "mistake", mistake });
  });
  if (environment.origins !== null) {
    const refused = (origin: string) => tellNetwork()({ kind: "blocked", origin });
    guardNetwork(environment.globals, environment.origins, refused);
  }
  const timers = installTimers(environment.globals, {
    context,
    meetBackground: () => background.met(),
    report: (run, error) => {
      // A timer of a run that is over may keep others from running: it was what Stop meant.
      if (isInterrupted(error)) return cancelResumptions(run);
      output.emit(run, { kind: "error", error: toRawError(error) });
    },
  });
  const background = createBackground({ control, timers, tell: environment.background });
  Object.assign(environment.globals, {
    display: createDisplay({
      emit: (event) => output.emit(current(), event),
      nextId: nextDisplay,
    }),
    clear,
    console: createConsole({
      write: (name, text) => output.emit(current(), { kind: "stream", name, text }),
      clear: () => clear(),
      owner: current,
    }),
  });

  function evaluate(program: Program): CellFunction {
    // Indirect: in the global scope, with nothing of the kernel's in sight.
    // oxlint-disable-next-line no-eval -- evaluating cells is what a kernel is for
    return (0, eval)(program.code) as CellFunction;
  }

  async function execute(
    run: Run,
    prepare: () => (kernel: CellInterface, flags: Flags) => Promise<unknown>,
  ): Promise<RunReport["status"]> {
    try {
      const body = prepare();
      if (attention.isStopped()) throw new Interrupted();
      const stopped = interruption.of(run);
      const result = await Promise.race([stopped, body(cells, attention.flags)]);
      if (run.interrupted) throw new Interrupted();
      const bundle = await Promise.race([stopped, bundleOf(result)]);
      // Printing a value runs what the cell says of it.
      if (run.interrupted) throw new Interrupted();
      if (bundle !== null) output.emit(run, { kind: "result", data: bundle, metadata: {} });
      // What it has set going without a wait is part of it, whoever awaits that.
      await new Promise<void>(nextTurn);
      if (run.interrupted) throw new Interrupted();
      return "ok";
    } catch (error) {
      const raw = toRawError(error);
      output.emit(run, { kind: "error", error: raw });
      return raw.kind === "interrupted" || run.interrupted ? "interrupted" : "error";
    }
  }

  function run(program: Program): Promise<RunReport> {
    const run = createRun(program, activity.steps);
    environment.beginOrigins(/\bgraph\b/.test(program.code));
    knobs.release(run.cell);
    return carryOut(run, program.run, () => evaluate(program), program);
  }

  /** In the name of the run that made the button: under its cell. */
  function press({ knob, run: id, presses }: Press): Promise<RunReport> {
    const run = knobs.pressed(knob, presses);
    // Its cell has run again since, without it.
    if (run === null) return Promise.resolve(noReport);
    Object.assign(run, { interrupted: false, settled: false });
    return carryOut(run, id, () => async () => void (await Promise.all(attention.answerNow())));
  }

  /** `id` is what Stop means: the run's own, but for a press. */
  async function carryOut(
    run: Run,
    id: RunId,
    prepare: Parameters<typeof execute>[1],
    program: Program | null = null,
  ): Promise<RunReport> {
    if (context.active() !== null) throw new Error("internal: a run is under way");
    context.begin(run);
    attention.begin(id, program?.pace);
    scope.beginRun();
    mistakes.begin();
    checkpoints.begin();
    environment.busy(true);
    const before = { ...activity };
    const names = scope.snapshot();
    const busyMs = () => performance.now() - attention.idleMs();
    const startedAt = busyMs();
    learning.begin(run, id, program, {
      wrote: () => scope.changedSince(names),
      busyMs: () => busyMs() - startedAt,
    });
    const status = await execute(run, prepare);
    const durationMs = busyMs() - startedAt;
    learning.settle(run, status);
    interruption.forget();
    if (status === "ok") mistakes.end();
    if (status === "interrupted") cancelResumptions(run);
    checkpoints.settle();
    context.settle(run);
    attention.settle({ ...run, run: id });
    environment.busy(false);
    background.rest();
    output.finish();
    return {
      status,
      durationMs,
      left: timers.left() + attention.yielding(),
      wrote: scope.changedSince(names),
      readKnobs: [...run.readKnobs],
      trained: activity.backwards > before.backwards || activity.steps > before.steps,
      drew: activity.draws > before.draws,
    };
  }

  function stop(): void {
    interruption.stop();
    if (context.active() !== null || !background.isOn()) return;
    background.end();
    attention.endedAtRest();
  }

  return {
    api: {
      run,
      press,
      provideData: (name, bytes) => Promise.resolve(environment.provideData(name, bytes)),
      answerRead: (request, bytes) => Promise.resolve(files.answer(request, bytes)),
      restore: (checkpoint) => Promise.resolve(checkpoint).then(checkpoints.restore),
    },
    attend() {
      if (attention.isStopped()) stop();
      attention.wake();
      attention.answer(true);
      if (context.active() === null) learning.recordings.look();
      followAndFlush();
    },
    reportUncaught,
  };
}
