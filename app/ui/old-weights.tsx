/** Under figures that show a network as it was before another run trained it: which weights these are. */
import { FILE_MIME, KNOB_MIME } from "../../kernel/protocol.ts";
import type { CellId } from "../../kernel/protocol.ts";
import type { CellOutput } from "../notebook/outputs.ts";
import { oldWeights, oldWeightsWords } from "../notebook/weights.ts";
import { useNotebook, useSession } from "./session-context.ts";
import { runOf } from "./store.ts";

export function OldWeightsLine({ id }: { readonly id: CellId }) {
  const session = useSession();
  const words = useNotebook((state) => {
    const old = oldWeights(state.weights, state.runs, id);
    return old !== null && runOf(state, id).outputs.some(isFigure) ? oldWeightsWords(old) : null;
  });
  if (words === null) return null;
  return (
    <p className="old-weights" role="status">
      {words}{" "}
      <button type="button" className="mistake-act" onClick={() => session.runCell(id)}>
        Draw again
      </button>
    </p>
  );
}

/** A picture of something, of whatever kind: knobs and files are our types too, and none. */
function isFigure(output: CellOutput): boolean {
  if (output.kind !== "display" && output.kind !== "result") return false;
  return Object.keys(output.data).some(
    (mime) => mime.startsWith("application/vnd.") && mime !== KNOB_MIME && mime !== FILE_MIME,
  );
}
