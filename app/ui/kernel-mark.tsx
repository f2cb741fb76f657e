/** How the kernel is, in a dot and a word. */
import { engineWords } from "../notebook/engine-words.ts";
import { useNotebook } from "./session-context.ts";
import { isBusy, runningCell } from "./store.ts";

const words = {
  starting: "Starting",
  idle: "Ready",
  busy: "Running",
  paused: "Paused",
  dead: "Stopped",
} as const;

export function KernelMark() {
  const status = useNotebook((state) => {
    const { status } = state.runtime.kernel;
    if (runningCell(state)?.pause) return "paused";
    return status === "idle" && isBusy(state) ? "busy" : status;
  });
  const title = useNotebook((state) => {
    const { engine, shared } = state.runtime.kernel;
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
