/** What a guard throws when the reader has pressed Stop. Catching it does not help: guards throw again. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  constructor() {
    super("Stopped.");
  }
}
