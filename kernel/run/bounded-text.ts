/** Text of unlimited length in limited memory: its head and its tail are kept, the middle is counted. */

const HALF = 128 * 1024;

export interface BoundedText {
  append(text: string): void;
  /** How many UTF-16 units it holds. */
  length(): number;
  toString(): string;
}

export function createBoundedText(half = HALF): BoundedText {
  let head = "";
  let tail = "";
  let dropped = 0;

  const trimTail = (to: number) => {
    if (tail.length <= to) return;
    dropped += tail.length - to;
    tail = tail.slice(-to);
  };

  return {
    append(text) {
      const room = half - head.length;
      if (room > 0) {
        head += text.slice(0, room);
        if (text.length <= room) return;
        text = text.slice(room);
      }
      tail += text;
      // Cutting only when it has doubled makes the cost of a cut constant per character.
      if (tail.length > 2 * half) trimTail(half);
    },
    length: () => head.length + tail.length,
    toString() {
      trimTail(half);
      if (dropped === 0) return head + tail;
      return `${head}\n… ${dropped.toLocaleString("en")} characters left out …\n${tail}`;
    },
  };
}
