/**
 * The owner's handle on a kernel: one queue, run ids, interrupt with a grace time, restart. The
 * same for the page and the command line; it knows no DOM and no process.
 */
import type { Checkpoint } from "../checkpoint.ts";
import type { CompiledCell, Compiler } from "../compile/compiler.ts";
import type { CellError, CellId, KnobId, KnobValue, RunId, RunReport } from "../protocol.ts";
import type { Past } from "../training.ts";
import { KernelEnded } from "./connection.ts";
import { createDelivery } from "./delivery.ts";
import { kernelEnded, messageOf, stoppedByForce } from "./ended-errors.ts";
import type { DataSource, KernelConnection, KernelHost, NotebookFiles } from "./host.ts";
import type { KernelClient, KernelStatus, Notice } from "./notices.ts";
import { createKeptCheckpoint } from "./kept-checkpoint.ts";
import { createPreparation, type Prepared } from "./preparation.ts";
import { type QueueItem, queueItem } from "./queue-item.ts";
import { createReaderKnobs } from "./reader-knobs.ts";
import { createRunTexts } from "./run-texts.ts";
import { createStops } from "./stops.ts";

/** How long a cell may take to hear a soft stop. */
const GRACE_MS = 2_000;

export interface KernelClientOptions {
  readonly host: KernelHost;
  readonly compiler: Compiler;
  readonly files: NotebookFiles;
  readonly data: DataSource;
  /** Resolves when the notices are shown; until then the kernel's output is held back. */
  readonly notify: (notices: readonly Notice[]) => void | Promise<void>;
  /** Values the reader gave to knobs in an earlier session, by id. */
  readonly knobs?: Readonly<Record<string, KnobValue>>;
  /** What there is of runs that trained, those of earlier sessions too. */
  readonly past?: (cell: CellId) => Past;
  /** In milliseconds; 2 s unless told. */
  readonly graceMs?: number;
}

type Finish = Extract<Notice, { kind: "finished" }>["status"];

/** One kernel, from its start to its end. One that is discarded is not worth a notice. */
interface Life extends Prepared {
  discarded: boolean;
  /** Code of runs that are over goes on in it. */
  background: boolean;
}

export function createKernelClient(options: KernelClientOptions): KernelClient {
  const { host, compiler, data, graceMs = GRACE_MS } = options;
  const prepare = createPreparation(compiler, data);
  const texts = createRunTexts();
  const knobs = createReaderKnobs(options.knobs ?? {}, (message) => live?.turnKnob(message));
  const delivery = createDelivery({
    files: options.files,
    notify: options.notify,
    texts,
    onKnob: knobs.shown,
    onRestored: (left) => kept.taken(left),
  });
  const kept = createKeptCheckpoint(
    () => (life ?? begin()).connection,
    (notice) => delivery.tell(notice),
  );
  let queue: QueueItem[] = [];
  let running: QueueItem | null = null;
  let pumping = false;
  let runs = 0;
  let executions = 0;
  let life: Life | null = null;
  /** The live connection, for what cannot wait. */
  let live: KernelConnection | null = null;
  /** Cells of whose pins this kernel knows. */
  const told = new Set<CellId>();
  const stops = createStops(graceMs, () => live?.terminate());

  // ------------------------------------------------------------ the kernel's life

  function begin(): Life {
    delivery.tell({ kind: "kernel", status: "starting", shared: true });
    executions = 0;
    knobs.forget();
    texts.forget();
    told.clear();
    const begun: Life = {
      connection: host.start(),
      provided: new Set(),
      discarded: false,
      background: false,
    };
    life = begun;
    begun.connection.then(
      (connection) => {
        if (begun.discarded) return connection.terminate();
        live = connection;
        connection.onBatch((batch) => {
          if (!begun.discarded) delivery.batch(connection, batch);
        });
        connection.onBackground((running) => {
          if (!begun.discarded) backgroundChanged(begun, running);
        });
        delivery.tell(statusOf("idle", connection));
        void connection.ended.then(({ reason, checkpoint }) => end(begun, reason, checkpoint));
      },
      (error: unknown) => end(begun, messageOf(error)),
    );
    return begun;
  }

  function backgroundChanged(current: Life, running: boolean): void {
    current.background = running;
    if (!running) stops.ended(current);
    if (!pumping) tellRest();
  }

  /** No run is under way: what the kernel does now. */
  function tellRest(): void {
    if (live !== null) delivery.tell(statusOf(life?.background ? "background" : "idle", live));
  }

  function end(ended: Life, reason: string, checkpoint: Checkpoint | null = null): void {
    if (ended.discarded) return;
    const shared = live?.shared ?? true;
    ended.discarded = true;
    stops.ended(ended);
    if (life === ended) {
      life = null;
      live = null;
      // The notice goes with the next kernel; the cell keeps why it has no result.
      if (running?.started === true) {
        const { request, run, stopped } = running;
        const error = stopped ? stoppedByForce : kernelEnded(reason);
        delivery.tell({
          kind: "output",
          cell: request.cell,
          run,
          output: { kind: "error", error },
        });
      }
    }
    delivery.tell({ kind: "kernel", status: "dead", shared, reason });
    kept.offer(checkpoint);
  }

  function discard(): void {
    if (life === null) return;
    life.discarded = true;
    stops.ended(life);
    life = null;
    live?.terminate();
    live = null;
  }

  // ------------------------------------------------------------ the queue

  async function pump(): Promise<void> {
    if (pumping) return;
    pumping = true;
    while (queue.length > 0) {
      const item = queue.shift();
      if (item === undefined) break;
      running = item;
      const status = await execute(item);
      running = null;
      stops.ended(item);
      // Stop and restart have emptied the queue already: what came after them stays.
      if (!item.stopped && !goesOn(item, status)) cancelQueue();
      item.done();
    }
    pumping = false;
    tellRest();
  }

  function goesOn(item: QueueItem, status: Finish): boolean {
    return status === "ok" || (status === "error" && item.request.raisesException === true);
  }

  function cancelQueue(): void {
    const cancelled = queue;
    queue = [];
    for (const item of cancelled) cancel(item);
  }

  function cancel(item: QueueItem): void {
    takeBack(item);
    item.done();
  }

  /** It was queued and will not run. */
  function takeBack(item: QueueItem): Finish {
    delivery.tell({ kind: "cancelled", cell: item.request.cell, run: item.run });
    return "interrupted";
  }

  async function execute(item: QueueItem): Promise<Finish> {
    if (item.pressed !== null) return answerPress(item, item.pressed);
    // Stop waits for no kernel's start, no compiler and no server of data.
    const prepared = await Promise.race([prepare(item, life ?? begin()), item.halted]);
    if (prepared === null || item.stopped) return takeBack(item);
    if (prepared === "killed") return finish(item, "killed", null);
    if ("kind" in prepared) return fail(item, prepared);
    return runProgram(item, prepared.connection, prepared.cell);
  }

  async function runProgram(
    item: QueueItem,
    connection: KernelConnection,
    { code, map, names }: CompiledCell,
  ): Promise<Finish> {
    const { cell, source } = item.request;
    texts.keep(cell, item.run, source, map);
    executions += 1;
    const executionCount = executions;
    item.started = true;
    delivery.tell(statusOf("busy", connection), {
      kind: "started",
      cell,
      run: item.run,
      executionCount,
      names,
      source,
    });
    const past = pastFor(cell);
    const program = {
      cell,
      run: item.run,
      code,
      executionCount,
      knobs: knobs.of(cell),
      ...(past === undefined ? {} : { past }),
      ...item.request.how,
    };
    try {
      const report = await connection.api.run(program);
      return finish(item, report.status, report);
    } catch (error) {
      // An answer that is no report: nothing this kernel says can be relied on.
      if (!(error instanceof KernelEnded)) connection.terminate();
      await connection.ended;
      return finish(item, "killed", null);
    }
  }

  /** Shows nothing of its own: what it puts out belongs to the run that made the button. */
  async function answerPress(item: QueueItem, knob: KnobId): Promise<Finish> {
    const connection = live;
    // The kernel that knew the button is gone.
    if (connection === null) return "killed";
    item.started = true;
    delivery.tell(statusOf("busy", connection));
    try {
      const { cell } = item.request;
      const presses = knobs.presses(knob);
      const { wrote } = await connection.api.press({ cell, run: item.run, knob, presses });
      await delivery.settled();
      if (wrote.length > 0) delivery.tell({ kind: "answered", cell, run: item.run, wrote });
      return "ok";
    } catch (error) {
      if (!(error instanceof KernelEnded)) connection.terminate();
      await connection.ended;
      return "killed";
    }
  }

  /** The pins of a cell's figures are told to each kernel once: it keeps them. */
  function pastFor(cell: CellId): Past | undefined {
    const past = options.past?.(cell);
    if (past === undefined || !told.has(cell)) {
      told.add(cell);
      return past;
    }
    return { ...past, pins: [] };
  }

  /** The cell could not be run at all. */
  async function fail(item: QueueItem, error: CellError): Promise<Finish> {
    const { cell, source } = item.request;
    executions += 1;
    delivery.tell(
      { kind: "started", cell, run: item.run, executionCount: executions, names: null, source },
      { kind: "output", cell, run: item.run, output: { kind: "error", error } },
    );
    return finish(item, "error", null);
  }

  async function finish(
    item: QueueItem,
    status: Finish,
    report: RunReport | null,
  ): Promise<Finish> {
    // What the cell put out comes before its end.
    await delivery.settled();
    delivery.tell({ kind: "finished", cell: item.request.cell, run: item.run, status, report });
    await delivery.settled();
    return status;
  }

  // ------------------------------------------------------------ interrupt

  function interruptBackground(): void {
    if (life === null || !life.background) return;
    const run = (runs += 1) as RunId;
    stops.stop(life, () => live?.interruptBackground(run));
  }

  function dropRunning(): void {
    if (running !== null) running.stopped = true;
    running?.halt();
    discard();
  }

  // The first run shall not wait for the kernel's start.
  begin();

  return {
    async run(requests) {
      const done: Promise<void>[] = [];
      const queued: Notice[] = [];
      for (const request of requests) {
        const run = (runs += 1) as RunId;
        done.push(new Promise((resolve) => queue.push(queueItem(request, run, resolve))));
        queued.push({ kind: "queued", cell: request.cell, run });
      }
      delivery.tell(...queued);
      void pump();
      await Promise.all(done);
    },
    interrupt() {
      cancelQueue();
      const item = running;
      if (item === null) return interruptBackground();
      item.stopped = true;
      if (item.started) stops.stop(item, () => live?.interrupt());
      else item.halt();
    },
    steer(how) {
      if (how.kind === "look") return live?.steer(how.run, how);
      if (running === null || live === null) return;
      const { request, run } = running;
      const wish = how.kind === "pause" || how.kind === "finish" ? how.kind : null;
      if (how.kind !== "pace") delivery.tell({ kind: "wished", cell: request.cell, run, wish });
      live.steer(run, how);
      // What is paused has to go on to come to its end.
      if (how.kind === "finish") live.steer(run, { kind: "resume" });
    },
    restore: kept.answer,
    async restart() {
      cancelQueue();
      dropRunning();
      await begin().connection;
    },
    async analyze(cell, source) {
      // With the guard that a run will have, its program is compiled already when Run is pressed. A kernel
      // that does not start has said so.
      await life?.connection.catch(() => {});
      const guard = live?.guard ?? "plain";
      const compiled = await compiler.compile({ cell, run: 0 as RunId, source, guard });
      return compiled.ok ? compiled.cell.names : null;
    },
    setKnob: (id, value) => knobs.set(id as KnobId, value),
    pressKnob(id) {
      const pressed = id as KnobId;
      const button = knobs.press(pressed);
      // A cell that runs answers at once. Whether it came to that, its end tells.
      if (button?.answers === true && !queue.some((item) => item.pressed === pressed)) {
        const cell = id.slice(0, id.indexOf("/")) as CellId;
        const run = (runs += 1) as RunId;
        queue.push(queueItem({ cell, source: "" }, run, () => {}, pressed));
        void pump();
      }
      if (button === null) return null;
      return button.answers ? "answered" : "counted";
    },
    close() {
      cancelQueue();
      dropRunning();
    },
  };
}

function statusOf(status: KernelStatus, { shared, engine }: KernelConnection): Notice {
  return { kind: "kernel", status, shared, engine };
}
