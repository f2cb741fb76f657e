/**
 * Copies between linear memory and the JavaScript heap. V8 copies word by word from and to a memory that
 * threads share, at 5 GB/s; by a private memory beside it, to which a module of two memories copies, it is
 * three times as fast. Where there are no such modules it stays as it is.
 */
import type { TypedArray } from "../../dtype.ts";
import { bytes, sized, text, toArray, unsigned, vector } from "./assembler/encoding.ts";
import { MOST_PAGES } from "./assembler/index.ts";
import { isShared, PAGE } from "./memory.ts";

/** The private memory: together with what is copied it fits second-level caches. */
const PAGES = 4;
const ROOM = PAGES * PAGE;
/** Fewer bytes are copied sooner than they would be on two ways. */
const SMALL = 1024;

/** `(to, from, count)`, in bytes. */
type Copy = (to: number, from: number, count: number) => void;

interface Crossing {
  readonly room: Uint8Array<ArrayBuffer>;
  /** From the shared memory into the room, and back. */
  readonly load: Copy;
  readonly unload: Copy;
}

export class Ferry {
  readonly #crossing: Crossing | null;

  constructor(memory: WebAssembly.Memory) {
    this.#crossing = isShared(memory) ? crossingOf(memory) : null;
  }

  /** Copies `from`, a part of the memory, to `home`, of one type and length with it. */
  fetch(home: TypedArray, from: TypedArray): void {
    const crossing = this.#crossing;
    const count = from.byteLength;
    if (crossing === null || count < SMALL) return home.set(from);
    const target = new Uint8Array(home.buffer, home.byteOffset, count);
    for (let at = 0; at < count; at += ROOM) {
      const some = Math.min(ROOM, count - at);
      crossing.load(0, from.byteOffset + at, some);
      target.set(crossing.room.subarray(0, some), at);
    }
  }

  /** Copies `home` to `to`, a part of the memory, of one type and length with it. */
  bring(to: TypedArray, home: TypedArray): void {
    const crossing = this.#crossing;
    const count = to.byteLength;
    if (crossing === null || count < SMALL) return to.set(home);
    const source = new Uint8Array(home.buffer, home.byteOffset, count);
    for (let at = 0; at < count; at += ROOM) {
      const some = Math.min(ROOM, count - at);
      crossing.room.set(source.subarray(at, at + some));
      crossing.unload(to.byteOffset + at, 0, some);
    }
  }

  /** `from`, bytes of the memory and no more than a page, on the heap. */
  copyOf(from: Uint8Array): Uint8Array {
    const crossing = this.#crossing;
    if (crossing === null) return from.slice();
    crossing.load(0, from.byteOffset, from.length);
    return crossing.room.slice(0, from.length);
  }
}

/** Null where modules have one memory. */
function crossingOf(memory: WebAssembly.Memory): Crossing | null {
  const binary = moduleOfTwo();
  if (!WebAssembly.validate(binary)) return null;
  const room = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES });
  const imports = { host: { memory, room } };
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(binary), imports);
  // The module's functions, of three numbers each.
  const { load, unload } = exports as unknown as Record<"load" | "unload", Copy>;
  return { room: new Uint8Array(room.buffer), load, unload };
}

/** Memory 0 is shared and memory 1 the room; `load` copies from the first to the second. */
function moduleOfTwo(): Uint8Array<ArrayBuffer> {
  const section = (id: number, ...items: readonly string[]) => bytes(id) + sized(vector(items));
  const number = 0x7f;
  const copy = (to: number, from: number) =>
    sized(bytes(0, 0x20, 0, 0x20, 1, 0x20, 2, 0xfc, 0x0a, to, from, 0x0b));
  const host = text("host");
  return toArray(
    bytes(0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0) +
      section(1, bytes(0x60, 3, number, number, number, 0)) +
      section(
        2,
        host + text("memory") + bytes(0x02, 0x03, 1) + unsigned(MOST_PAGES),
        host + text("room") + bytes(0x02, 0x01, 1) + unsigned(PAGES),
      ) +
      section(3, bytes(0), bytes(0)) +
      section(7, text("load") + bytes(0, 0), text("unload") + bytes(0, 1)) +
      section(10, copy(1, 0), copy(0, 1)),
  );
}
