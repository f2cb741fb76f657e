/** Two operands, element by element. */
import { f32x4, type Local, type ModuleWriter, type V128 } from "../assembler/index.ts";
import type { Variant } from "../variant.ts";
import { writeBinary } from "./elementwise.ts";

const forms: Readonly<Record<string, (a: Local<"v128">, b: Local<"v128">) => V128>> = {
  add: f32x4.add,
  sub: f32x4.sub,
  mul: f32x4.mul,
  div: f32x4.div,
  maximum: f32x4.max,
  minimum: f32x4.min,
};

/** Those that have a kernel, by its name. */
export const arithmeticNames = Object.keys(forms);

export function writeArithmetic(writer: ModuleWriter, variant: Variant): void {
  for (const [name, form] of Object.entries(forms))
    writeBinary(writer, variant, name, true, (_, a, b) => form(a, b));
}
