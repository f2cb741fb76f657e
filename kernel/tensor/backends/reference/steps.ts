/**
 * One-pass optimiser steps over dense parameters, as PyTorch computes them. The arithmetic runs in
 * double precision and is rounded where a value is stored. Arrays have one length.
 */
import type { AdamStep, SgdStep } from "../../backend.ts";
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
  const keep = step.first ? 0 : momentum;
  const take = step.first ? 1 : 1 - step.dampening;
  for (let i = 0; i < p.length; i++) {
    let g = gradient[i]! + weightDecay * p[i]!;
    if (velocity !== null) {
      const v = keep * velocity[i]! + take * g;
      velocity[i] = v;
      g = nesterov ? g + momentum * v : v;
    }
    p[i]! -= lr * g;
  }
}

/**
 * g ← g + λp;  m ← β₁m + (1 - β₁)g;  v ← β₂v + (1 - β₂)g²;
 * p ← p - η/(1 - β₁ᵗ) · m / (√v/√(1 - β₂ᵗ) + ε)   (Kingma and Ba, 2015)
 */
export function adamInto(
  p: TypedArray,
  gradient: TypedArray,
  first: TypedArray,
  second: TypedArray,
  { lr, beta1, beta2, eps, weightDecay, step }: AdamStep,
): void {
  const rate = lr / (1 - Math.pow(beta1, step));
  const scale = 1 / Math.sqrt(1 - Math.pow(beta2, step));
  for (let i = 0; i < p.length; i++) {
    const g = gradient[i]! + weightDecay * p[i]!;
    const m = beta1 * first[i]! + (1 - beta1) * g;
    const v = beta2 * second[i]! + (1 - beta2) * g * g;
    first[i] = m;
    second[i] = v;
    p[i]! -= (rate * m) / (Math.sqrt(v) * scale + eps);
  }
}
