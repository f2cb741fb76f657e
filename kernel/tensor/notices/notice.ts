/**
 * Notices: mistakes that run. The engine tells a rule, a sentence and a fix to whoever observes;
 * without an observer nothing is watched. Each rule speaks once a run and can be silenced.
 */
import { kindOf } from "../errors.ts";

export const noticeRules = [
  "zero-grad",
  "double-softmax",
  "eval-mode",
  "broadcast",
  "missing-parameter",
  "unscaled-input",
  "detached-loss",
  "nan-loss",
  "kept-graph",
] as const;

export type NoticeRule = (typeof noticeRules)[number];

export interface Notice {
  readonly rule: NoticeRule;
  /** One sentence: what was seen. */
  readonly text: string;
  /** One sentence: what to do. */
  readonly fix: string;
  /** Its stack is that of the line to look at. */
  readonly site: Error;
}

let observer: ((notice: Notice) => void) | null = null;
const told = new Set<NoticeRule>();
const silenced = new Set<NoticeRule>();
const beginnings: (() => void)[] = [];
const endings: (() => void)[] = [];

/** `on` is what hot paths read. */
export const watch = { on: false };

/** Notices go to `next` from now on; with null nothing is watched any more. */
export function observeNotices(next: ((notice: Notice) => void) | null): void {
  observer = next;
  watch.on = next !== null;
  beginNotices();
}

/** A run begins: what was seen in earlier ones is forgotten, and every rule may speak again. */
export function beginNotices(): void {
  told.clear();
  for (const begin of beginnings) begin();
}

/** A run is over: rules that waited for what would follow decide. */
export function endNotices(): void {
  for (const end of endings) end();
}

/** @internal Lets a rule start anew with each run, and decide at its end. */
export function eachRun(begin: () => void, end?: () => void): void {
  beginnings.push(begin);
  if (end !== undefined) endings.push(end);
}

/** @internal Whether anybody would hear of this rule. */
export function isOpen(rule: NoticeRule): boolean {
  return watch.on && !told.has(rule) && !silenced.has(rule);
}

/** @internal */
export function tell(rule: NoticeRule, text: string, fix: string, site = new Error(rule)): void {
  if (!isOpen(rule)) return;
  told.add(rule);
  observer?.({ rule, text, fix, site });
}

/**
 * No notices of these rules any more, until the kernel restarts.
 * @throws RangeError for a rule that there is not, or none.
 * @example
 * silence("zero-grad", "broadcast");
 */
export function silence(...rules: NoticeRule[]): void {
  const wrong: unknown = rules.find((rule) => !noticeRules.includes(rule));
  if (rules.length === 0 || wrong !== undefined) {
    const given = typeof wrong === "string" ? `"${wrong}"` : kindOf(wrong);
    throw new RangeError(
      `silence: ${rules.length === 0 ? "no rule" : given} - wanted ` +
        noticeRules.map((rule) => `"${rule}"`).join(", "),
    );
  }
  for (const rule of rules) silenced.add(rule);
}
