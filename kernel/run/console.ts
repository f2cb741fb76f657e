/** `console` as cells see it: text on stdout and stderr of the running cell. */
import { inspect } from "./inspect.ts";

export interface ConsoleOptions {
  readonly write: (name: "stdout" | "stderr", text: string) => void;
  /** Empties the outputs of the running cell. */
  readonly clear: () => void;
  /** Whose output it is: groups that one leaves open indent nothing of another. */
  readonly owner?: () => object;
  readonly now?: () => number;
}

/** The methods of the platform's console that make sense in a notebook. */
export function createConsole(options: ConsoleOptions) {
  const { write, clear, owner = () => options, now = () => performance.now() } = options;
  const counts = new Map<string, number>();
  const timers = new Map<string, number>();
  const margins = new WeakMap<object, string>();

  const line = (name: "stdout" | "stderr", text: string) => {
    const margin = margins.get(owner()) ?? "";
    write(name, `${margin}${margin === "" ? text : text.replaceAll("\n", `\n${margin}`)}\n`);
  };
  const out = (...values: unknown[]) => line("stdout", format(values));
  const err = (...values: unknown[]) => line("stderr", format(values));
  const open = (...values: unknown[]) => {
    if (values.length > 0) out(...values);
    margins.set(owner(), `${margins.get(owner()) ?? ""}  `);
  };
  const elapsed = (label: string) => {
    const started = timers.get(label);
    if (started === undefined) return err(`console.time: there is no timer "${label}"`);
    out(`${label}: ${(now() - started).toFixed(1)} ms`);
  };

  return {
    clear: () => clear(),
    log: out,
    /** Without a line's end, as `"\r"` and a new text over the old one want it. */
    write: (...values: unknown[]) => write("stdout", values.map(plain).join("")),
    info: out,
    debug: out,
    warn: err,
    error: err,
    trace: (...values: unknown[]) => err(`Trace: ${format(values)}`),
    dir: (value: unknown) => out(inspect(value)),
    table: (value: unknown) => out(formatTable(value)),
    assert(condition: unknown, ...values: unknown[]) {
      if (!condition)
        err(values.length === 0 ? "Assertion failed" : `Assertion failed: ${format(values)}`);
    },
    count(label = "default") {
      const count = (counts.get(label) ?? 0) + 1;
      counts.set(label, count);
      out(`${label}: ${count}`);
    },
    countReset: (label = "default") => void counts.delete(label),
    group: open,
    groupCollapsed: open,
    groupEnd() {
      margins.set(owner(), margins.get(owner())?.slice(2) ?? "");
    },
    time: (label = "default") => void timers.set(label, now()),
    timeLog: (label = "default") => elapsed(label),
    timeEnd(label = "default") {
      elapsed(label);
      timers.delete(label);
    },
  };
}

/** Strings as they are, everything else inspected; `%s %d %i %f %o %O %j %c` in a first string. */
export function format(values: readonly unknown[]): string {
  const [first, ...rest] = values;
  if (typeof first !== "string" || rest.length === 0) return values.map(plain).join(" ");
  let next = 0;
  const text = first.replace(/%([sdifoOjc%])/g, (directive, letter: string) => {
    if (letter === "%") return "%";
    if (next >= rest.length) return directive;
    return formatDirective(letter, rest[next++]);
  });
  return [text, ...rest.slice(next).map(plain)].join(" ");
}

function formatDirective(letter: string, value: unknown): string {
  switch (letter) {
    case "s":
      return plain(value);
    case "d":
    case "f":
      return String(numberOf(value));
    case "i":
      return String(Math.trunc(numberOf(value)));
    case "c":
      return "";
    default:
      return inspect(value);
  }
}

/** A symbol is no number and does not let itself be asked. */
function numberOf(value: unknown): number {
  return typeof value === "symbol" ? NaN : Number(value);
}

function plain(value: unknown): string {
  return typeof value === "string" ? value : inspect(value);
}

/** Of a table; nobody reads more, and a figure of the engine's own pages through them. */
const MOST_ROWS = 1_000;

/** Rows of objects or arrays in aligned columns; anything else as it would be logged. */
function formatTable(value: unknown): string {
  if (typeof value !== "object" || value === null) return plain(value);
  const all = Object.entries(value as Record<string, unknown>);
  const rows = all.slice(0, MOST_ROWS);
  const columns = new Set<string>();
  for (const [, row] of rows) {
    if (typeof row === "object" && row !== null)
      Object.keys(row).forEach((key) => columns.add(key));
    else columns.add("value");
  }
  const header = ["", ...columns];
  const body = rows.map(([key, row]) => [
    key,
    ...[...columns].map((column) => {
      const isRecord = typeof row === "object" && row !== null;
      if (!isRecord) return column === "value" ? plain(row) : "";
      return column in row ? plain((row as Record<string, unknown>)[column]) : "";
    }),
  ]);
  const widths = header.map((_, i) =>
    Math.max(...[header, ...body].map((row) => row[i]?.length ?? 0)),
  );
  const print = (row: readonly string[]) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join("  ")
      .trimEnd();
  return [
    print(header),
    widths.map((width) => "─".repeat(width)).join("  "),
    ...body.map(print),
    ...(all.length > rows.length ? [`… ${all.length - rows.length} more`] : []),
  ].join("\n");
}
