/**
 * The linear memory in which kernels work: a cache of storages, whose safe place is the JavaScript
 * heap. JavaScript never tells inside a loop what nobody reaches any more; so when the arena is full,
 * results that can be computed again leave it without a copy, or all of it goes to the heap, where what is
 * dead is collected like any other object. No list holds tensors, only their storages, and those only
 * until then.
 *
 * What is small is born in a nursery at the arena's beginning, which is full soon and stays in the
 * processor's cache. It is moved by the shelf, an array for many: one for each would cost more than
 * the op. Whoever survives comes back to a place outside.
 */
import type { DType, TypedArray } from "../../dtype.ts";
import { OutOfMemoryError } from "../../errors.ts";
import type { Device, HeapStorage } from "../storage.ts";
import { BlockSizes } from "./blocks.ts";
import { Ferry } from "./ferry.ts";
import { PAGE } from "./memory.ts";

/** The nursery's bytes, of an arena that is far larger; what may be born there; what is moved at once. */
const NURSERY = 2 ** 18;
const MANY = 64;
const SMALL = 1024;
const SHELF = 4096;
/** To look at a storage takes about as long as to move so many bytes. */
const LOOK = 256;
/** Storages outside the nursery, at most: each has objects on the heap, which live as long as it is here. */
const CROWD = 2 ** 13;

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
  /** Where the nursery ends, and the place of its next block. */
  readonly #nurseryEnd: number;
  #cradle: number;
  #isNurseryFull = false;
  #top: number;
  #end: number;
  /** Addresses to use again, by size. */
  readonly #blocks = new BlockSizes();
  readonly #cradles = new BlockSizes();
  readonly #residents: HeapStorage[] = [];
  readonly #young: HeapStorage[] = [];
  #bytes: Uint8Array;
  #floats: Float32Array;
  #ints: Int32Array;
  readonly #ferry: Ferry;
  #evictions = 0;
  #occupied = 0;
  #peak = 0;

  constructor({ capacity, before, memory }: ArenaOptions) {
    // Address 0 means "nowhere".
    this.#base = Math.ceil(Math.max(before, 1) / 64) * 64;
    this.#capacity = capacity;
    this.#nurseryEnd = this.#base + (capacity < MANY * NURSERY ? 0 : NURSERY);
    this.#cradle = this.#base;
    this.#top = this.#nurseryEnd;
    this.#end = this.#base + capacity;
    this.memory = memory;
    this.#ferry = new Ferry(memory);
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
    return this.#top - this.#nurseryEnd + this.#cradle - this.#base;
  }

  /** From here on nothing lies in the memory. */
  get top(): number {
    return this.#top;
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

  get #hasGrown(): boolean {
    return this.#end > this.#base + this.#capacity;
  }

  get #isCrowded(): boolean {
    return this.#residents.length >= CROWD;
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
    if (this.#hasGrown || this.#isCrowded) this.holdEach([a, b, c, d, e, f]);
    else {
      if (this.#isNurseryFull) this.#evictYoung();
      const before = this.#residents.length;
      const youngBefore = this.#young.length;
      if (this.#bringAll(a, b, c, d, e, f)) return;
      this.#undo(before, youngBefore);
      this.holdEach([a, b, c, d, e, f]);
    }
  }

  /** As `hold`, of any number. */
  holdEach(storages: readonly (HeapStorage | null)[]): void {
    // To make one may cost another its place, but each is made once at most.
    while (storages.some((storage) => storage !== null && storage.unmade !== null))
      for (const storage of storages) storage?.make();
    if (this.#isNurseryFull) this.#evictYoung();
    if (!this.#hasGrown) {
      if (!this.#isCrowded && this.#bringEach(storages)) return;
      if (this.#shed(storages) && !this.#isCrowded && this.#bringEach(storages)) return;
    }
    this.evict(storages);
    this.#end = this.#base + this.#capacity;
    if (this.#bringEach(storages)) return;
    this.evict(storages);
    this.#makeRoom(storages);
    if (!this.#bringEach(storages)) throw new Error("internal: the arena did not grow");
  }

  /** Gives `storage`, which is new, its values here, if nobody has to leave for that; whether it did. */
  bear(storage: HeapStorage, values: TypedArray): boolean {
    if (this.#hasGrown || !this.#bring(storage)) return false;
    this.#ferry.bring(this.#values(storage.dtype, storage.address, storage.length), values);
    return true;
  }

  /** A kernel wrote into `storage`. */
  wrote(storage: HeapStorage): void {
    storage.isAhead = true;
    storage.recipe = null;
    storage.writes++;
  }

  /**
   * Moves all to the heap and begins anew: what can be computed again and is not `wanted` now leaves no
   * values. @throws OutOfMemoryError; nothing is lost then.
   */
  evict(wanted: readonly (HeapStorage | null)[] = []): void {
    if (this.#residents.length + this.#young.length > 0) this.#evictions++;
    this.#evictYoung();
    // Mostly the oldest first: others were computed from them.
    for (const storage of this.#residents.slice()) {
      if (storage.isAhead && (wanted.includes(storage) || !leave(storage))) home(storage);
      this.discard(storage);
    }
    this.#blocks.clear();
    this.#top = this.#nurseryEnd;
    this.#occupied = 0;
  }

  /** Gives up what can be computed again and is not `wanted` now; whether it was worth the search. */
  #shed(wanted: readonly (HeapStorage | null)[]): boolean {
    const [all, before] = [this.#residents.slice(), this.#occupied];
    for (const storage of all) {
      if (storage.recipe === null || wanted.includes(storage)) continue;
      if (!storage.isAhead || leave(storage)) this.discard(storage);
    }
    return before - this.#occupied >= LOOK * all.length;
  }

  /** As `evict`, of the nursery alone. */
  #evictYoung(): void {
    const shelves: (Uint8Array | undefined)[] = Array.from({ length: NURSERY / SHELF });
    for (;;) {
      const storage = this.#young.at(-1);
      if (storage === undefined) break;
      if (storage.isAhead) {
        const place = storage.address - this.#base;
        const number = Math.floor(place / SHELF);
        const shelf = (shelves[number] ??= this.#copyOf(this.#base + number * SHELF));
        storage.shelve(shelf, place - number * SHELF);
      }
      this.#young.pop();
      this.#occupied -= this.#cradles.round(byteLength(storage));
      forget(storage);
    }
    this.#cradles.clear();
    this.#cradle = this.#base;
    this.#isNurseryFull = false;
  }

  #copyOf(address: number): Uint8Array {
    try {
      return this.#ferry.copyOf(this.#bytes.subarray(address, address + SHELF));
    } catch (error) {
      throw outOfMemory(SHELF, error);
    }
  }

  fetch(storage: HeapStorage, home: TypedArray): void {
    this.#ferry.fetch(home, this.#values(storage.dtype, storage.address, storage.length));
  }

  pass(from: HeapStorage, to: HeapStorage): void {
    const list = from.address < this.#nurseryEnd ? this.#young : this.#residents;
    list[from.slot] = to;
    [to.device, to.address, to.slot, to.isAhead] = [this, from.address, from.slot, from.isAhead];
    forget(from);
  }

  discard(storage: HeapStorage): void {
    const bytes = byteLength(storage);
    const isYoung = storage.address < this.#nurseryEnd;
    const blocks = isYoung ? this.#cradles : this.#blocks;
    const list = isYoung ? this.#young : this.#residents;
    blocks.give(storage.address, bytes);
    this.#occupied -= blocks.round(bytes);
    const last = list.pop();
    if (last !== undefined && last !== storage) {
      list[storage.slot] = last;
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
    const youngBefore = this.#young.length;
    if (storages.every((storage) => storage === null || this.#bring(storage))) return true;
    this.#undo(before, youngBefore);
    return false;
  }

  /**
   * Gives up the new ones among those that were brought when there were `before`: moved to the heap
   * they would have values, nobody's, and what a kernel writes later would be taken for older.
   */
  #undo(before: number, youngBefore: number): void {
    for (const storage of [...this.#residents.slice(before), ...this.#young.slice(youngBefore)])
      if (storage.isAhead) this.discard(storage);
  }

  /** Whether there was room. */
  #bring(storage: HeapStorage): boolean {
    if (storage.device === this) return true;
    if (storage.device !== null) throw new Error("internal: a storage of another arena");
    if (storage.unmade !== null) return false;
    const bytes = byteLength(storage);
    const { isNew } = storage;
    const address =
      (isNew && bytes <= SMALL && this.#cradleFor(bytes)) ||
      this.#blocks.take(bytes) ||
      this.#bump(bytes);
    if (address === 0) return false;
    this.#occupied += this.#blocks.round(bytes);
    if (this.#occupied > this.#peak) this.#peak = this.#occupied;
    storage.device = this;
    storage.address = address;
    const list = address < this.#nurseryEnd ? this.#young : this.#residents;
    storage.slot = list.push(storage) - 1;
    if (isNew) storage.isAhead = true;
    else this.#ferry.bring(this.#values(storage.dtype, address, storage.length), storage.host());
    return true;
  }

  /** The address of a block in the nursery, or 0: others of the call may lie there, so it is emptied later. */
  #cradleFor(bytes: number): number {
    const free = this.#cradles.take(bytes);
    if (free !== 0) return free;
    const size = this.#cradles.round(bytes);
    const left = SHELF - ((this.#cradle - this.#base) % SHELF);
    // No block lies on two shelves.
    const address = this.#cradle + (size <= left ? 0 : left);
    if (address + size > this.#nurseryEnd) {
      this.#isNurseryFull = this.#nurseryEnd > this.#base;
      return 0;
    }
    this.#cradle = address + size;
    return address;
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
    this.#end = Math.max(this.#base + this.#capacity, this.#nurseryEnd + bytes);
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
  storage.recipe = null;
}

/** Whether `storage` can do without its values in the arena, which are newer than those on the heap. */
function leave(storage: HeapStorage): boolean {
  const repeated = storage.recipe?.repeated() ?? null;
  if (repeated === null) return false;
  if (repeated.isFar) home(storage);
  else storage.unmade = repeated;
  return true;
}

function home(storage: HeapStorage): void {
  try {
    storage.host();
  } catch (error) {
    throw outOfMemory(byteLength(storage), error);
  }
}

/** What to throw where the heap had no room for `bytes` bytes. */
function outOfMemory(bytes: number, error: unknown): unknown {
  if (error instanceof OutOfMemoryError) return error;
  return error instanceof RangeError ? new OutOfMemoryError(bytes, null, error) : error;
}
