/** What the kernel does inside a cell's code needs some of the stack that is left. */

/** 64 KB of arguments, of the megabyte that a stack has: more than sending or holding takes. */
const filler: readonly null[] = Array.from({ length: 8192 }, () => null);
const take = () => true;

/**
 * Whether there is room for the kernel's work. Where there is none, a RangeError in the middle of it would
 * lose what it was about to send, and the cell might catch it.
 */
export function hasRoom(): boolean {
  try {
    // Arguments lie on the stack, however much of the calls around them a compiler has folded.
    return Reflect.apply(take, undefined, filler);
  } catch {
    // All that a function without a body can fail by is a full stack.
    return false;
  }
}
