/** What the page asks a worker that holds one engine and one workload, and what it answers. */
import type { ProfileRow } from "./profile.ts";

export type Question =
  /** Builds the workload; answers with what computes it. */
  | { readonly ask: "make"; readonly workload: string }
  /** The first steps, one by one. */
  | { readonly ask: "begin"; readonly steps: number }
  /** So many steps in one go, after `lead` that are not timed; answers with the milliseconds of one. */
  | { readonly ask: "time"; readonly lead: number; readonly steps: number }
  /** So many steps, and where the time went; only of an engine opened with `profile=yes`. */
  | { readonly ask: "profile"; readonly steps: number };

export interface Begun {
  /** Milliseconds of the first step: what a person waits after Run. */
  readonly first: number;
  /** What was observed after each step. */
  readonly seen: readonly (readonly number[])[];
}

export interface Made {
  /** Backend and variant, or null where the engine has no version of this workload. */
  readonly device: string | null;
  /** Why there is none. */
  readonly missing: string;
}

/** What one step took, and what of it which op. */
export interface Profiled {
  readonly ms: number;
  readonly rows: readonly ProfileRow[];
}

export type Answer<Q extends Question> = {
  readonly make: Made;
  readonly begin: Begun;
  readonly time: number;
  readonly profile: Profiled;
}[Q["ask"]];

/** Questions are numbered; an error is told by its text. */
export interface Asked {
  readonly id: number;
  readonly question: Question;
}

export interface Answered {
  readonly id: number;
  readonly answer?: Answer<Question>;
  readonly error?: string;
}
