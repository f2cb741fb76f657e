/** How the kernel is, in a dot and a word. */
import { engineWords } from "../notebook/engine-words.ts";
import { useNotebook } from "./session-context.ts";
import { isAtRest, isBusy, runningCell } from "./store.ts";

const words = {
  starting: "Starting",
  idle: "Ready",
  background: "Running",
  busy: "Running",
  paused: "Paused",
  dead: "Stopped",
} as const;

export function KernelMark() {
  const status = useNotebook((state) => {
    const { status } = state.runtime.kernel;
    if (runningCell(state)?.pause) return "paused";
    return isAtRest(status) && isBusy(state) ? "busy" : status;
  });
  const title = useNotebook((state) => {
    const { engine, shared, status } = state.runtime.kernel;
    if (status === "background")
      return "No cell runs, but something that one has set going does: Stop ends it";
    return engine === undefined ? undefined : engineWords(engine, shared);
  });
  return (
    <span
      className="kernel"
      title={title}
      data-kernel={status}
      role="status"
      aria-label={`Kernel: ${words[status]}`}
    >
      <span className="kernel-dot" aria-hidden="true" />
      <span className="kernel-word" aria-hidden="true">
        {words[status]}
      </span>
    </span>
  );
}
