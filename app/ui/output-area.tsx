/** What a cell put out, and its bar. React owns the frame; `output-list.ts` owns what is inside. */
import { useEffect, useLayoutEffect, useRef } from "react";
import type { CellId } from "../../kernel/protocol.ts";
import { isHidden } from "../notebook/hiding.ts";
import { shownOutputs } from "../notebook/runtime.ts";
import { Icon } from "./icons.tsx";
import { late } from "./late.tsx";
import { Mistakes } from "./mistakes.tsx";
import { OldWeightsLine } from "./old-weights.tsx";
import { createOutputList, type OutputList } from "./output-list.ts";
import { outputContext } from "./output-context.ts";
import { RunControls } from "./run-controls.tsx";
import { TrainingRow } from "./training-row.tsx";
import { useNotebook, useSession } from "./session-context.ts";
import { cellOf, runOf } from "./store.ts";
import { useTheme } from "./use-theme.ts";

const MissingNameLine = late(() =>
  import("./missing-name.tsx").then((code) => code.MissingNameLine),
);

export function OutputArea({ id }: { readonly id: CellId }) {
  const session = useSession();
  const theme = useTheme();
  const run = useNotebook((state) => runOf(state, id));
  const trusted = useNotebook((state) => state.permissions.trusted);
  const isMissingName = useNotebook((state) => state.missing.has(id));
  const element = useRef<HTMLDivElement>(null);
  const list = useRef<OutputList | null>(null);
  const isAway = useNotebook((state) => {
    const cell = cellOf(state, id);
    return cell !== undefined && isHidden(cell, "outputs");
  });
  const running = run.state === "running";

  // Layout effects, so that heights are read and kept before the page is drawn.
  useLayoutEffect(() => {
    if (!element.current) return;
    const made = createOutputList(element.current);
    list.current = made;
    return () => {
      list.current = null;
      made.dispose();
    };
  }, [id]);
  useLayoutEffect(() => {
    list.current?.show(shownOutputs(run), outputContext(session, theme, trusted), running);
  }, [run, running, session, theme, trusted]);
  useEffect(() => (running ? undefined : list.current?.settle()), [running]);

  return (
    <>
      {running && <RunControls id={id} run={run} />}
      <TrainingRow id={id} />
      {isAway && run.outputs.length > 0 && (
        <button type="button" className="fold" onClick={() => session.showOutputs(id)}>
          <Icon name="chevron" />
          Output, put away
        </button>
      )}
      <div ref={element} className="outputs" data-running={running || undefined} hidden={isAway} />
      {isMissingName && <MissingNameLine id={id} />}
      <OldWeightsLine id={id} />
      <Mistakes id={id} />
    </>
  );
}
