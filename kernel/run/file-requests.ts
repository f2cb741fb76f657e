/** Files of the notebook, which live with the host: writes are events, reads are questions. */
import { isFileName } from "../file-name.ts";
import { FILE_MIME, type FileView, type MimeBundle } from "../protocol.ts";
import type { Output } from "./output.ts";
import type { Run, RunContext } from "./run.ts";

export interface FileRequests {
  write(run: Run, name: string, bytes: Uint8Array): void;
  /** `operation` is what a name that is none is told by. */
  read(run: Run, name: string, operation: string): Promise<Uint8Array | null>;
  /** The host's answer to a `read-file` event. */
  answer(request: number, bytes: Uint8Array | null): void;
}

export function createFileRequests(output: Output, context: RunContext): FileRequests {
  const waiting = new Map<number, (bytes: Uint8Array | null) => void>();
  let count = 0;
  return {
    write(run, name, bytes) {
      const plain = checked("save", name);
      output.emit(run, { kind: "write-file", name: plain, bytes });
      output.emit(run, { kind: "display", data: chip(plain, bytes.byteLength), metadata: {} });
    },
    read(run, name, operation) {
      const plain = checked(operation, name);
      const request = (count += 1);
      return new Promise((resolve) => {
        // Stop ends the wait by leaving it without an answer.
        const cancel = () => void waiting.delete(request);
        run.cancellations.add(cancel);
        waiting.set(request, (bytes) => {
          run.cancellations.delete(cancel);
          context.enter(run);
          resolve(bytes);
        });
        output.emit(run, { kind: "read-file", request, name: plain });
        output.flush();
      });
    },
    answer(request, bytes) {
      const resolve = waiting.get(request);
      waiting.delete(request);
      resolve?.(bytes);
    },
  };
}

function chip(name: string, sizeBytes: number): MimeBundle {
  const view: FileView = { name, sizeBytes };
  return { [FILE_MIME]: view, "text/plain": `${name} (${sizeBytes.toLocaleString("en")} bytes)` };
}

/** A plain file name: no folders, nothing a download could turn into a path. */
function checked(operation: string, name: string): string {
  // Some systems write an accent as a character of its own: to a reader it is the same name.
  if (isFileName(name)) return name.normalize("NFC");
  throw new TypeError(
    `${operation}: "${String(name)}" is not a file name: use letters, digits, ".", "_", "-" and spaces`,
  );
}
