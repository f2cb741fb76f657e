/**
 * What the generated code of a cell may touch: the two arguments of its async function. Types only;
 * the kernel implements them. A cell's functions outlive its run, so every call acts for the run
 * that is under way, not for the run that made the function.
 */

/**
 * Where one top-level name of the notebook lives, shared by all cells for the kernel's life.
 *
 * Before its first value the box is *empty*. Reading an empty box gives `globalThis[name]` where
 * there is one, else throws ReferenceError `x is not defined (run the cell that defines it first)`,
 * or, when the run under way has declared it, `x is used before the line that defines it`. Writing
 * to an empty box that no cell has declared assigns `globalThis[name]` where there is one, else
 * throws the same ReferenceError; any other write makes `v` a plain data property.
 *
 * A `const` of another cell may be assigned: any cell may redefine it, so refusing would protect
 * nothing and would cost a setter on each write in a hot loop. The language service underlines it.
 */
export interface Box {
  v: unknown;
}

/** How a cell defines a name. Namespaces count as `enum`: both merge into `x || {}`. */
export type DefinitionKind = "const" | "let" | "var" | "function" | "class" | "enum" | "import";

export interface CellInterface {
  /** The box of a name that this cell reads or assigns and does not define. */
  box(name: string): Box;
  /**
   * The box of a name that this cell defines, declared by this run. Its value stays until the
   * cell's own statement writes another, with two exceptions: an empty `var` becomes undefined, as
   * hoisting has it, and an `enum` always does, so that a re-run does not merge into the old one.
   */
  define(name: string, kind: DefinitionKind): Box;
  /** For `typeof x`: the value, the global of that name, or undefined; never throws. */
  peek(box: Box, name: string): unknown;
  /** The namespace of a module; static and dynamic imports alike. */
  import(specifier: string): Promise<object>;
  /** One export of a namespace. @throws SyntaxError naming both when the module has no such export. */
  named(namespace: object, name: string, specifier: string): unknown;
  /**
   * The slow path of a guard: throws when the run is interrupted, waits while it is paused, else
   * flushes output. `isTurn` is 1 at the head of a loop's body. With the `countdown` guard it also
   * reads the clock, sets `$f[1]` when a yield is due, and refills `$f[0]`.
   */
  slow(isTurn?: 1): void;
  /** A loop's turn has come to its end, and a flag is up: what its own names hold there. */
  seen(values: Readonly<Record<string, unknown>>): void;
  /** The slow path of a loop that can wait: lets messages in, then does what `slow` does. */
  yield(): Promise<void>;
  /** For whom code runs now: what {@link back} is given when it goes on after a wait. */
  now(): unknown;
  /** Code goes on for that run; gives what it waited for. Throws when the run was stopped meanwhile. */
  back<T>(run: unknown, value?: T): T | undefined;
  /** A catch clause begins: gives the error, with its message in the cell's own words. Never throws. */
  caught<T>(error: T): T;
}

/**
 * The second argument. `[0]` attention: not 0 (with `countdown`: below 0 after a decrement) calls
 * `slow()`. It stays raised from an interrupt until the run has settled, so nothing can catch it.
 * `[1]` yield wanted: not 0 awaits `yield()`.
 */
export type Flags = Int32Array;

/** What the generated text evaluates to. The promise resolves to the cell's result; undefined: none. */
export type CellFunction = (kernel: CellInterface, flags: Flags) => Promise<unknown>;
