/** Tensors by name, as files hold them. */
import { isTensor } from "../autograd/apply.ts";
import { DTypeError, kindOf } from "../errors.ts";
import type { Tensor } from "../tensor.ts";

/** The entries of a record of tensors. @throws TypeError for anything else in it, or in its place. */
export function tensorsOf(
  op: string,
  tensors: Readonly<Record<string, Tensor>>,
): readonly [string, Tensor][] {
  const isRecord = typeof tensors === "object" && (tensors as unknown) !== null;
  if (!isRecord || isTensor(tensors) || Array.isArray(tensors))
    throw new DTypeError(
      `${op}: ${isTensor(tensors) ? "a tensor" : kindOf(tensors)} - wanted tensors by name, as { x, y }`,
    );
  return Object.entries(tensors).map(([name, tensor]: [string, unknown]) => {
    if (!isTensor(tensor))
      throw new DTypeError(`${op}: "${name}" is ${kindOf(tensor)} - wanted a tensor`);
    return [name, tensor];
  });
}
