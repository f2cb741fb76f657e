/**
 * What an address answers, asked for from a kernel's frame: an opaque origin, without cookies, whose
 * policy lets it reach that one host. The page itself can reach none.
 */
import { createKernelClient } from "../../kernel/hosts/client.ts";
import type { Compiler } from "../../kernel/compile/compiler.ts";
import type { DataSource, NotebookFiles } from "../../kernel/hosts/host.ts";
import type { Notice } from "../../kernel/hosts/notices.ts";
import type { CellError, CellId } from "../../kernel/protocol.ts";
import type { Frames } from "./frame-host.ts";

/** How the text comes out of the frame. */
const MIME = "application/vnd.descent.answer";
const CELL = "link" as CellId;
/** In UTF-16 units: as much as an output may be. */
const MOST = 16_000_000;

export function createRemoteText(parts: {
  readonly frames: Frames;
  readonly compiler: Compiler;
  readonly data: DataSource;
}): (address: URL) => Promise<string> {
  return async (address) => {
    let text: string | null = null;
    let problem: string | null = null;
    const notify = (notices: readonly Notice[]) => {
      for (const notice of notices) {
        if (notice.kind !== "output") continue;
        const { output } = notice;
        if (output.kind === "error") problem = reasonOf(output.error);
        else if (output.kind === "display") text = textIn(output.data[MIME]) ?? text;
      }
    };
    const network = { origins: [address.origin], packagePattern: "", versions: {} };
    const client = createKernelClient({
      host: parts.frames.host(() => network),
      compiler: parts.compiler,
      data: parts.data,
      files: noFiles,
      notify,
    });
    try {
      await client.run([{ cell: CELL, source: program(address) }]);
    } finally {
      client.close();
    }
    if (text === null) {
      throw new Error(`${address.href} could not be opened: ${problem ?? "nothing came back"}.`);
    }
    return text;
  };
}

/** The one cell that runs there. */
function program({ href }: URL): string {
  return `const answer = await fetch(${JSON.stringify(href)}, { credentials: "omit" });
if (!answer.ok) throw new Error("it answered " + answer.status);
const bytes = await answer.arrayBuffer();
let text;
try {
  text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
} catch {
  throw new Error("it is not UTF-8 text");
}
if (text.length > ${MOST}) throw new Error("it is larger than ${MOST / 1e6} MB");
display({ [Symbol.for("Jupyter.display")]: () => ({ "${MIME}": text }) });`;
}

/** A refused request says nothing but that it failed: what most often stands behind it is said here. */
function reasonOf({ name, message }: CellError): string {
  return name === "TypeError"
    ? "the host did not answer, sent us on to another one, or lets no other page read its files"
    : message;
}

function textIn(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

const noFiles: NotebookFiles = {
  read: () => Promise.resolve(null),
  write: () => Promise.reject(new Error("internal: no files behind a link")),
};
