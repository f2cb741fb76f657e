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
}

export class HeapStorage implements Storage {
  readonly dtype: DType;
  readonly length: number;
  version = 0;
  handles = 0;
  holders = 0;
  isPrivate = false;
  /** The device that has a copy. Its own to change, as the three below. */
  device: Device | null = null;
  /** Where the copy begins, in bytes. */
  address = 0;
  /** The copy's place in the device's list. */
  slot = -1;
  /** The copy is newer than the values on the heap. */
  isAhead = false;
  #home: TypedArray | null;
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
    return this.#home === null && !this.isAhead;
  }

  host(): TypedArray {
    if (this.#isReleased) throw releasedError();
    const home = (this.#home ??= this.isAhead
      ? unsetHome(this.dtype, this.length)
      : zeroedHome(this.dtype, this.length));
    if (this.isAhead) {
      // Only a device is ever ahead.
      this.device?.fetch(this, home);
      this.isAhead = false;
    }
    return home;
  }

  writable(): TypedArray {
    const home = this.host();
    this.device?.discard(this);
    return home;
  }

  release(): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    this.device?.discard(this);
    if (this.#home !== null) giveBackHome(this.dtype, this.#home);
    this.#home = null;
  }
}

/** Nobody but `dispose()` releases what can still be reached. */
function releasedError(): ReferenceError {
  return new ReferenceError(
    "tensor: values that dispose() or the end of a using gave back - wanted a tensor that is in use",
  );
}
