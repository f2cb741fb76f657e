/** What the page needs from behind it: stored notebooks, lessons, kernels. Made once, by `main.tsx`. */
import type { Taken } from "../lessons/go-on.ts";
import type { NotebookSession } from "./notebook-session.ts";
import type { Route } from "./route.ts";

export interface LessonEntry {
  readonly slug: string;
  readonly title: string;
  readonly question: string | null;
  readonly minutes: number | null;
  /** Its number in the course; examples come behind from 101, what is looked up from 201. */
  readonly order: number | null;
  /** The lessons to have done before, by their numbers. */
  readonly needs: readonly number[];
}

/** An open lesson among the others. */
export interface LessonPlace {
  readonly slug: string;
  readonly before: LessonEntry | null;
  readonly next: LessonEntry | null;
}

export interface SavedEntry {
  readonly id: string;
  readonly title: string;
  readonly savedMs: number;
}

export interface OpenNotebook {
  readonly session: NotebookSession;
  /** Saves what is unsaved, ends the kernel, gives the notebook up to other tabs. */
  close(): void;
}

/** Why a notebook did not open, in a sentence, and what could be read of it, as text. */
export interface OpeningFailure {
  readonly reason: string;
  readonly salvage?: string;
}

/** Every promise rejects with an error whose message is a sentence for the reader. */
export interface Workplace {
  readonly lessons: readonly LessonEntry[];
  /** The reader's notebooks, the latest first; copies of lessons are not among them. */
  listSaved(): Promise<readonly SavedEntry[]>;
  /** The lessons that the reader has opened, by slug. */
  listTaken(): Promise<ReadonlyMap<string, Taken>>;
  remove(id: string): Promise<void>;
  open(route: Route & { readonly page: "lesson" | "notebook" }): Promise<OpenNotebook>;
  explain(error: unknown): OpeningFailure;
  /** Makes an empty notebook; resolves to its id. */
  create(): Promise<string>;
  /** Reads an `.ipynb` or percent `.ts`, keeps it as a notebook of its own; resolves to its id. */
  importFile(file: File): Promise<string>;
  /** The same with what an address answers. */
  importLink(address: string): Promise<string>;
}
