/**
 * What a value looks like: its own MIME bundle if it has one, else text. The protocol is that of
 * Jupyter for Deno: a method named `Symbol.for("Jupyter.display")` that returns a bundle, maybe
 * as a promise; an empty bundle shows nothing.
 */
import type { DisplayId, MimeBundle, OutputEvent } from "../protocol.ts";
import { kindOf } from "../tensor/errors.ts";
import { checkOptions } from "../tensor/options.ts";
import { inspect } from "./inspect.ts";

export const DISPLAY = Symbol.for("Jupyter.display");

/** A name that is shown over and over is updated in the last so many places. */
const KEPT_PLACES = 100;

const MIME_TYPE = /^[a-z]+\/[a-zA-Z0-9][\w.+-]*$/;

/** The bundle of a value; null when it shows nothing. */
export function bundleOf(value: unknown): MimeBundle | null | Promise<MimeBundle | null> {
  if (value === undefined) return null;
  const method = displayMethod(value);
  if (method !== null) {
    const made: unknown = method();
    return made instanceof Promise
      ? made.then((bundle: unknown) => asBundle(bundle, value))
      : asBundle(made, value);
  }
  return isMimeBundle(value) ? value : { "text/plain": inspect(value) };
}

function displayMethod(value: unknown): (() => unknown) | null {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return null;
  const method: unknown = Reflect.get(value, DISPLAY);
  return typeof method === "function" ? () => Reflect.apply(method, value, []) as unknown : null;
}

function asBundle(made: unknown, value: unknown): MimeBundle | null {
  if (typeof made === "object" && made !== null && Object.keys(made).length === 0) return null;
  if (isMimeBundle(made)) return made;
  throw new TypeError(
    `display: Symbol.for("Jupyter.display") of ${inspect(value)} must return an object of MIME types, got ${inspect(made)}`,
  );
}

function isMimeBundle(value: unknown): value is MimeBundle {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => MIME_TYPE.test(key));
}

export interface DisplayOptions {
  /** A name of one's own: displays of one name are updated together, in whichever cells they stand. */
  readonly id?: string;
  /** Puts the value in the place of what was shown under this `id`, instead of below. */
  readonly update?: boolean;
}

/** Something shown that can be shown anew in its place. */
export interface Display {
  /** Shows another value in the place of the first. */
  update(value: unknown): Display;
  /** Fulfilled when all of it is shown: later than at once only where a value promises its bundle. */
  readonly shown: Promise<void>;
}

export interface DisplayPlace {
  /** For the run that is under way. */
  readonly emit: (event: OutputEvent) => void;
  readonly nextId: () => DisplayId;
}

/**
 * `display` as cells have it: shows a value at once or, where the value promises its bundle, when
 * that is fulfilled.
 *
 *     const line = display("waiting");
 *     line.update("done");
 *     display("half way", { id: "state" });
 *     display("all the way", { id: "state", update: true });
 */
export function createDisplay({ emit, nextId }: DisplayPlace) {
  const named = new Map<string, DisplayId[]>();

  /** Shows `value` in a new place, the last of `places`, or anew in all of them, once `before` is. */
  function show(
    kind: "display" | "update",
    value: unknown,
    places: DisplayId[],
    before: Promise<void> | null = null,
  ): Display {
    const put = (data: MimeBundle | null): void => {
      if (data === null) return;
      if (kind === "update") {
        for (const display of places) emit({ kind, data, metadata: {}, display });
        return;
      }
      const display = nextId();
      places.push(display);
      if (places.length > KEPT_PLACES) places.shift();
      emit({ kind, data, metadata: {}, display });
    };
    const bundle = bundleOf(value);
    let pending: Promise<void> | null = null;
    if (before !== null) pending = before.then(() => bundle).then(put);
    else if (bundle instanceof Promise) pending = bundle.then(put);
    else put(bundle);
    const shown = {
      update: (next: unknown) => show("update", next, places, pending),
      get shown() {
        return pending ?? Promise.resolve();
      },
      // As a cell's last expression it adds nothing to what it shows.
      [DISPLAY]: () => ({}),
    };
    return shown;
  }

  return function display(value: unknown, options: DisplayOptions = {}): Display {
    checkOptions("display", options, ["id", "update"]);
    const { id, update = false } = options;
    if (id !== undefined && typeof id !== "string") {
      throw new TypeError(`display: ${kindOf(id)} for the id - wanted a text such as "state"`);
    }
    const known = id === undefined ? undefined : named.get(id);
    if (update && known === undefined) {
      const why =
        id === undefined
          ? "an update needs the id of a display"
          : `nothing was shown as "${id}" yet`;
      throw new RangeError(`display: ${why}`);
    }
    const places = known ?? [];
    if (id !== undefined) named.set(id, places);
    return show(update ? "update" : "display", value, places);
  };
}
