/** What a network's health says in sentences: what was seen, and what to do about it. */
import { SILENT_LOOKS } from "./activation-health.ts";
import type { Health, LayerHealth } from "./health.ts";
import { formatNumber } from "./numbers.ts";

/** Updates of about this share of the weights a step train well, as a rule. */
export const USUAL_RATIO = 1e-3;
/** A factor from the usual at which an update is worth a word. */
const FAR = 20;
/** Shares of units or values that are worth a word. */
const MANY_DEAD = 0.1;
const MANY_FLAT = 0.3;
/** Slopes of the first and last layers that differ by more are worth a word. */
const STEEP = 1000;
/** Looks before anything is said about updates: first steps are often large. */
const PATIENCE = 5;

/** The most important first; a sentence of calm when there is nothing to tell. */
export function healthNotes(health: Health): readonly string[] {
  const layers = health.layers.filter(({ looks }) => looks.length > 0);
  if (layers.length === 0) return [];
  const notes = [
    ...notNumbers(layers),
    ...deadUnits(health),
    ...flatValues(health),
    ...flow(layers),
    ...updates(layers),
  ];
  const isEarly = layers.every(({ looks }) => looks.length < PATIENCE);
  if (notes.length > 0 || isEarly) return notes;
  return ["Nothing stands out: slopes reach every layer, and updates are of a usual size."];
}

function notNumbers(layers: readonly LayerHealth[]): readonly string[] {
  return layers.flatMap(({ name, looks }) => {
    const broken = looks.find(({ slope }) => slope !== null && !Number.isFinite(slope));
    return broken === undefined
      ? []
      : [
          `The slopes of ${name} are not numbers since step ${broken.step}: try a smaller learning rate, or clip slopes with nn.clipGradNorm.`,
        ];
  });
}

function deadUnits(health: Health): readonly string[] {
  return Array.from(health.activations.values(), ({ name, dead, units }) =>
    dead === 0 || dead < MANY_DEAD * units
      ? []
      : [
          `${dead} of ${units} units of ${name} are dead: they gave 0 for every row at the last ${SILENT_LOOKS} looks, so they learn nothing. Try a smaller learning rate, or LeakyReLU.`,
        ],
  ).flat();
}

function flatValues(health: Health): readonly string[] {
  return Array.from(health.activations.values(), ({ name, op, saturated }) =>
    saturated === null || saturated < MANY_FLAT
      ? []
      : [
          `${percent(saturated)} of the values of ${name} lie at the flat ends of ${op}, where slopes are almost 0. Try smaller first weights, or inputs around ±1.`,
        ],
  ).flat();
}

function flow(layers: readonly LayerHealth[]): readonly string[] {
  const [first, last] = [layers[0], layers.at(-1)];
  const [a, b] = [first, last].map((layer) => layer?.looks.at(-1)?.slope ?? 0);
  if (first === undefined || last === undefined || !a || !b || first === last) return [];
  const factor = formatNumber(Math.max(a / b, b / a), 2);
  if (b > STEEP * a)
    return [
      `Slopes shrink ${factor}-fold from ${last.name} back to ${first.name}: the first layers hardly learn. Try ReLU, a normalisation between layers, or shortcuts around them.`,
    ];
  if (a > STEEP * b)
    return [
      `Slopes grow ${factor}-fold from ${last.name} back to ${first.name}: try smaller first weights, a normalisation between layers, or nn.clipGradNorm.`,
    ];
  return [];
}

function updates(layers: readonly LayerHealth[]): readonly string[] {
  const known = layers.flatMap(({ name, looks }) => {
    const ratio = looks.at(-1)?.ratio ?? null;
    return ratio === null || looks.length < PATIENCE ? [] : [{ name, ratio }];
  });
  const large = known.filter(({ ratio }) => ratio > FAR * USUAL_RATIO);
  const small = known.filter(({ ratio }) => ratio < USUAL_RATIO / FAR);
  const say = (those: typeof known) =>
    those.map(({ name, ratio }) => `${name} by ${percent(ratio)}`).join(", ");
  return [
    ...(large.length === 0
      ? []
      : [
          `A step changes ${say(large)} of the weights, where 0.1 % is usual: the learning rate is rather high.`,
        ]),
    ...(small.length === 0
      ? []
      : [
          `A step changes ${say(small)} of the weights, where 0.1 % is usual: learning is slow there.`,
        ]),
  ];
}

function percent(share: number): string {
  return `${formatNumber(100 * share, 2)} %`;
}
