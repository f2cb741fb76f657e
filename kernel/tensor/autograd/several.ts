/**
 * Results that come in several: ops whose slopes are needed together. The tape knows ops with one
 * result, so each result is recorded as coming from one shared node through a token; by the time the
 * walk reaches that node, every slope that will arrive has arrived.
 */
import { apply, wrap } from "./apply.ts";
import { backend } from "../backends/current.ts";
import { table } from "../ops/table.ts";
import { fullView, sizeAt, sizeOf } from "../shape.ts";
import { FunctionNode, isRecording } from "./tape.ts";
import type { Tensor } from "../tensor.ts";
import type { View } from "../view.ts";

/** Slopes of the results, null where none arrived, to slopes of the inputs. */
export type SeveralSlopes = (slopes: readonly (Tensor | null)[]) => readonly (Tensor | null)[];

/** Records that `outputs`, fresh and without history, were computed from `inputs` in one go. */
export function recordSeveral(
  op: string,
  inputs: readonly Tensor[],
  outputs: readonly Tensor[],
  slopesOf: SeveralSlopes,
): void {
  const arrived: (Tensor | null)[] = outputs.map(() => null);
  const nothing = wrap(fullView(backend().allocate("f32", 1), []));
  const token = nothing.detach();
  token.attach(
    new FunctionNode(op, inputs, () => {
      const slopes = [...arrived];
      // A retained graph may be walked again.
      arrived.fill(null);
      return slopesOf(slopes);
    }),
  );
  outputs.forEach((output, i) =>
    output.attach(
      new FunctionNode(op, [token], (slope) => {
        arrived[i] = slope;
        return [nothing];
      }),
    ),
  );
}

/**
 * `x` cut along `dim` into views of these sizes, which must add up. Their slopes are joined once,
 * where separate slices would each add a whole tensor of zeros.
 */
export function pieces(x: Tensor, dim: number, sizes: readonly number[]): Tensor[] {
  const stride = sizeAt(x.strides, dim);
  let start = 0;
  const outputs = sizes.map((size) => {
    const shape = x.shape.map((n, i) => (i === dim ? size : n));
    const offset = x.offset + (size === 0 ? 0 : start * stride);
    start += size;
    return wrap({ storage: x.storage, shape, strides: x.strides, offset });
  });
  if (isRecording() && x.requiresGrad)
    recordSeveral("split", [x], outputs, (slopes) => [
      apply(
        table.cat,
        outputs.map((output, i) => slopes[i] ?? zerosLike(output)),
        { dim },
      ),
    ]);
  return outputs;
}

function zerosLike({ storage, shape }: View): Tensor {
  return wrap(fullView(backend().allocate(storage.dtype, sizeOf(shape)), shape));
}
