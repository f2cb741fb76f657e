import { backend } from "../../../../kernel/tensor/backends/current.ts";
import { tensor, type Tensor } from "../../../../kernel/tensor/index.ts";
import type { Parting } from "../descent.ts";
import { transposed } from "../draw.ts";
import type { Kernel } from "../specs.ts";
import { type Maker, sample } from "../workload.ts";
import { matmulData } from "./data.ts";

const square = (values: Float32Array, n: number): Tensor => tensor(values).reshape([n, n]);

/** Through the public API; `part` is what becomes of the result. */
export const matmulWith =
  (part: Parting): Maker<"matmul"> =>
  ({ n }) => {
    const { a, b } = matmulData(n);
    const [x, y] = [square(a, n), square(b, n)];
    return {
      step: () => part(x.matmul(y)),
      observe: () => sample(x.matmul(y).data),
    };
  };

/** A factor that is `values` however it lies in memory: "t" is a transposed view of the transpose. */
function factor(values: Float32Array, n: number, letter: string | undefined): Tensor {
  return letter === "t" ? square(transposed(values, n, n), n).T : square(values, n);
}

/** The backend's kernel, without shape checks of the op and without a tape. */
export const kernel: Maker<"kernel"> = ({ n, transpose }: Kernel) => {
  const { a, b } = matmulData(n);
  const x = factor(a, n, transpose[0]);
  const y = factor(b, n, transpose[1]);
  return {
    // The kernel alone: what becomes of results that are dropped is the other rows' matter.
    step: () => backend().matmul(x, y).storage.release(),
    observe: () => sample(backend().matmul(x, y).storage.host()),
  };
};
