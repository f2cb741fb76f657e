/**
 * Every message that crosses between the page (or the command line) and a kernel.
 *
 * The kernel runs code nobody has read, so whatever it sends is `unknown` until a parser below has
 * accepted it: plain data, no functions, no proxies. Requests go the other way and are trusted.
 */

declare const brand: unique symbol;
/** The id of a cell: 1 to 64 characters of `[a-zA-Z0-9-_]`, as in nbformat 4.5. */
export type CellId = string & { readonly [brand]: "CellId" };
/** One execution of one cell. Runs of a session are numbered 1, 2, 3, ... and never reused. */
export type RunId = number & { readonly [brand]: "RunId" };
/** Names a display that can be updated after it was shown. Unique within one kernel. */
export type DisplayId = string & { readonly [brand]: "DisplayId" };
/** Names a knob: the same cell and label give the same id again, so values survive a re-run. */
export type KnobId = string & { readonly [brand]: "KnobId" };

/** One value in several representations, keyed by MIME type, as in Jupyter. Values are JSON. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** A knob to render: {@link KnobView}. */
export const KNOB_MIME = "application/vnd.descent.knob+json";
/** A saved file to offer for download: {@link FileView}. */
export const FILE_MIME = "application/vnd.descent.file+json";
/** A figure: `{ data, layout, config? }` of plotly.js. */
export const FIGURE_MIME = "application/vnd.plotly.v1+json";

/** What the page needs to draw a slider. `slot` is where its value lives in the control block. */
export interface KnobView {
  readonly id: KnobId;
  readonly slot: number;
  readonly kind: "slider";
  readonly label: string;
  readonly min: number;
  readonly max: number;
  /** Distance of two neighbouring values; with `log`, ignored. */
  readonly step: number;
  readonly log: boolean;
  readonly value: number;
}

/** What the page needs to show a download chip. */
export interface FileView {
  readonly name: string;
  readonly sizeBytes: number;
}

// ---------------------------------------------------------------- host -> kernel

/** A compiled cell, ready to run. */
export interface Program {
  readonly cell: CellId;
  readonly run: RunId;
  /** An async function expression of the kernel's cell interface, ending in a `sourceURL` comment. */
  readonly code: string;
  /** The `[n]` of this run. */
  readonly executionCount: number;
  /** Values the reader gave to knobs of this cell in an earlier run or session. */
  readonly knobs: Readonly<Record<KnobId, number>>;
}

/** How one run ended, and what it touched: enough to decide what is stale and what is light. */
export interface RunReport {
  readonly status: "ok" | "error" | "interrupted";
  readonly durationMs: number;
  /** Top-level names this run assigned. */
  readonly wrote: readonly string[];
  /** Knobs whose value was read at least once. */
  readonly readKnobs: readonly KnobId[];
  /** It called `backward()` or an optimiser's `step()`. */
  readonly trained: boolean;
  /** It drew from the seeded generator. */
  readonly drew: boolean;
}

/** What a host may ask of a kernel. Called over comlink by the host; replies are parsed. */
export interface KernelApi {
  /** Runs one program to its end. Never rejects for an error of the cell: that is an event. */
  run(program: Program): Promise<RunReport>;
  /** Hands over the bytes of a bundled data set, so that `data.load(name)` can be synchronous. */
  provideData(name: string, bytes: Uint8Array): Promise<void>;
  /** Answers a `read-file` event. `null`: there is no such file. */
  answerRead(request: number, bytes: Uint8Array | null): Promise<void>;
}

// ---------------------------------------------------------------- kernel -> host

/** A stack frame inside a cell's compiled code: 1-based line and column of the generated text. */
export interface RawFrame {
  readonly function: string | null;
  readonly cell: CellId;
  readonly run: RunId;
  readonly line: number;
  readonly column: number;
}

/** An error as the kernel saw it. Positions are mapped to the cell's own text by the host. */
export interface RawError {
  readonly kind: "runtime" | "interrupted" | "internal";
  readonly name: string;
  readonly message: string;
  readonly hint?: string;
  readonly frames: readonly RawFrame[];
  /** The chain of `cause`, outermost first. */
  readonly causes: readonly { readonly name: string; readonly message: string }[];
}

/** What a cell puts out. `cell` and `run` are the batch's business: see {@link EventBatch}. */
export type OutputEvent =
  | { readonly kind: "stream"; readonly name: "stdout" | "stderr"; readonly text: string }
  | {
      readonly kind: "display";
      readonly data: MimeBundle;
      readonly metadata: MimeBundle;
      readonly display?: DisplayId;
    }
  | {
      readonly kind: "update";
      readonly data: MimeBundle;
      readonly metadata: MimeBundle;
      readonly display: DisplayId;
    }
  | { readonly kind: "result"; readonly data: MimeBundle; readonly metadata: MimeBundle }
  | { readonly kind: "error"; readonly error: RawError }
  /** Empties the cell's outputs; with `wait`, only when the next output arrives. */
  | { readonly kind: "clear"; readonly wait: boolean }
  /** The cell's bar. `total` is null when the loop has no known end. */
  | {
      readonly kind: "progress";
      readonly done: number;
      readonly total: number | null;
      readonly perSecond: number;
    };

/** Files of the notebook, which only the host can reach. */
export type FileEvent =
  | { readonly kind: "write-file"; readonly name: string; readonly bytes: Uint8Array }
  | { readonly kind: "read-file"; readonly request: number; readonly name: string };

export interface KernelEvent {
  readonly cell: CellId;
  readonly run: RunId;
  readonly event: OutputEvent | FileEvent;
}

/** Events of one flush. A kernel has at most two batches under way that the host has not rendered. */
export interface EventBatch {
  /** 1, 2, 3, ...: what `acknowledge` answers. */
  readonly batch: number;
  readonly events: readonly KernelEvent[];
}

// ---------------------------------------------------------------- host side, after mapping

/** A place in a cell's own text: 1-based line and column, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface Frame extends Position {
  readonly function: string | null;
  readonly cell: CellId;
}

/** An error as people see it: compile errors and mapped run-time errors alike. */
export interface CellError {
  readonly kind: "syntax" | RawError["kind"];
  readonly name: string;
  readonly message: string;
  readonly hint?: string;
  /** Innermost first. For a syntax error, the one place it points at. */
  readonly frames: readonly Frame[];
  /** How many UTF-16 units the first frame's culprit spans, when known. */
  readonly length?: number;
  readonly causes: readonly { readonly name: string; readonly message: string }[];
}
