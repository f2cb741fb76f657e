/** The elements of a projector around its parts: title, sentences, what is said aloud. */
import { el } from "../dom.ts";

export interface ShellParts {
  readonly toolbar: HTMLElement;
  readonly stage: HTMLElement;
  readonly reading: HTMLElement;
  readonly foot: HTMLElement;
  readonly suggestions: HTMLElement | null;
}

export interface Sentences {
  /** How far the layout is. */
  readonly status: string;
  /** What may be read from it. */
  readonly caveat: string;
  /** Said aloud. */
  readonly live: string;
}

export interface Shell {
  readonly wrap: HTMLElement;
  readonly hintId: string;
  say(sentences: Partial<Sentences>): void;
  dress(looks: {
    readonly title: string | null;
    readonly legend: HTMLElement;
    readonly thinned: string;
  }): void;
}

const KEYS =
  "Arrow keys go from point to point. With Shift they turn or move the picture. " +
  "Plus and minus zoom, 0 fits, Escape lets go.";

let count = 0;

export function createShell({ toolbar, stage, reading, foot, suggestions }: ShellParts): Shell {
  count += 1;
  const hintId = `projector-hint-${count}`;
  const title = el("div", { class: "projector-title" });
  const legend = el("div", {});
  const sentences = {
    status: el("p", { class: "projector-status" }),
    caveat: el("p", { class: "projector-caveat" }),
    live: el("p", { class: "visually-hidden", role: "status" }),
  };
  const thinned = el("p", { class: "projector-caveat" });
  const wrap = el(
    "div",
    { class: "figure projector" },
    title,
    toolbar,
    el("div", { class: "projector-body" }, stage, reading),
    legend,
    foot,
    sentences.status,
    sentences.caveat,
    thinned,
    sentences.live,
    el("p", { class: "visually-hidden", id: hintId }, KEYS),
    suggestions,
  );
  return {
    wrap,
    hintId,
    say(next) {
      for (const [name, text] of Object.entries(next)) {
        sentences[name as keyof Sentences].textContent = text; // the names of Sentences
      }
    },
    dress(looks) {
      title.hidden = looks.title === null;
      title.textContent = looks.title;
      legend.replaceChildren(looks.legend);
      thinned.textContent = looks.thinned;
    },
  };
}
