/** Which backend computes. There is one for the whole engine; tensors of two cannot be mixed. */
import type { Backend } from "../backend.ts";
import { reference } from "./reference.ts";

let current: Backend = reference;

/** Asked at every op, so that a choice made at start-up reaches all of them. */
export function backend(): Backend {
  return current;
}

/** Chosen before the first tensor is made, and later only for one whose storages are the same. */
export function setBackend(chosen: Backend): void {
  current = chosen;
}
