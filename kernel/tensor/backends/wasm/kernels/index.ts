/** All kernels, in one module. */
import type { ModuleWriter } from "../assembler/index.ts";
import type { Variant } from "../variant.ts";
import { writeArithmetic } from "./arithmetic.ts";

export function writeKernels(writer: ModuleWriter, _variant: Variant): void {
  writeArithmetic(writer);
}
