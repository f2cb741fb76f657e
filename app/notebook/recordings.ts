/** What kernels have recorded of cells that train: the steps that can be looked at again. */
import type { Notice } from "../../kernel/hosts/notices.ts";
import type { CellId, RunId } from "../../kernel/protocol.ts";
import type { StepsRecorded } from "../../kernel/training.ts";

export interface CellRecording extends StepsRecorded {
  readonly run: RunId;
  /** The kernel that held the steps has ended, and they with it. */
  readonly isGone?: true;
}

export type Recordings = ReadonlyMap<CellId, CellRecording>;

/** After notices of the kernel: a cell that runs again has nothing recorded yet, another kernel no steps. */
export function recordingsAfter(recordings: Recordings, notices: readonly Notice[]): Recordings {
  let next = recordings;
  for (const notice of notices) {
    if (notice.kind === "recorded") {
      next = new Map([...next, [notice.cell, { run: notice.run, ...notice.recorded }]]);
    } else if (notice.kind === "started" && next.has(notice.cell)) {
      next = new Map([...next].filter(([cell]) => cell !== notice.cell));
    } else if (
      notice.kind === "kernel" &&
      (notice.status === "starting" || notice.status === "dead") &&
      next.size > 0
    ) {
      next = new Map([...next].map(([cell, { run }]) => [cell, goneWith(run)]));
    }
  }
  return next;
}

function goneWith(run: RunId): CellRecording {
  return { run, steps: [], shown: null, isGone: true };
}
