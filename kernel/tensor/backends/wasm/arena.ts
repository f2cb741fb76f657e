/**
 * The linear memory in which kernels work: a cache of storages, whose safe place is the JavaScript
 * heap. JavaScript never tells inside a loop what nobody reaches any more; so when the arena is full,
 * all of it goes to the heap, where what is dead is collected like any other object. No list holds
 * tensors, only their storages, and those only until then.
 */
import type { DType, TypedArray } from "../../dtype.ts";
import { OutOfMemoryError } from "../../errors.ts";
import type { Device, HeapStorage } from "../storage.ts";
import { BlockSizes } from "./blocks.ts";
import { PAGE } from "./memory.ts";

export interface ArenaOptions {
  /** Bytes in which storages lie; one op may take more while it runs. */
  readonly capacity: number;
  /** Bytes before them, which belong to others. */
  readonly before: number;
  /** Grows to what is wanted. */
  readonly memory: WebAssembly.Memory;
}

export class Arena implements Device {
  readonly memory: WebAssembly.Memory;
  readonly #capacity: number;
  readonly #base: number;
  #top: number;
  #end: number;
  /** Addresses to use again, by size. */
  readonly #blocks = new BlockSizes();
  readonly #residents: HeapStorage[] = [];
  #bytes: Uint8Array;
  #floats: Float32Array;
  #ints: Int32Array;
  #evictions = 0;
  #occupied = 0;
  #peak = 0;

  constructor({ capacity, before, memory }: ArenaOptions) {
    // Address 0 means "nowhere".
    this.#base = Math.ceil(Math.max(before, 1) / 64) * 64;
    this.#capacity = capacity;
    this.#top = this.#base;
    this.#end = this.#base + capacity;
    this.memory = memory;
    const missing = this.#end - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    this.#bytes = new Uint8Array(this.memory.buffer);
    this.#floats = new Float32Array(this.memory.buffer);
    this.#ints = new Int32Array(this.memory.buffer);
  }

  /** How often all was moved to the heap. */
  get evictions(): number {
    return this.#evictions;
  }

  /** Bytes that hold storages now. */
  get occupied(): number {
    return this.#occupied;
  }

  /** Bytes that held storages since all was moved to the heap: those between them are free. */
  get reached(): number {
    return this.#top - this.#base;
  }

  /** The most that `occupied` was since the start or `forgetPeak`. */
  get peak(): number {
    return this.#peak;
  }

  forgetPeak(): void {
    this.#peak = this.#occupied;
  }

  /** Bytes that storages may take: more than the capacity only after an op that needed them. */
  get room(): number {
    return this.#end - this.#base;
  }

  /**
   * Gives each storage an address. Those without values on the heap are new: a kernel is going to
   * write them. No other address is good after this call.
   * @throws OutOfMemoryError when the machine has no room for them together.
   */
  hold(
    a: HeapStorage,
    b: HeapStorage | null = null,
    c: HeapStorage | null = null,
    d: HeapStorage | null = null,
    e: HeapStorage | null = null,
    f: HeapStorage | null = null,
  ): void {
    const hasGrown = this.#end > this.#base + this.#capacity;
    if (hasGrown) this.holdEach([a, b, c, d, e, f]);
    else {
      const before = this.#residents.length;
      if (this.#bringAll(a, b, c, d, e, f)) return;
      this.#undo(before);
      this.holdEach([a, b, c, d, e, f]);
    }
  }

  /** As `hold`, of any number. */
  holdEach(storages: readonly (HeapStorage | null)[]): void {
    const hasGrown = this.#end > this.#base + this.#capacity;
    if (!hasGrown && this.#bringEach(storages)) return;
    this.evict();
    this.#end = this.#base + this.#capacity;
    if (this.#bringEach(storages)) return;
    this.evict();
    this.#makeRoom(storages);
    if (!this.#bringEach(storages)) throw new Error("internal: the arena did not grow");
  }

  /** A kernel wrote into `storage`. */
  wrote(storage: HeapStorage): void {
    storage.isAhead = true;
  }

  /** Moves all to the heap and begins anew. @throws OutOfMemoryError; nothing is lost then. */
  evict(): void {
    if (this.#residents.length > 0) this.#evictions++;
    for (;;) {
      const storage = this.#residents.at(-1);
      if (storage === undefined) break;
      if (storage.isAhead) home(storage);
      this.#residents.pop();
      forget(storage);
    }
    this.#blocks.clear();
    this.#top = this.#base;
    this.#occupied = 0;
  }

  fetch(storage: HeapStorage, home: TypedArray): void {
    home.set(this.#values(storage.dtype, storage.address, storage.length));
  }

  discard(storage: HeapStorage): void {
    const bytes = byteLength(storage);
    this.#blocks.give(storage.address, bytes);
    this.#occupied -= this.#blocks.round(bytes);
    const last = this.#residents.pop();
    if (last !== undefined && last !== storage) {
      this.#residents[storage.slot] = last;
      last.slot = storage.slot;
    }
    forget(storage);
  }

  #bringAll(
    a: HeapStorage,
    b: HeapStorage | null,
    c: HeapStorage | null,
    d: HeapStorage | null,
    e: HeapStorage | null,
    f: HeapStorage | null,
  ): boolean {
    return (
      this.#bring(a) &&
      (b === null || this.#bring(b)) &&
      (c === null || this.#bring(c)) &&
      (d === null || this.#bring(d)) &&
      (e === null || this.#bring(e)) &&
      (f === null || this.#bring(f))
    );
  }

  #bringEach(storages: readonly (HeapStorage | null)[]): boolean {
    const before = this.#residents.length;
    if (storages.every((storage) => storage === null || this.#bring(storage))) return true;
    this.#undo(before);
    return false;
  }

  /**
   * Gives up the new ones among those that were brought when there were `before`: moved to the heap
   * they would have values, nobody's, and what a kernel writes later would be taken for older.
   */
  #undo(before: number): void {
    for (const storage of this.#residents.slice(before)) if (storage.isAhead) this.discard(storage);
  }

  /** Whether there was room. */
  #bring(storage: HeapStorage): boolean {
    if (storage.device === this) return true;
    if (storage.device !== null) throw new Error("internal: a storage of another arena");
    const bytes = byteLength(storage);
    const address = this.#blocks.take(bytes) || this.#bump(bytes);
    if (address === 0) return false;
    this.#occupied += this.#blocks.round(bytes);
    if (this.#occupied > this.#peak) this.#peak = this.#occupied;
    storage.device = this;
    storage.address = address;
    storage.slot = this.#residents.push(storage) - 1;
    if (storage.isNew) storage.isAhead = true;
    else this.#values(storage.dtype, address, storage.length).set(storage.host());
    return true;
  }

  #bump(bytes: number): number {
    const address = this.#top;
    const next = address + this.#blocks.round(bytes);
    if (next > this.#end) return 0;
    this.#top = next;
    return address;
  }

  #makeRoom(storages: readonly (HeapStorage | null)[]): void {
    const distinct = new Set(storages.filter((each) => each !== null));
    let bytes = 0;
    for (const storage of distinct) bytes += this.#blocks.round(byteLength(storage));
    this.#end = Math.max(this.#base + this.#capacity, this.#base + bytes);
    const missing = this.#end - this.memory.buffer.byteLength;
    if (missing <= 0) return;
    try {
      this.memory.grow(Math.ceil(missing / PAGE));
    } catch (error) {
      this.#end = this.#base + this.#capacity;
      throw new OutOfMemoryError(bytes, this.memory.buffer.byteLength, error);
    }
    this.#bytes = new Uint8Array(this.memory.buffer);
    this.#floats = new Float32Array(this.memory.buffer);
    this.#ints = new Int32Array(this.memory.buffer);
  }

  #values(dtype: DType, address: number, length: number): TypedArray {
    if (dtype === "f32") return this.#floats.subarray(address >> 2, (address >> 2) + length);
    if (dtype === "i32") return this.#ints.subarray(address >> 2, (address >> 2) + length);
    if (dtype === "f64") throw new Error("internal: f64 has no place in the arena");
    return this.#bytes.subarray(address, address + length);
  }
}

function byteLength({ dtype, length }: HeapStorage): number {
  return dtype === "f32" || dtype === "i32" ? 4 * length : length;
}

function forget(storage: HeapStorage): void {
  storage.device = null;
  storage.address = 0;
  storage.slot = -1;
  storage.isAhead = false;
}

function home(storage: HeapStorage): void {
  try {
    storage.host();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new OutOfMemoryError(byteLength(storage), 0, error);
  }
}
