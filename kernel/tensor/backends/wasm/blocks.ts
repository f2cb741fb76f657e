/**
 * Sizes of memory blocks and which of them are free. A size is rounded up to one of four steps between
 * two powers of 2, at least a cache line, so that blocks are used again by things of nearly one size.
 */

const LINE = 64;
const SIZES = 128;
/** Lines of the largest block: 2 GiB, as much as a memory grows to. Steps are counted in 32 bits. */
const MOST = 2 ** 25;

export class BlockSizes {
  readonly #free: number[][] = Array.from({ length: SIZES }, () => []);

  /** The size of the block for `bytes` bytes; of what is too large for one, in lines at least. */
  round(bytes: number): number {
    const lines = linesOf(bytes);
    if (lines > MOST) return lines * LINE;
    const shift = shiftOf(lines);
    return (((lines - 1) >> shift) + 1) * LINE * 2 ** shift;
  }

  /** The address of a free block for `bytes` bytes, or 0. */
  take(bytes: number): number {
    return bytes > MOST * LINE ? 0 : (this.#free[classOf(bytes)]?.pop() ?? 0);
  }

  /** The block at `address` for `bytes` bytes is free. */
  give(address: number, bytes: number): void {
    this.#free[classOf(bytes)]?.push(address);
  }

  /** No block is any more. */
  clear(): void {
    for (const list of this.#free) list.length = 0;
  }
}

function linesOf(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / LINE));
}

/** How many low bits of the size in lines are rounded away: three are kept. */
function shiftOf(lines: number): number {
  return lines <= 8 ? 0 : 29 - Math.clz32(lines - 1);
}

function classOf(bytes: number): number {
  const lines = linesOf(bytes);
  const shift = shiftOf(lines);
  return 4 * shift + ((lines - 1) >> shift) + 1;
}
