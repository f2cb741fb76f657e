/** What a guard throws when the reader has pressed Stop. Catching it does not help: guards throw again. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  constructor() {
    super("Stopped.");
  }
}

/** Whether somebody's error is a stop. Anything can be thrown: a proxy may refuse to be asked. */
export function isInterrupted(thrown: unknown): thrown is Interrupted {
  try {
    return thrown instanceof Interrupted;
  } catch {
    return false;
  }
}
