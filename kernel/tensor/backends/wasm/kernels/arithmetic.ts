/** Two operands, element by element. */
import { f32x4, type Local, type ModuleWriter, type V128 } from "../assembler/index.ts";
import type { Variant } from "../variant.ts";
import { writeBinary } from "./elementwise.ts";
import { pow } from "./power.ts";
import type { VectorMath } from "./vector-math.ts";

type Form = (a: Local<"v128">, b: Local<"v128">, math: VectorMath) => V128;

const short: Readonly<Record<string, Form>> = {
  add: f32x4.add,
  sub: f32x4.sub,
  mul: f32x4.mul,
  div: f32x4.div,
  maximum: f32x4.max,
  minimum: f32x4.min,
};

const long: Readonly<Record<string, Form>> = { pow: (x, y, math) => pow(math, x, y) };

/** Those that have a kernel, by its name. */
export const arithmeticNames = [...Object.keys(short), ...Object.keys(long)];

export function writeArithmetic(writer: ModuleWriter, variant: Variant): void {
  for (const forms of [short, long])
    for (const [name, form] of Object.entries(forms))
      writeBinary(writer, variant, name, forms === short, (math, a, b) => form(a, b, math));
}
