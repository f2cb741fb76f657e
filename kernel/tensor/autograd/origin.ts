/**
 * Where recorded ops come from: the line that called each, and the modules at work then. Kept while
 * somebody asks for it: in anomaly mode, and for figures of graphs. Nobody else pays for it.
 */

/** One call of a module: a module that is called twice has two. */
export interface ModuleCall {
  readonly module: object;
}

export interface Origin {
  /** Made in the call: its stack leads to the line. */
  readonly site: Error;
  /** The calls of modules under way, the outermost first. */
  readonly within: readonly ModuleCall[];
}

/** Of so many ops the origin will be kept; 0 is all that an op pays for while nobody asks. */
export const origins = { left: 0 };

/** Ops of a run whose origin is kept when figures of graphs ask for it: a stack takes microseconds. */
const MOST = 500;

let within: readonly ModuleCall[] = [];
let isAsked = false;

/** Of the op that is recorded now; called while `origins.left` is above 0. */
export function originOf(op: string): Origin {
  origins.left -= 1;
  return { site: new Error(op), within };
}

/** Runs the forward of `module` so that what it records is known to be its own. */
export function inModule<T>(module: object, forward: () => T): T {
  const before = within;
  within = [...before, { module }];
  try {
    return forward();
  } finally {
    within = before;
  }
}

/** A graph is drawn: the origins of what is computed from now on are wanted. */
export function askForOrigins(): void {
  isAsked = true;
}

/** A run begins; `draws`: its own code speaks of graphs. */
export function beginOrigins(draws: boolean): void {
  within = [];
  origins.left = draws || isAsked ? MOST : 0;
}
