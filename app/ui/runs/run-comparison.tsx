/** The curves of the chosen runs over each other, one metric at a time. */
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { MimeBundle } from "../../../kernel/protocol.ts";
import type { TrainingRun } from "../../notebook/training-runs.ts";
import { type Mounted, mountBundle } from "../../outputs/registry.ts";
import { outputContext } from "../output-context.ts";
import { useNotebook, useSession } from "../session-context.ts";
import { useTheme } from "../use-theme.ts";
import { compare, metricsOf } from "./comparison.ts";

interface Props {
  readonly runs: readonly TrainingRun[];
}

export function RunComparison({ runs }: Props) {
  const metrics = metricsOf(runs);
  const [wanted, setWanted] = useState<string | null>(null);
  const [isLog, setLog] = useState(false);
  const metric = wanted !== null && metrics.includes(wanted) ? wanted : metrics[0];
  if (metric === undefined)
    return <p className="hint">These runs pushed nothing to a live figure.</p>;
  return (
    <section className="runs-comparison" aria-label="Curves of the chosen runs">
      <p>
        <label>
          Curve{" "}
          <select value={metric} onChange={(event) => setWanted(event.currentTarget.value)}>
            {metrics.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <label>
          <input
            type="checkbox"
            checked={isLog}
            onChange={(event) => setLog(event.currentTarget.checked)}
          />{" "}
          logarithmic
        </label>
      </p>
      <Curves runs={runs} metric={metric} isLog={isLog} />
    </section>
  );
}

function Curves({
  runs,
  metric,
  isLog,
}: Props & { readonly metric: string; readonly isLog: boolean }) {
  const session = useSession();
  const theme = useTheme();
  const trusted = useNotebook((state) => state.permissions.trusted);
  const element = useRef<HTMLDivElement>(null);
  const mounted = useRef<Mounted<MimeBundle> | null>(null);

  useLayoutEffect(() => {
    if (element.current === null) return;
    const bundle = compare(runs, metric, isLog);
    const context = outputContext(session, theme, trusted);
    if (mounted.current !== null) mounted.current.update(bundle, context);
    else mounted.current = mountBundle(element.current, bundle, context);
  }, [runs, metric, isLog, session, theme, trusted]);
  useEffect(
    () => () => {
      mounted.current?.dispose();
      mounted.current = null;
    },
    [],
  );

  return <div ref={element} className="outputs" />;
}
