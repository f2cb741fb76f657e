/** The files of the open notebook: what its cells can read, and what they have saved. */
import { useCallback, useEffect, useState } from "react";
import { formatBytes } from "../outputs/file-size.ts";
import { attachAll } from "./attached-files.ts";
import { keepFocusInDialog, QuestionDialog } from "./dialog.tsx";
import { NoticeLine } from "./notices.tsx";
import { pickFiles } from "./pick-files.ts";
import { useNotebook, useSession } from "./session-context.ts";

interface Entry {
  readonly name: string;
  readonly sizeBytes: number;
}

export function FilesDialog({ onClose }: { readonly onClose: () => void }) {
  const session = useSession();
  const readOnly = useNotebook((state) => state.readOnly);
  const [entries, setEntries] = useState<readonly Entry[]>([]);
  const [problem, setProblem] = useState<string | null>(null);

  /** Does something to the files, and shows what there is then. */
  const act = useCallback(
    (work: Promise<unknown>) => {
      work
        .then(() => session.files.list())
        .then(setEntries, (error: unknown) =>
          setProblem(error instanceof Error ? error.message : String(error)),
        );
    },
    [session],
  );
  useEffect(() => act(Promise.resolve()), [act]);

  return (
    <QuestionDialog title="Files of this notebook" onClose={onClose}>
      {problem !== null && <NoticeLine kind="error">{problem}</NoticeLine>}
      <p className="hint">
        They are kept in this browser, for the cells of this notebook. Files can also be dropped on
        the page.
      </p>
      <ul className="rows">
        {entries.map(({ name, sizeBytes }) => (
          <li key={name}>
            <span>
              {name} <span className="hint">{formatBytes(sizeBytes)}</span>
              <code>{readingOf(name)}</code>
            </span>
            <button
              type="button"
              className="quiet"
              aria-label={`Download ${name}`}
              onClick={() => session.downloadFile(name)}
            >
              Download
            </button>
            <button
              type="button"
              className="quiet"
              disabled={readOnly}
              aria-label={`Delete ${name}`}
              onClick={({ currentTarget }) => {
                keepFocusInDialog(currentTarget);
                act(session.files.remove(name));
              }}
            >
              Delete
            </button>
          </li>
        ))}
      </ul>
      <button
        type="button"
        className="button"
        disabled={readOnly}
        onClick={() => pickFiles("", (files) => act(attachAll(session.files, files)))}
      >
        Add files …
      </button>
    </QuestionDialog>
  );
}

/** What a cell writes to have the file. */
function readingOf(name: string): string {
  const [, ending = ""] = /\.([a-z]+)$/i.exec(name.toLowerCase()) ?? [];
  const quoted = JSON.stringify(name);
  if (["csv", "json", "npy"].includes(ending)) return `await files.${ending}(${quoted})`;
  if (["npz", "safetensors"].includes(ending)) return `await load(${quoted})`;
  const isText = ["txt", "md", "tsv"].includes(ending);
  return `await files.${isText ? "text" : "bytes"}(${quoted})`;
}
