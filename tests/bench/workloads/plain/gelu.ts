/** gelu by its tanh formula, x σ(2u) with u = √(2/π) (x + 0.044715 x³), in plain loops. */

const bend = 0.044715;
const root = Math.sqrt(2 / Math.PI);

const gate = (v: number): number => 1 / (1 + Math.exp(-2 * root * (v + bend * v * v * v)));

/** `y = gelu(x)`; all arrays have one length. */
export function geluInto(y: Float32Array, x: Float32Array): void {
  for (let i = 0; i < x.length; i++) y[i] = x[i]! * gate(x[i]!);
}

/** `dx = dy gelu'(x)`; `dx` may be `dy`. */
export function geluSlopeInto(dx: Float32Array, dy: Float32Array, x: Float32Array): void {
  for (let i = 0; i < x.length; i++) {
    const v = x[i]!;
    const s = gate(v);
    dx[i] = dy[i]! * (s + v * s * (1 - s) * 2 * root * (1 + 3 * bend * v * v));
  }
}
