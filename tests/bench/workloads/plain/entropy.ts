/** Softmax cross entropy in plain JavaScript. */

/**
 * Mean loss of `logits [rows, classes]`; writes its slope over them. Indices stay below the sizes.
 */
export function crossEntropy(
  logits: Float32Array,
  labels: Int32Array,
  rows: number,
  classes: number,
): number {
  let loss = 0;
  for (let r = 0; r < rows; r++) {
    const at = r * classes;
    let largest = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < classes; c++) largest = Math.max(largest, logits[at + c]!);
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += Math.exp(logits[at + c]! - largest);
    const label = at + labels[r]!;
    loss += Math.log(sum) + largest - logits[label]!;
    for (let c = 0; c < classes; c++)
      logits[at + c] = Math.exp(logits[at + c]! - largest) / sum / rows;
    logits[label]! -= 1 / rows;
  }
  return loss / rows;
}
