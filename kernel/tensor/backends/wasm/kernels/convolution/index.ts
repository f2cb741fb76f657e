/**
 * Convolution in its three directions, each a matrix product with the patches of an image (Chetlur et
 * al., "cuDNN: Efficient Primitives for Deep Learning", 2014: the matrix of all patches is never
 * written, only the part of it that is multiplied next).
 */
import type { ModuleWriter } from "../../assembler/index.ts";
import type { Variant } from "../../variant.ts";
import type { Multiplication } from "../matmul/index.ts";
import { writeFilterReverse } from "./filter.ts";
import { writeForward } from "./forward.ts";
import { writeImageCopy } from "./image.ts";
import { writeInputReverse } from "./input.ts";
import { writeSingleFilter, writeSingleReverse } from "./single.ts";

export function writeConvolutions(
  writer: ModuleWriter,
  variant: Variant,
  multiplication: Multiplication,
): void {
  const pad = writeImageCopy(writer, "pad");
  writeForward(writer, multiplication, pad, writeSingleFilter(writer, variant));
  writeFilterReverse(writer, multiplication, pad, writeSingleReverse(writer, variant));
  writeInputReverse(writer, multiplication.product, writeImageCopy(writer, "crop"));
}
