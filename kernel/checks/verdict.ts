/** What checks leave to be shown when every fact held. */

export const nothingChecked = "Nothing checked yet.";

export abstract class Verdict {
  abstract toString(): string;

  /** What a notebook shows. */
  [Symbol.for("Jupyter.display")](): Record<string, string> {
    return { "text/plain": this.toString() };
  }
}
