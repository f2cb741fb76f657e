/** Curves of several runs over each other: one figure, a colour and a dash for each run. */
import { lineTrace } from "../../../kernel/plot/curves.ts";
import { drawingHeight, plane } from "../../../kernel/plot/figure.ts";
import { endLabels } from "../../../kernel/plot/labels.ts";
import { formatNumber } from "../../../kernel/plot/numbers.ts";
import { classColor } from "../../../kernel/plot/palette.ts";
import { scaleOf } from "../../../kernel/plot/ticks.ts";
import { FIGURE_MIME, type MimeBundle } from "../../../kernel/protocol.ts";
import { curvesOf } from "../../notebook/run-table.ts";
import type { TrainingRun } from "../../notebook/training-runs.ts";

/** The curves that any of the runs has, in the order in which they were pushed. */
export function metricsOf(runs: readonly TrainingRun[]): readonly string[] {
  return [...new Set(runs.flatMap(({ training }) => curvesOf(training).map(({ name }) => name)))];
}

/** The curve `metric` of each run that has one. */
export function compare(runs: readonly TrainingRun[], metric: string, isLog: boolean): MimeBundle {
  const lines = runs.flatMap((run, index) => {
    const curve = curvesOf(run.training).find(({ name }) => name === metric);
    return curve === undefined || curve.x.length === 0 ? [] : [{ run, curve, index }];
  });
  const xScale = scaleOf(
    lines.map(({ curve }) => curve.x),
    false,
    0,
  );
  const yScale = scaleOf(
    lines.map(({ curve }) => curve.y),
    isLog,
    0.05,
  );
  const ends = lines.flatMap(({ run, curve, index }) => {
    const end = curve.y.findLastIndex((value) => Number.isFinite(yScale.place(value)));
    if (end === -1) return [];
    const [x = 0, y = 0] = [curve.x[end], curve.y[end]];
    const label = { name: `run ${run.number}`, value: formatNumber(y), color: classColor(index) };
    return [{ ...label, x, y }];
  });
  const { annotations, margin } = endLabels(ends, xScale, yScale, drawingHeight({ y: metric }));
  const told = ends.map(({ name, value }) => `${name} ${value}`).join(", ");
  return {
    [FIGURE_MIME]: {
      data: lines.map(({ run, curve, index }) =>
        lineTrace(curve, `run ${run.number}`, classColor(index), index),
      ),
      layout: {
        ...plane({
          title: undefined,
          x: "step",
          y: metric,
          xAxis: xScale.axis,
          yAxis: yScale.axis,
          annotations,
          right: margin,
        }),
        hovermode: "x unified",
      },
    },
    "text/plain": `<Figure: ${metric}: ${told === "" ? "no run has it" : told}>`,
  };
}
