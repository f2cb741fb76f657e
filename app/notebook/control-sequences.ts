/** The control sequences that programs write for terminals, and what those of colour mean together. */

/* oxlint-disable no-control-regex -- control characters are what this file is about */
/** CSI with its parameters (1) and its end (2); OSC to BEL or ESC \; a lone escape of two characters. */
export const SEQUENCE =
  /\x1b\[([0-9;:?<=>]*)([ -/]*[@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\^_=>]/g;
/** One that the end of a piece of text has cut in two. */
export const UNFINISHED = /\x1b(?:\[[0-9;:?<=>]*[ -/]*|\][^\x07\x1b]*\x1b?)?$/;
/* oxlint-enable no-control-regex */

/** How text looks, as the codes that make it so, `1;31`, in a fixed order; "" is plain. */
export type Look = string;

/** What each of the simple codes sets, and what the ones behind it take back. */
const aspects: readonly (readonly [isSet: (code: number) => boolean, clearedBy: number])[] = [
  [(code) => code === 1, 22],
  [(code) => code === 2, 22],
  [(code) => code === 3, 23],
  [(code) => code === 4, 24],
  [(code) => code === 7, 27],
  [(code) => code === 9, 29],
  [(code) => (code >= 30 && code <= 38) || (code >= 90 && code <= 97), 39],
  [(code) => (code >= 40 && code <= 48) || (code >= 100 && code <= 107), 49],
];

/** The look after a sequence of colours with these parameters. */
export function lookAfter(look: Look, parameters: string): Look {
  const set: string[] = Array.from(aspects, () => "");
  for (const part of [...partsOf(look), ...partsOf(parameters || "0")]) {
    const code = Number.parseInt(part, 10) || 0;
    for (const [at, [isSet, clearedBy]] of aspects.entries()) {
      if (isSet(code)) set[at] = part;
      else if (code === 0 || code === clearedBy) set[at] = "";
    }
  }
  return set.filter((part) => part !== "").join(";");
}

/** `1;38;5;200` is two: a colour beyond the sixteen takes what follows it. */
function partsOf(parameters: string): string[] {
  return Array.from(
    parameters.replaceAll(":", ";").matchAll(/[34]8;(?:5;\d*|2;\d*;\d*;\d*)|\d+/g),
    ([part]) => part,
  );
}

/** The sequence that leads from one look to another. */
export function turnTo(look: Look): string {
  return `\u001b[0${look === "" ? "" : `;${look}`}m`;
}
