/** The page's workplace in a browser: notebooks in its storage, lessons from the catalogue, files. */
import type { KernelClient, Notice } from "../../kernel/hosts/notices.ts";
import type { NotebookFiles } from "../../kernel/hosts/host.ts";
import { parseIpynb, printIpynb } from "../formats/ipynb.ts";
import { parsePercent } from "../formats/percent.ts";
import { findLesson, type Lesson, openLesson } from "../lessons/lesson.ts";
import { newNotebook, type Notebook, titleOf } from "../notebook/document.ts";
import { filesOf } from "../storage/files.ts";
import {
  deleteNotebook,
  listNotebooks,
  loadNotebook,
  newNotebookId,
  type SavedNotebook,
  saveNotebook,
} from "../storage/notebooks.ts";
import { cellsToOpenWith } from "./cell-roles.ts";
import { download, fileNameOf } from "./download.ts";
import { editorIfLoaded } from "./editor-module.ts";
import { keep, type Keeping, resultsOf, stateOf } from "./kept-notebook.ts";
import { createNotebookSession } from "./notebook-session.ts";
import type { OpenNotebook, Workplace } from "./workplace.ts";

export interface WorkplaceParts {
  readonly lessons: readonly Lesson[];
  readonly openKernel: (wanted: {
    readonly notify: (notices: readonly Notice[]) => Promise<void>;
    readonly files: NotebookFiles;
    readonly knobs: Readonly<Record<string, number>>;
  }) => KernelClient;
}

/** Ids of learners' copies: the same lesson opens the same copy again. */
const LESSON = "lesson-";

export function createBrowserWorkplace({ lessons, openKernel }: WorkplaceParts): Workplace {
  /** Notebooks made in this page that storage has refused so far: they open all the same. */
  const unsaved = new Map<string, SavedNotebook>();

  async function add(
    id: string,
    notebook: Notebook,
    results: SavedNotebook["results"] = new Map(),
  ): Promise<void> {
    const saved: SavedNotebook = { id, notebook, results, knobs: {} };
    try {
      await saveNotebook(saved);
    } catch {
      // Opened all the same: its own autosave fails too, says why, and offers the download.
      unsaved.set(id, saved);
    }
  }

  async function load(id: string): Promise<SavedNotebook> {
    const held = unsaved.get(id);
    if (held) return held;
    const saved = await loadNotebook(id);
    if (!saved)
      throw new Error("There is no such notebook in this browser. It may have been deleted.");
    return saved;
  }

  /** The learner's copy, made at the first opening. */
  async function loadLesson(lesson: Lesson): Promise<SavedNotebook> {
    const id = `${LESSON}${lesson.slug}`;
    const known = unsaved.get(id) ?? (await loadNotebook(id).catch(() => null));
    if (known) return known;
    await add(id, openLesson(lesson));
    return load(id);
  }

  function start(saved: SavedNotebook): OpenNotebook {
    const { id } = saved;
    const files = filesOf(id);
    const holder: { keeping?: Keeping } = {};
    const session = createNotebookSession({
      state: stateOf(saved),
      openKernel: (notify) => openKernel({ notify, files, knobs: saved.knobs }),
      saveFile: (state) =>
        download(
          `${fileNameOf(titleOf(state.notebook))}.ipynb`,
          printIpynb(state.notebook, resultsOf(state)),
          "application/x-ipynb+json",
        ),
      takeOver: () => holder.keeping?.takeOver(),
      downloadFile: async (name) => {
        const bytes = await files.read(name);
        if (!bytes)
          throw new Error(`The file "${name}" is no longer in this notebook: run its cell again.`);
        download(name, bytes.slice(), "application/octet-stream");
      },
    });
    holder.keeping = keep(id, session);
    session.warmUp();
    return {
      session,
      close: () => {
        holder.keeping?.stop();
        session.close();
        editorIfLoaded()?.disposeModels();
      },
    };
  }

  return {
    lessons,
    listSaved: async () => (await listNotebooks()).filter(({ id }) => !id.startsWith(LESSON)),
    remove: deleteNotebook,
    open: async (route) => {
      if (route.page === "notebook") return start(await load(route.id));
      const lesson = findLesson(lessons, route.lesson);
      if (!lesson) throw new Error(`There is no lesson "${route.lesson}".`);
      const opened = start(await loadLesson(lesson));
      // Made by us or edited by this reader alone, in both cases as trusted as the page itself.
      const { cells } = opened.session.store.getState().notebook;
      opened.session.runOnOpening(cellsToOpenWith(cells));
      return opened;
    },
    create: async () => {
      const id = newNotebookId();
      await add(id, newNotebook());
      return id;
    },
    importFile: async (file) => {
      const id = newNotebookId();
      const text = await file.text();
      const name = file.name.replace(/\.[^.]*$/, "");
      const { notebook, outputs } = readFile(file.name, text);
      await add(id, named(notebook, name), outputs);
      return id;
    },
  };
}

/** @throws FormatError whose message says what is wrong with the file */
function readFile(
  name: string,
  text: string,
): { readonly notebook: Notebook; readonly outputs?: SavedNotebook["results"] } {
  if (/\.ipynb$/i.test(name)) return parseIpynb(text);
  if (/\.ts$/i.test(name)) return parsePercent(text);
  throw new Error(`"${name}" is neither an .ipynb nor a .ts file, so it cannot be opened here.`);
}

function named(notebook: Notebook, name: string): Notebook {
  const { title } = notebook.metadata;
  if (typeof title === "string" && title !== "") return notebook;
  return { ...notebook, metadata: { ...notebook.metadata, title: name } };
}
