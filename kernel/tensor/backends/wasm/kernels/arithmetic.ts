/** Two operands, element by element. */
import {
  f32,
  f32x4,
  i32,
  Local,
  type ModuleWriter,
  v128,
  type V128,
  Value,
} from "../assembler/index.ts";

interface Form {
  readonly four: (a: V128, b: V128) => V128;
  readonly one: (a: Value<"f32">, b: Value<"f32">) => Value<"f32">;
}

export const arithmeticForms = {
  add: { four: f32x4.add, one: f32.add },
  sub: { four: f32x4.sub, one: f32.sub },
  mul: { four: f32x4.mul, one: f32.mul },
  div: { four: f32x4.div, one: f32.div },
} satisfies Record<string, Form>;

/** `out[i] = a[i] op b[i]` for `n` f32. */
export function writeArithmetic(writer: ModuleWriter): void {
  for (const [name, { four, one }] of Object.entries(arithmeticForms)) {
    writer.function(name, { a: "i32", b: "i32", out: "i32", n: "i32" }, (f, { a, b, out, n }) => {
      const i = f.local("i32");
      const bytes = f.local(i32.shl(n, 2));
      const whole = f.local(i32.and(bytes, -64));
      const at = (base: Local<"i32">) => i32.add(base, i);
      f.upTo(i, whole, 64, () => {
        for (const offset of [0, 16, 32, 48])
          f.emit(
            v128.store(at(out), four(v128.load(at(a), offset), v128.load(at(b), offset)), offset),
          );
      });
      f.upTo(i, bytes, 4, () => f.emit(f32.store(at(out), one(f32.load(at(a)), f32.load(at(b))))));
    });
  }
}
