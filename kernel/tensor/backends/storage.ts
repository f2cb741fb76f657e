/**
 * Storages of the CPU: the JavaScript heap is where values are safe, and a device such as the WASM
 * arena keeps copies of them, newer ones perhaps, until it needs the room.
 */
import type { DType, TypedArray } from "../dtype.ts";
import { giveBackHome, unsetHome, zeroedHome } from "./homes.ts";
import type { Storage } from "../view.ts";

/** Memory outside the JavaScript heap in which kernels work. */
export interface Device {
  /** Copies the device's values of `storage` to `home`. */
  fetch(storage: HeapStorage, home: TypedArray): void;
  /** Gives up the device's copy: the heap's is the newer one, or nobody wants either. */
  discard(storage: HeapStorage): void;
  /** The device's copy of `from` is `to`'s from now on. */
  pass(from: HeapStorage, to: HeapStorage): void;
}

/** What the values of a storage will be, where they may never be wanted. */
export interface Unmade {
  /** It reads values that are not its own. */
  readonly borrows: boolean;
  /** Gives `storage`, which is new, its values. */
  make(storage: HeapStorage): void;
  /** Nobody will want them. */
  release(): void;
}

/** How a device computed values that it holds. */
export interface Recipe {
  /**
   * What makes them again when the device has given them up; null where what they were computed from is not
   * on the heap, or not what it was.
   */
  repeated(): Repeated | null;
}

export interface Repeated extends Unmade {
  /** It takes longer, or keeps more, than the values are worth. */
  readonly isFar: boolean;
}

export class HeapStorage implements Storage {
  readonly dtype: DType;
  readonly length: number;
  version = 0;
  handles = 0;
  holders = 0;
  isPrivate = false;
  /** The device that has a copy. Its own to change, as the four below. */
  device: Device | null = null;
  /** Where the copy begins, in bytes. */
  address = 0;
  /** The copy's place in the device's list. */
  slot = -1;
  /** The copy is newer than the values on the heap. */
  isAhead = false;
  /** How the device computed the values, if it can do so again. */
  recipe: Recipe | null = null;
  /** How often it was written since its birth. */
  writes = 0;
  /** Its values until somebody looks at them; null where they are made. */
  unmade: Unmade | null = null;
  #home: TypedArray | null;
  /** Somebody else counts on the values that `#home` has now. */
  #snapshot: HeapStorage | null = null;
  /** Bytes that many storages share, among them its values, until somebody wants them; and where. */
  #shelf: Uint8Array | null = null;
  #place = 0;
  #isReleased = false;

  /** Takes over `home`; null where a device is to give the values. */
  constructor(dtype: DType, length: number, home: TypedArray | null) {
    this.dtype = dtype;
    this.length = length;
    this.#home = home;
  }

  /** Nobody has given it values yet. */
  get isNew(): boolean {
    if (this.#isReleased) throw releasedError();
    if (this.unmade !== null) throw new Error("internal: a storage that nobody made");
    return this.#home === null && !this.isAhead && this.#shelf === null;
  }

  /** Somebody is going to look. */
  make(): void {
    const { unmade, version } = this;
    if (unmade === null) return;
    this.unmade = null;
    try {
      unmade.make(this);
    } catch (error) {
      // There was no room for them; another time there may be.
      this.unmade = unmade;
      throw error;
    }
    this.version = version;
    unmade.release();
  }

  settle(): void {
    if (this.unmade?.borrows === true) this.make();
  }

  host(): TypedArray {
    if (this.#isReleased) throw releasedError();
    this.make();
    if (this.isAhead && this.#snapshot !== null) this.#home = this.#snapshot = null;
    const home = (this.#home ??= this.#newHome());
    if (this.isAhead) {
      // Only a device is ever ahead.
      this.device?.fetch(this, home);
      this.isAhead = false;
    }
    return home;
  }

  /** The device gives up its copy, of which `shelf` has another one from byte `place` on. */
  shelve(shelf: Uint8Array, place: number): void {
    // It has an array of its own already.
    if (this.#home !== null) {
      this.host();
      return;
    }
    this.#shelf = shelf;
    this.#place = place;
    this.isAhead = false;
  }

  #newHome(): TypedArray {
    const shelf = this.#shelf;
    if (shelf === null && !this.isAhead) return zeroedHome(this.dtype, this.length);
    const home = unsetHome(this.dtype, this.length);
    if (shelf !== null) {
      const bytes = new Uint8Array(home.buffer, home.byteOffset, home.byteLength);
      bytes.set(shelf.subarray(this.#place, this.#place + bytes.length));
      this.#shelf = null;
    }
    return home;
  }

  writable(): TypedArray {
    const home = this.host();
    this.device?.discard(this);
    this.writes++;
    if (this.#snapshot === null) return home;
    const copy = unsetHome(this.dtype, this.length);
    copy.set(home);
    this.#snapshot = null;
    return (this.#home = copy);
  }

  /**
   * The values as they are now, whatever is written later; null where the heap does not have them, unless
   * they are to be `moved` there.
   */
  snapshot(moved: boolean): HeapStorage | null {
    if (this.#isReleased || this.unmade !== null) return null;
    if (moved) this.host();
    if (this.#home === null || this.isAhead) return null;
    return (this.#snapshot ??= new HeapStorage(this.dtype, this.length, this.#home));
  }

  /** Takes over the values of `other`, which is over. This one is new. */
  inherit(other: HeapStorage): void {
    this.#home = other.#home;
    [this.#shelf, this.#place] = [other.#shelf, other.#place];
    other.#home = other.#shelf = null;
    other.device?.pass(other, this);
    other.#isReleased = true;
  }

  release(): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    this.unmade?.release();
    this.unmade = null;
    this.device?.discard(this);
    if (this.#home !== null && this.#snapshot === null) giveBackHome(this.dtype, this.#home);
    this.#home = null;
    this.#snapshot = null;
    this.#shelf = null;
  }
}

/** Nobody but `dispose()` releases what can still be reached. */
function releasedError(): ReferenceError {
  return new ReferenceError(
    "tensor: values that dispose() or the end of a using gave back - wanted a tensor that is in use",
  );
}
