/** Text of unlimited length in limited memory: its head and its tail are kept, the middle is counted. */
import type { Omitted } from "../protocol.ts";

const HALF = 128 * 1024;
/** How far a cut may move to fall between two lines. */
const NEAR = 8 * 1024;

export interface BoundedText {
  append(text: string): void;
  /** How many UTF-16 units it holds. */
  length(): number;
  /** What is kept, and where and how much was left out. */
  take(): { readonly text: string; readonly omitted: Omitted | null };
}

/** `tailOnly`: its beginning would be left out anyway, and of its end less is wanted. */
export function createBoundedText(half = HALF, tailOnly = false): BoundedText {
  const headLength = tailOnly ? 0 : half;
  let head = "";
  let tail = "";
  let lines = 0;
  let characters = 0;

  function drop(text: string): void {
    characters += text.length;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines += 1;
  }

  /** Begins to leave out: what follows the last whole line of the head is the tail's. */
  function closeHead(): void {
    const end = head.lastIndexOf("\n") + 1;
    if (end === 0 || end < head.length - NEAR) return;
    tail = head.slice(end) + tail;
    head = head.slice(0, end);
  }

  function trimTail(): void {
    if (characters === 0) closeHead();
    const from = tail.length - half;
    const next = tail.indexOf("\n", from) + 1;
    const cut = next > 0 && next < from + NEAR && next < tail.length ? next : from;
    drop(tail.slice(0, cut));
    tail = tail.slice(cut);
  }

  return {
    append(text) {
      const room = characters === 0 && tail === "" ? headLength - head.length : 0;
      if (room > 0) {
        head += text.slice(0, room);
        if (text.length <= room) return;
        text = text.slice(room);
      }
      tail += text;
      // Cutting only when it has doubled makes the cost of a cut constant per character.
      if (tail.length > 2 * half) trimTail();
    },
    length: () => head.length + tail.length,
    take() {
      if (tail.length > half) trimTail();
      const omitted = characters === 0 ? null : { at: head.length, lines, characters };
      return { text: head + tail, omitted };
    },
  };
}
