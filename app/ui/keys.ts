/**
 * From key events to commands, by Jupyter's two modes. Pure: it reads an event's fields and the
 * clock, keeps the first half of a two-key sequence, and never touches the page.
 */

export type Mode = "command" | "edit";

/** The part of a `KeyboardEvent` that decides. */
export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly repeat: boolean;
  readonly isComposing: boolean;
}

/** A command as this module sees it. `keys` are like `Shift-Enter`, `Accel-S`, `D D`. */
export interface Bound {
  readonly id: string;
  readonly keys: readonly string[];
  readonly modes: readonly Mode[];
}

export interface KeyReader<C extends Bound> {
  /** The command this press completes, or null. `nowMs` from any steady clock. */
  read(press: KeyPress, mode: Mode, nowMs: number): C | null;
}

/** How long the first half of `D D` waits for the second. */
export const SEQUENCE_MS = 1000;

const modifiers = new Set(["Shift", "Control", "Alt", "Meta", "AltGraph", "CapsLock"]);

/**
 * The name of a press: modifiers in the order Ctrl, Alt, Meta, Shift, then the key. Letters are
 * capital; Shift is named for letters and named keys, not for signs, which already show it.
 */
export function nameOf(press: KeyPress): string {
  const isLetter = /^\p{L}$/u.test(press.key);
  const key = press.key === " " ? "Space" : isLetter ? press.key.toUpperCase() : press.key;
  const showsShift = key.length === 1 && !isLetter;
  return (
    (press.ctrlKey ? "Ctrl-" : "") +
    (press.altKey ? "Alt-" : "") +
    (press.metaKey ? "Meta-" : "") +
    (press.shiftKey && !showsShift ? "Shift-" : "") +
    key
  );
}

/** The binding in the names of `nameOf`: `Accel` is Meta on a Mac, Ctrl elsewhere. */
export function resolveKeys(binding: string, isMac: boolean): readonly string[] {
  return binding.split(" ").map((step) => {
    const parts = step
      .split("-")
      .map((part) => (part === "Accel" ? (isMac ? "Meta" : "Ctrl") : part));
    const key = parts.pop() ?? "";
    const order = ["Ctrl", "Alt", "Meta", "Shift"].filter((name) => parts.includes(name));
    return [...order, key].join("-");
  });
}

/** Reads presses against a table of commands. A binding is one step or two equal to no other's first. */
export function createKeyReader<C extends Bound>(
  commands: readonly C[],
  isMac: boolean,
): KeyReader<C> {
  const bindings = commands.flatMap((command) =>
    command.keys.map((keys) => ({ command, steps: resolveKeys(keys, isMac) })),
  );
  let first: { readonly step: string; readonly atMs: number; readonly mode: Mode } | null = null;

  return {
    read: (press, mode, nowMs) => {
      // An input method is composing, or only a modifier went down: not a press of ours.
      if (press.isComposing || press.key === "Process" || press.key === "Dead") return null;
      if (modifiers.has(press.key)) return null;
      const step = nameOf(press);
      const waiting = first;
      if (waiting && press.repeat) return null;
      first = null;
      const allowed = bindings.filter(({ command }) => command.modes.includes(mode));

      if (waiting && waiting.mode === mode && nowMs - waiting.atMs <= SEQUENCE_MS) {
        const second = allowed.find(
          ({ steps }) => steps.length === 2 && steps[0] === waiting.step && steps[1] === step,
        );
        if (second) return second.command;
      }
      const single = allowed.find(({ steps }) => steps.length === 1 && steps[0] === step);
      if (single) return single.command;
      const begins = allowed.some(({ steps }) => steps.length === 2 && steps[0] === step);
      if (begins && !press.repeat) first = { step, atMs: nowMs, mode };
      return null;
    },
  };
}

/** What a press may mean where it happened. */
export type KeyPlace = "cell" | "text" | "button" | "field";

/**
 * Whether a place gives this press away. A field (an input in an output, a dialog) gives nothing, a
 * button keeps what presses it.
 */
export function isOurs(place: KeyPlace, press: KeyPress): boolean {
  if (place === "field") return false;
  if (place !== "button") return true;
  return (
    !["Enter", " ", "Tab", "Escape", "ArrowUp", "ArrowDown"].includes(press.key) ||
    hasModifier(press)
  );
}

function hasModifier(press: KeyPress): boolean {
  return press.shiftKey || press.ctrlKey || press.altKey || press.metaKey;
}

/** Keys under the names on keyboards. */
const signs: Readonly<Record<string, string | readonly string[]>> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  Escape: "Esc",
  // The press of Shift and Minus.
  _: ["Shift", "-"],
};

/** A binding as people read it: `Shift+Enter`, `⌘S` on a Mac, `D D`. */
export function printKeys(binding: string, isMac: boolean): string {
  return resolveKeys(binding, isMac)
    .map((step) => {
      const parts = step.split("-").flatMap((part) => signs[part] ?? part);
      if (!isMac) return parts.join("+");
      const mac: Readonly<Record<string, string>> = { Meta: "⌘", Ctrl: "⌃", Alt: "⌥", Shift: "⇧" };
      return parts.map((part) => mac[part] ?? part).join("");
    })
    .join(" ");
}
