/** Which backend computes. There is one for the whole engine; tensors of two cannot be mixed. */
import type { Backend } from "../backend.ts";
import { reference } from "./reference.ts";

/** Asked at every op, so that a choice made at start-up reaches all of them. */
export function backend(): Backend {
  return reference;
}
