/**
 * One-pass optimiser steps over dense parameters, as PyTorch computes them. The arithmetic runs in
 * double precision and is rounded where a value is stored. Arrays have one length. In the formulas
 * p is the parameter, g its slope (its negative when the loss is to grow), η the learning rate and
 * λ the weight decay.
 */
import { pow } from "../../elementary/index.ts";
import type { AdagradStep, AdamStep, RmspropStep, SgdStep } from "../../backend.ts";
import type { TypedArray } from "../../dtype.ts";

/**
 * g ← g + λp;  v ← µv + (1 - τ)g, at the first step v ← g;  p ← p - η(g + µv) with Nesterov,
 * else p ← p - ηv.
 */
export function sgdInto(
  p: TypedArray,
  gradient: TypedArray,
  velocity: TypedArray | null,
  step: SgdStep,
): void {
  const { lr, momentum, nesterov, weightDecay } = step;
  const sign = step.maximize ? -1 : 1;
  const keep = step.first ? 0 : momentum;
  const take = step.first ? 1 : 1 - step.dampening;
  for (let i = 0; i < p.length; i++) {
    let g = sign * gradient[i]! + weightDecay * p[i]!;
    if (velocity !== null) {
      const v = keep * velocity[i]! + take * g;
      velocity[i] = v;
      g = nesterov ? g + momentum * v : v;
    }
    p[i]! -= lr * g;
  }
}

/**
 * g ← g + λp, or p ← p - ηλp where the decay is decoupled (Loshchilov and Hutter, 2019);
 * m ← β₁m + (1 - β₁)g;  v ← β₂v + (1 - β₂)g²;  with AMSGrad (Reddi et al., 2018) u ← max(u, v)
 * stands for v in  p ← p - η/(1 - β₁ᵗ) · m / (√v/√(1 - β₂ᵗ) + ε)   (Kingma and Ba, 2015)
 */
export function adamInto(
  p: TypedArray,
  gradient: TypedArray,
  first: TypedArray,
  second: TypedArray,
  largest: TypedArray | null,
  { lr, beta1, beta2, eps, weightDecay, step, decoupled, maximize }: AdamStep,
): void {
  const rate = lr / (1 - pow(beta1, step));
  const scale = 1 / Math.sqrt(1 - pow(beta2, step));
  const sign = maximize ? -1 : 1;
  const shrink = decoupled ? 1 - lr * weightDecay : 1;
  const decay = decoupled ? 0 : weightDecay;
  for (let i = 0; i < p.length; i++) {
    const g = sign * gradient[i]! + decay * p[i]!;
    const m = beta1 * first[i]! + (1 - beta1) * g;
    let v = beta2 * second[i]! + (1 - beta2) * g * g;
    first[i] = m;
    second[i] = v;
    if (largest !== null) {
      v = Math.max(largest[i]!, v);
      largest[i] = v;
    }
    p[i] = shrink * p[i]! - (rate * m) / (Math.sqrt(v) * scale + eps);
  }
}

/**
 * g ← g + λp;  s ← αs + (1 - α)g²;  centred: a ← αa + (1 - α)g and s - a² stands for s;
 * d = g / (√s + ε);  p ← p - ηd, with momentum v ← µv + d and p ← p - ηv.
 */
export function rmspropInto(
  p: TypedArray,
  gradient: TypedArray,
  square: TypedArray,
  mean: TypedArray | null,
  velocity: TypedArray | null,
  { lr, alpha, eps, weightDecay, momentum, maximize }: RmspropStep,
): void {
  const sign = maximize ? -1 : 1;
  for (let i = 0; i < p.length; i++) {
    const g = sign * gradient[i]! + weightDecay * p[i]!;
    let s = alpha * square[i]! + (1 - alpha) * g * g;
    square[i] = s;
    if (mean !== null) {
      const a = alpha * mean[i]! + (1 - alpha) * g;
      mean[i] = a;
      // A variance; rounding of what was stored can bring it below 0.
      s = Math.max(0, s - a * a);
    }
    let d = g / (Math.sqrt(s) + eps);
    if (velocity !== null) {
      d = momentum * velocity[i]! + d;
      velocity[i] = d;
    }
    p[i]! -= lr * d;
  }
}

/** g ← g + λp;  s ← s + g²;  p ← p - η/(1 + (t - 1)κ) · g / (√s + ε), κ the decay of the rate. */
export function adagradInto(
  p: TypedArray,
  gradient: TypedArray,
  sum: TypedArray,
  { lr, lrDecay, eps, weightDecay, step, maximize }: AdagradStep,
): void {
  const sign = maximize ? -1 : 1;
  const rate = lr / (1 + (step - 1) * lrDecay);
  for (let i = 0; i < p.length; i++) {
    const g = sign * gradient[i]! + weightDecay * p[i]!;
    const s = sum[i]! + g * g;
    sum[i] = s;
    p[i]! -= (rate * g) / (Math.sqrt(s) + eps);
  }
}
