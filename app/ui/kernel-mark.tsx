/** How the kernel is, in a dot and a word. */
import { useNotebook } from "./session-context.ts";
import { isBusy } from "./store.ts";

const words = { starting: "Starting", idle: "Ready", busy: "Running", dead: "Stopped" } as const;

export function KernelMark() {
  const status = useNotebook((state) => {
    const { status } = state.runtime.kernel;
    return status === "idle" && isBusy(state) ? "busy" : status;
  });
  return (
    <span
      className="kernel"
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
