/** The module of all kernels, written and compiled once for each set of instructions and kind of memory. */
import { ModuleWriter } from "./assembler/index.ts";
import { writeKernels } from "./kernels/index.ts";
import { type VariantName, variants } from "./variant.ts";

export interface KernelModule {
  /** What threads compile for themselves. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly module: WebAssembly.Module;
}

const known = new Map<string, KernelModule>();

export function kernelModule(variant: VariantName, isShared: boolean): KernelModule {
  const key = `${variant} ${isShared}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const writer = new ModuleWriter();
  writeKernels(writer, variants[variant]);
  const bytes = writer.encode(isShared);
  const made = { bytes, module: new WebAssembly.Module(bytes) };
  known.set(key, made);
  return made;
}
