/** The results as text: what each contestant took, and what became of each target. */
import type { Figure, Row } from "./rows.ts";

/** Milliseconds with three digits; microseconds where they are few. */
export function printMs(ms: number): string {
  if (ms < 0.1) return `${(ms * 1000).toPrecision(3)} us`;
  return `${ms >= 100 ? ms.toFixed(0) : ms.toPrecision(3)} ms`;
}

const printFigure = ({ min, median }: Figure): string => `${printMs(min)} (${printMs(median)})`;

const ratio = (value: number | null): string => (value === null ? "-" : `${value.toPrecision(3)}x`);

function verdict({ target, value, holds }: Row["targets"][number]): string {
  const mark = holds === null ? "unjudged" : holds ? "holds   " : "MISSED  ";
  return `    ${mark} ${target}${value === null ? "" : `: ${Number(value.toPrecision(3))}`}`;
}

/** One row as lines. */
export function printRow(row: Row): string {
  const title = [
    row.workload,
    row.form === "as one" ? "" : row.form,
    row.threads === 1 ? "1 thread" : "2 threads",
  ];
  const own =
    row.ours === null
      ? row.problem
      : `${printFigure(row.ours)}, first ${printMs(row.ours.first)}, ${row.device}`;
  const against = [
    `${ratio(row.ratioToBest)} the best peer (${row.bestPeer ?? "none"})`,
    `${ratio(row.ratioToBestByRound)} by round`,
    ...(row.ratioToPeak === null ? [] : [`${(row.ratioToPeak * 100).toFixed(0)} % of the peak`]),
  ];
  return [
    `${title.filter(Boolean).join(", ").padEnd(42)} ${own}`,
    ...(row.ours === null || row.bestPeer === null ? [] : [`    ${against.join(", ")}`]),
    ...row.targets.map(verdict),
  ].join("\n");
}

/** What all the others took in one workload. */
export function printPeers({ workload, peers }: Row): string {
  const lines = Object.entries(peers).map(
    ([name, each]) =>
      `    ${name.padEnd(24)} ${typeof each === "string" ? each : `${printFigure(each)}, first ${printMs(each.first)}`}`,
  );
  return [`${workload}, a step: min (median)`, ...lines].join("\n");
}

const mark = (holds: boolean | null): string => (holds === null ? "-" : holds ? "holds" : "MISSED");

/** All rows, a line each. */
export function printTable(rows: readonly Row[]): string {
  const head = ["workload", "form", "threads", "ours", "best peer", "ratio", "of peak", "targets"];
  const lines = rows.map((row) => [
    row.workload,
    row.form,
    String(row.threads),
    row.ours === null ? row.problem : printMs(row.ours.min),
    row.bestPeer ?? "-",
    ratio(row.ratioToBest),
    row.ratioToPeak === null ? "-" : `${(row.ratioToPeak * 100).toFixed(0)} %`,
    mark(row.holds),
  ]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...lines.map((line) => line[column]?.length ?? 0)),
  );
  return [head, ...lines]
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
