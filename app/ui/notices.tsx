/** Lines under the bar that say what the reader must know: never more than facts and one way out. */
import type { ReactNode } from "react";
import { hostOf } from "../notebook/permissions.ts";
import { useNotebook, useSession } from "./session-context.ts";
import { isAtRest, isUntried } from "./store.ts";
import { trainedNames, trainedWords } from "./trained-words.ts";

interface Props {
  readonly kind: "info" | "warning" | "error";
  readonly children: ReactNode;
  readonly action?: {
    readonly label: string;
    /** An address to go to, or what a press does. */
    readonly run: string | (() => void);
  };
  /** Puts the line away without its action. */
  readonly dismiss?: () => void;
}

export function NoticeLine({ kind, children, action, dismiss }: Props) {
  return (
    <div className="notice" data-kind={kind} role={kind === "error" ? "alert" : "status"}>
      <p>{children}</p>
      {action && typeof action.run === "string" && (
        <a className="button" href={action.run}>
          {action.label}
        </a>
      )}
      {action && typeof action.run === "function" && (
        <button type="button" className="button" onClick={action.run}>
          {action.label}
        </button>
      )}
      {dismiss && (
        <button type="button" className="quiet" onClick={dismiss}>
          Dismiss
        </button>
      )}
    </div>
  );
}

export function NotebookNotices() {
  const session = useSession();
  const kernel = useNotebook((state) => state.runtime.kernel);
  const readOnly = useNotebook((state) => state.readOnly);
  const newer = useNotebook((state) => state.newer);
  const save = useNotebook((state) => state.save);
  const problem = useNotebook((state) => state.problem);
  const checkpoint = useNotebook((state) => state.runtime.checkpoint);
  const untried = useNotebook(isUntried);
  const blocked = useNotebook((state) => state.blocked);
  const unshared = !kernel.shared && (isAtRest(kernel.status) || kernel.status === "busy");
  return (
    <>
      {readOnly && (
        <NoticeLine kind="info" action={{ label: "Take over", run: () => session.takeOver() }}>
          This notebook is open in another tab, so it is read-only here.
        </NoticeLine>
      )}
      {newer !== null && (
        <NoticeLine kind="info" action={{ label: "Open it beside mine", run: newer }}>
          This lesson has a newer version. Yours stays as it is.
        </NoticeLine>
      )}
      {save.kind === "failed" && (
        <NoticeLine
          kind="error"
          action={{ label: "Download .ipynb", run: () => session.saveFile() }}
        >
          {save.reason}
        </NoticeLine>
      )}
      {untried && (
        <NoticeLine kind="info" action={{ label: "Run the cells", run: () => session.runAll() }}>
          This notebook came from elsewhere, and nothing in it has run here. Its cells reach no
          network and none of your other notebooks.
        </NoticeLine>
      )}
      {blocked.map(({ origin }) => (
        <NoticeLine
          key={origin}
          kind="warning"
          action={{ label: "Allow …", run: () => session.ask({ allow: origin }) }}
          dismiss={() => session.forgetBlocked(origin)}
        >
          A cell asked for <b>{hostOf(origin)}</b>, and was refused: this notebook may not reach it.
        </NoticeLine>
      ))}
      {problem !== null && (
        <NoticeLine kind="error" action={{ label: "Dismiss", run: () => session.tell(null) }}>
          {problem}
        </NoticeLine>
      )}
      {unshared && (
        <NoticeLine kind="warning">
          {self.crossOriginIsolated
            ? "This browser has no shared memory"
            : "This site is served without isolation headers"}
          : Stop may take up to two seconds, and what a cell has in memory can be lost with it.
        </NoticeLine>
      )}
      {kernel.engine?.backend === "reference" && (
        <NoticeLine kind="warning">
          This browser has no WebAssembly SIMD: everything works, and training is many times slower.
        </NoticeLine>
      )}
      {checkpoint !== null && !checkpoint.isWaiting && (
        <NoticeLine
          kind="info"
          action={{ label: "Restore", run: () => session.restoreCheckpoint(true) }}
          dismiss={() => session.restoreCheckpoint(false)}
        >
          The kernel is gone, but not what it learned: {trainedWords(checkpoint.trained)} can be
          restored.
        </NoticeLine>
      )}
      {checkpoint?.isWaiting === true && (
        <NoticeLine kind="info" dismiss={() => session.restoreCheckpoint(false)}>
          Run the cells that make {trainedNames(checkpoint.trained)}: they come back as they were.
        </NoticeLine>
      )}
      {kernel.status === "dead" && (
        <NoticeLine kind="warning" action={{ label: "Restart", run: () => session.restart() }}>
          The kernel ended{kernel.reason ? `: ${kernel.reason}` : ""}. The next run starts a new
          one.
        </NoticeLine>
      )}
    </>
  );
}
