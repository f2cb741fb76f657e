/** Which instructions the machine has, and how kernels multiply and add with them. */
import { f32x4, f64x2, ModuleWriter, relaxed, v128, type V128 } from "./assembler/index.ts";

export type VariantName = "plain" | "relaxed";

export interface Variant {
  readonly name: VariantName;
  /** `x y + z`. */
  madd(x: V128, y: V128, z: V128): V128;
  /** As `madd`, of two f64. */
  madd64(x: V128, y: V128, z: V128): V128;
  /** `z - x y`. */
  nmadd(x: V128, y: V128, z: V128): V128;
  /** `a` where `mask`, a comparison's result, is true, else `b`. */
  choose(a: V128, b: V128, mask: V128): V128;
}

export const variants: Readonly<Record<VariantName, Variant>> = {
  // Rounded twice, as every machine does it: the same bits everywhere.
  plain: {
    name: "plain",
    madd: (x, y, z) => f32x4.add(f32x4.mul(x, y), z),
    madd64: (x, y, z) => f64x2.add(f64x2.mul(x, y), z),
    nmadd: (x, y, z) => f32x4.sub(z, f32x4.mul(x, y)),
    choose: v128.bitselect,
  },
  // Rounded once where the machine has a fused instruction: twice as fast, last bits may differ.
  relaxed: { name: "relaxed", ...relaxed, choose: relaxed.laneSelect },
};

/** Whether this machine runs a variant: Node 20 has no relaxed SIMD, and old browsers no SIMD. */
export function runs({ madd }: Variant): boolean {
  const writer = new ModuleWriter();
  const x = f32x4.splat(1);
  writer.function("probe", {}, (f) => f.return(madd(x, x, x)), "v128");
  return WebAssembly.validate(writer.encode(false));
}
