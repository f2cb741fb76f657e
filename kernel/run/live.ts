/** Displays that are drawn again in place, whatever changes them how often. */
import type { DisplayId, MimeBundle, OutputEvent } from "../protocol.ts";
import { isInterrupted } from "./interrupted.ts";
import type { Output } from "./output.ts";
import type { Owner } from "./run.ts";
import type { LiveDisplay } from "./surface.ts";

/** Ids that no other kernel gives: outputs of an earlier kernel may still be on the page. */
export function createDisplayIds(): () => DisplayId {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  const prefix = random.toString(36);
  let count = 0;
  return () => `${prefix}-${(count += 1)}` as DisplayId;
}

/** Shows `render()` now and again, at most once a batch, whenever it was invalidated. */
export function showLive(
  output: Output,
  owner: Owner,
  display: DisplayId,
  render: () => MimeBundle,
): LiveDisplay {
  output.emit(owner, { kind: "display", data: render(), metadata: {}, display });
  let broken = false;
  const dirty = {
    owner,
    render(): OutputEvent | null {
      if (broken) return null;
      try {
        return { kind: "update", data: render(), metadata: {}, display };
      } catch (error) {
        // A figure may call a cell's function; Stop ends that function, not the figure.
        if (isInterrupted(error)) return null;
        broken = true;
        const message = error instanceof Error ? error.message : String(error);
        return { kind: "stream", name: "stderr", text: `This figure stopped: ${message}\n` };
      }
    },
  };
  return { invalidate: () => output.invalidate(dirty) };
}
