/** What an ended kernel was training, offered to the reader until it is back in another kernel. */
import type { Checkpoint } from "../checkpoint.ts";
import type { KernelConnection } from "./host.ts";
import type { Notice } from "./notices.ts";

export interface KeptCheckpoint {
  /** A kernel has ended and leaves this, or nothing: then an earlier one's is still offered. */
  offer(checkpoint: Checkpoint | null): void;
  /** The reader wants it back, or with false wants no more of it. */
  answer(isWanted: boolean): Promise<void>;
  /** An optimiser was made that took its state; so many are still to come. */
  taken(left: number): void;
}

export function createKeptCheckpoint(
  connect: () => Promise<KernelConnection>,
  tell: (notice: Notice) => void,
): KeptCheckpoint {
  let kept: Checkpoint | null = null;

  function forget(): void {
    kept = null;
    tell({ kind: "checkpoint", offer: null });
  }

  function taken(left: number): void {
    if (kept === null) return;
    if (left === 0) return forget();
    tell({ kind: "checkpoint", offer: { trained: kept.trained, isWaiting: true } });
  }

  return {
    offer(checkpoint) {
      kept = checkpoint ?? kept;
      if (kept === null) return;
      // What was restored and not yet taken went with the kernel.
      tell({ kind: "checkpoint", offer: { trained: kept.trained, isWaiting: false } });
    },
    async answer(isWanted) {
      if (kept === null) return;
      const { bytes } = kept;
      if (!isWanted) forget();
      const { left } = await (await connect()).api.restore(isWanted ? bytes : null);
      if (isWanted) taken(left);
    },
    taken,
  };
}
