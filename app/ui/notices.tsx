/** Lines under the bar that say what the reader must know: never more than facts and one way out. */
import type { ReactNode } from "react";
import { useNotebook, useSession } from "./session-context.ts";

interface Props {
  readonly kind: "info" | "warning" | "error";
  readonly children: ReactNode;
  readonly action?: {
    readonly label: string;
    /** An address to go to, or what a press does. */
    readonly run: string | (() => void);
  };
}

export function NoticeLine({ kind, children, action }: Props) {
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
  const unshared = !kernel.shared && (kernel.status === "idle" || kernel.status === "busy");
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
      {problem !== null && (
        <NoticeLine kind="error" action={{ label: "Dismiss", run: () => session.tell(null) }}>
          {problem}
        </NoticeLine>
      )}
      {unshared && (
        <NoticeLine kind="warning">
          This site is served without isolation headers: Stop may take up to two seconds, and what a
          cell has in memory can be lost with it.
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
