/** All kernels, in one module. */
import type { ModuleWriter } from "../assembler/index.ts";
import type { Variant } from "../variant.ts";
import { writeArithmetic } from "./arithmetic.ts";
import { writeAttention } from "./attention.ts";
import { writeAveragePool } from "./average-pool.ts";
import { writeBatchNorm } from "./batch-norm.ts";
import { writeColumnSums } from "./column-sums.ts";
import { writeConvolutions } from "./convolution/index.ts";
import { writeComparisons, writeWhere } from "./compare.ts";
import { writeCopies } from "./copy.ts";
import { writeExtremes } from "./extremes.ts";
import { writeIndexing } from "./indexing.ts";
import { writeLayerNorm } from "./layer-norm.ts";
import { writeMatmul } from "./matmul/index.ts";
import { writeMaxPool } from "./max-pool.ts";
import { writeRowSums } from "./row-sums.ts";
import { writeSteps } from "./steps.ts";
import { writeSlopes } from "./slopes.ts";
import { writeSoftmax } from "./softmax.ts";
import { writeUnaries } from "./unary.ts";

export function writeKernels(writer: ModuleWriter, variant: Variant): void {
  writeArithmetic(writer, variant);
  writeComparisons(writer);
  writeWhere(writer);
  writeCopies(writer);
  writeUnaries(writer, variant);
  writeSlopes(writer, variant);
  writeRowSums(writer);
  writeColumnSums(writer);
  writeExtremes(writer);
  const softmaxRows = writeSoftmax(writer, variant);
  const multiplication = writeMatmul(writer, variant);
  writeConvolutions(writer, variant, multiplication);
  writeMaxPool(writer);
  writeAveragePool(writer);
  writeSteps(writer, variant);
  writeIndexing(writer);
  writeLayerNorm(writer, variant);
  writeBatchNorm(writer, variant);
  writeAttention(writer, variant, multiplication.product, softmaxRows);
}
