/** The page's workplace in a browser: notebooks in its storage, lessons from the catalogue, files. */
import type { KernelClient, Notice } from "../../kernel/hosts/notices.ts";
import type { NetworkAccess, NotebookFiles } from "../../kernel/hosts/host.ts";
import type { CellId, KnobValue } from "../../kernel/protocol.ts";
import type { Past } from "../../kernel/training.ts";
import { printIpynb } from "../formats/ipynb.ts";
import { browserClipboard } from "./cell-clipboard.ts";
import { isReference, neighboursOf } from "../lessons/course.ts";
import type { Taken } from "../lessons/go-on.ts";
import { findLesson, type Lesson, lessonOf, newerLesson, openLesson } from "../lessons/lesson.ts";
import { newNotebook, type Notebook, titleOf } from "../notebook/document.ts";
import { noLearning } from "../notebook/learning.ts";
import { packagePatternOf, versionsOf } from "../notebook/packages.ts";
import { noPermissions, ownPermissions, type Permissions } from "../notebook/permissions.ts";
import { isStudentCopy, studentCopy } from "../notebook/student-copy.ts";
import { pastOf } from "../notebook/training-runs.ts";
import { askToPersist } from "../storage/database.ts";
import { filesOf } from "../storage/files.ts";
import {
  deleteNotebook,
  listNotebooks,
  loadNotebook,
  newNotebookId,
  type SavedNotebook,
  saveNotebook,
} from "../storage/notebooks.ts";
import { StorageError } from "../storage/storage-error.ts";
import { cellsToOpenWith } from "../notebook/roles.ts";
import { download, fileNameOf } from "./download.ts";
import { editorIfLoaded } from "./editor-module.ts";
import { keep, type Keeping, progressIn, resultsOf, savedOf, stateOf } from "./kept-notebook.ts";
import { createNotebookSession } from "./notebook-session.ts";
import { printRoute } from "./route.ts";
import type { NotebookState } from "./store.ts";
import type { LessonPlace, OpenNotebook, Workplace } from "./workplace.ts";

export interface WorkplaceParts {
  readonly lessons: readonly Lesson[];
  readonly openKernel: (wanted: {
    readonly notify: (notices: readonly Notice[]) => Promise<void>;
    readonly files: NotebookFiles;
    readonly knobs: Readonly<Record<string, KnobValue>>;
    readonly past: (cell: CellId) => Past;
    /** Asked at each start of a kernel. */
    readonly network: () => NetworkAccess;
  }) => KernelClient;
  /** Fetches data sets that these texts of cells load, and code for their outputs: both are there without a connection. */
  readonly fetchAhead: (sources: readonly string[]) => void;
  /** Where packages come from, unless a notebook says otherwise. */
  readonly packagePattern: string;
  /** What an address answers, asked for where neither the page nor its storage can be reached. */
  readonly fetchText: (address: URL) => Promise<string>;
}

/** The id of the learner's copy: the same lesson opens the same copy again. */
function copyId({ slug }: Lesson): string {
  return `lesson-${slug}`;
}

/** The id of the copy of a newer version, which stands beside the first. */
function newerId({ slug, version }: Lesson): string {
  return `lesson-${slug}-${version}`;
}

export function createBrowserWorkplace(parts: WorkplaceParts): Workplace {
  const { lessons, openKernel } = parts;
  /** Notebooks that storage has refused: they live as long as the page. */
  const unsaved = new Map<string, SavedNotebook>();

  async function add(
    id: string,
    notebook: Notebook,
    permissions: Permissions,
    results: SavedNotebook["results"] = new Map(),
  ): Promise<SavedNotebook> {
    const saved: SavedNotebook = {
      id,
      notebook,
      results,
      knobs: {},
      permissions,
      runs: { runs: [], next: 1 },
      learning: noLearning,
    };
    try {
      await saveNotebook(saved);
    } catch {
      // Opened all the same: its own autosave fails too, says why, and offers the download.
      unsaved.set(id, saved);
    }
    return saved;
  }

  async function load(id: string): Promise<SavedNotebook> {
    const lesson = lessons.find((each) => newerId(each) === id);
    if (lesson) return loadLesson(id, lesson);
    const saved = unsaved.get(id) ?? (await loadNotebook(id));
    if (!saved)
      throw new Error("There is no such notebook in this browser. It may have been deleted.");
    return saved;
  }

  /** The learner's copy, made at the first opening; even where this browser keeps nothing. */
  async function loadLesson(id: string, lesson: Lesson): Promise<SavedNotebook> {
    const known = unsaved.get(id) ?? (await loadNotebook(id).catch(absentUnlessCorrupt));
    return known ?? add(id, await openLesson(lesson), ownPermissions);
  }

  function start(saved: SavedNotebook): OpenNotebook {
    const { id } = saved;
    const copied = lessons.find((lesson) => copyId(lesson) === id || newerId(lesson) === id);
    const newer = copied && id === copyId(copied) ? newerLesson(lessons, saved.notebook) : null;
    const lesson = lessonIn(saved.notebook);
    const isForStudents = lesson !== null || isStudentCopy(saved.notebook);
    const { place } = saved.learning;
    const isBegun = place !== null && place !== saved.notebook.cells[0]?.id;
    const files = filesOf(id);
    const holder: { keeping?: Keeping } = {};
    const session = createNotebookSession({
      state: {
        ...stateOf(saved),
        newer: newer && printRoute({ page: "notebook", id: newerId(newer) }),
        lesson: lesson && placeOf(lesson),
        viewpoint: isForStudents ? "student" : "author",
        resume: isForStudents && isBegun && !isReference(lesson ?? { order: null }) ? place : null,
      },
      openKernel: (notify, get) => {
        const network = () => networkOf(get(), parts.packagePattern);
        const past = (cell: CellId) => pastOf(get().runs, cell);
        return openKernel({ notify, files, knobs: saved.knobs, network, past });
      },
      saveFile: (state) =>
        download(
          `${fileNameOf(titleOf(state.notebook))}.ipynb`,
          printIpynb(state.notebook, resultsOf(state)),
          "application/x-ipynb+json",
        ),
      saveText: ({ notebook }, text, ending) =>
        download(
          `${fileNameOf(titleOf(notebook))}-runs.${ending}`,
          text,
          ending === "csv" ? "text/csv" : "application/json",
        ),
      saveStudentCopy: ({ notebook }) =>
        download(
          `${fileNameOf(titleOf(notebook))}-student.ipynb`,
          printIpynb(studentCopy(notebook)),
          "application/x-ipynb+json",
        ),
      original: () => (lesson === null ? Promise.resolve(null) : openLesson(lesson)),
      keepAside: (state) => {
        const title = `${titleOf(state.notebook)} (kept ${dateWords(new Date())})`;
        const notebook = { ...state.notebook, metadata: { ...state.notebook.metadata, title } };
        const kept = savedOf(newNotebookId(), { ...state, notebook });
        return saveNotebook(kept, progressIn(state));
      },
      takeOver: () => holder.keeping?.takeOver(),
      files,
      clipboard: browserClipboard,
      usualPackages: parts.packagePattern,
      downloadFile: async (name) => {
        const bytes = await files.read(name);
        if (!bytes)
          throw new Error(`The file "${name}" is no longer in this notebook: run its cell again.`);
        download(name, bytes.slice(), "application/octet-stream");
      },
    });
    holder.keeping = keep(id, session);
    parts.fetchAhead(saved.notebook.cells.map(({ source }) => source));
    // A copy made by this page, edited by this reader alone: as trusted as the page itself.
    if (copied) session.runOnOpening(cellsToOpenWith(saved.notebook.cells));
    return {
      session,
      close: () => {
        const state = session.store.getState();
        if (state.save.kind === "failed") unsaved.set(id, savedOf(id, state));
        else unsaved.delete(id);
        holder.keeping?.stop();
        session.close();
        editorIfLoaded()?.disposeModels();
      },
    };
  }

  /** The lesson of the catalogue that a notebook is a copy of, or says that it is. */
  function lessonIn(notebook: Notebook): Lesson | null {
    const slug = lessonOf(notebook)?.slug;
    return lessons.find((lesson) => lesson.slug === slug) ?? null;
  }

  function placeOf(lesson: Lesson): LessonPlace {
    return { slug: lesson.slug, ...neighboursOf(lessons, lesson) };
  }

  async function importText(name: string, text: string): Promise<string> {
    const { readNotebook } = await import("./notebook-file.ts");
    const id = newNotebookId();
    const { notebook, results } = readNotebook(name, text);
    await add(id, notebook, noPermissions, results);
    void askToPersist();
    return id;
  }

  return {
    lessons,
    listTaken: async () => {
      const slugs = new Map(lessons.map((lesson) => [copyId(lesson), lesson.slug]));
      return new Map(
        (await listNotebooks()).flatMap(({ id, savedMs, progress = null }): [string, Taken][] => {
          const slug = slugs.get(id);
          return slug === undefined ? [] : [[slug, { savedMs, progress }]];
        }),
      );
    },
    listSaved: async () => {
      const copies = new Set(lessons.map(copyId));
      return (await listNotebooks()).filter(({ id }) => !copies.has(id));
    },
    remove: deleteNotebook,
    open: async (route) => {
      if (route.page === "notebook") return start(await load(route.id));
      const lesson = findLesson(lessons, route.lesson);
      if (!lesson) throw new Error(`There is no lesson "${route.lesson}".`);
      return start(await loadLesson(copyId(lesson), lesson));
    },
    explain: (error) => ({
      reason: error instanceof Error ? error.message : String(error),
      ...(error instanceof StorageError && error.salvage !== undefined
        ? { salvage: error.salvage }
        : {}),
    }),
    create: async () => {
      const id = newNotebookId();
      await add(id, newNotebook(), ownPermissions);
      void askToPersist();
      return id;
    },
    importFile: async (file) => {
      const { textOf } = await import("./notebook-file.ts");
      return importText(file.name, await textOf(file));
    },
    importLink: async (address) => {
      const { readLink } = await import("./remote-notebook.ts");
      const { name, text } = await readLink(address, parts.fetchText);
      return importText(name, text);
    },
  };
}

function networkOf({ notebook, permissions }: NotebookState, usual: string): NetworkAccess {
  return {
    origins: permissions.origins,
    packagePattern: packagePatternOf(notebook.metadata) ?? usual,
    versions: versionsOf(notebook.metadata),
  };
}

/** A browser that keeps nothing has no copy; a copy that cannot be read is not written over. */
function absentUnlessCorrupt(error: unknown): null {
  if (error instanceof StorageError && error.reason === "unavailable") return null;
  throw error;
}

/** "23 November": which of several copies it is, without a clock to read. */
function dateWords(date: Date): string {
  return date.toLocaleDateString("en-GB", { day: "numeric", month: "long" });
}
