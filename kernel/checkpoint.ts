/**
 * Checkpoints as they cross a boundary. The bytes are the kernel's own business and go back to
 * another kernel of the same notebook; a host reads what they are of, and how much they are.
 */
import { isCount, isRecord, isText } from "./plain-data.ts";
import type { Trained } from "./tensor/io/checkpoint.ts";

export type { Trained };

export interface Checkpoint {
  readonly trained: readonly Trained[];
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The most that is kept by itself. */
export const CHECKPOINT_BYTES = 64 * 1024 * 1024;

/** A checkpoint as a kernel left it; null when it is none. */
export function parseCheckpoint(sent: unknown): Checkpoint | null {
  if (!isRecord(sent)) return null;
  const { bytes } = sent;
  if (!(bytes instanceof Uint8Array) || bytes.byteLength > 2 * CHECKPOINT_BYTES) return null;
  const trained = parseTrained(sent.trained);
  if (trained === null || trained.length === 0) return null;
  return { trained, bytes: bytes as Uint8Array<ArrayBuffer> };
}

/** What a kernel says it trained or restored; null when that cannot be read. */
export function parseTrained(sent: unknown): readonly Trained[] | null {
  if (!Array.isArray(sent) || sent.length > 1_000) return null;
  const parsed: Trained[] = [];
  for (const each of sent as unknown[]) {
    if (!isRecord(each)) return null;
    const { optimizer, kind, models, steps } = each;
    if (!(optimizer === null || isName(optimizer)) || !isName(kind) || !isCount(steps)) return null;
    if (!Array.isArray(models) || models.length > 1_000 || !models.every(isName)) return null;
    parsed.push({ optimizer, kind, models, steps });
  }
  return parsed;
}

function isName(value: unknown): value is string {
  return isText(value) && value.length <= 200;
}
