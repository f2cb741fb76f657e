/** A matrix times a vector, which is bound by reading the matrix once. */
import { i32, type ModuleWriter } from "../../assembler/index.ts";
import type { Variant } from "../../variant.ts";
import { writeCombination } from "./combination.ts";
import { writeDots } from "./dots.ts";
import { writeRoutine } from "./routine.ts";
import { vectorParameters, type VectorProduct } from "./vector.ts";

export function writeVectorProduct(writer: ModuleWriter, variant: Variant): VectorProduct {
  const dots = writeDots(writer, variant);
  const combination = writeCombination(writer, variant);
  return writeRoutine(writer, "vectorProduct", vectorParameters, (f, args) => {
    f.if(
      i32.eq(args.column, 4),
      () => dots(f, args),
      () => combination(f, args),
    );
  });
}
