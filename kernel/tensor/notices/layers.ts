/** Notices about layers: a softmax too many, and a network judged while it is in training mode. */
import { isFloat } from "../dtype.ts";
import { isRecording, type Node } from "../autograd/tape.ts";
import type { Tensor } from "../tensor.ts";
import type { Storage } from "../view.ts";
import { eachRun, isOpen, tell } from "./notice.ts";

// ---------------------------------------------------------------- double-softmax

/** How often in a row rows must look like probabilities, and how many calls of a run are looked at. */
const STRIKES = 3;

let looks = 0;

/** Cross-entropy was given these logits, `[n, classes]` or `[classes]`. */
export function logitsGiven(logits: Tensor): void {
  if (!isOpen("double-softmax")) return;
  const isSoftmax = logits.node?.op === "softmax";
  if (!isSoftmax && (looks < 0 || looks >= STRIKES)) return;
  if (!isSoftmax && !firstRowIsProbabilities(logits)) {
    looks = -1;
    return;
  }
  if (!isSoftmax && ++looks < STRIKES) return;
  tell(
    "double-softmax",
    "crossEntropy was given probabilities, but it contains the softmax: it is applied twice, and slopes get small.",
    "Give it the numbers from before the softmax.",
  );
}

function firstRowIsProbabilities(logits: Tensor): boolean {
  const classes = logits.shape[logits.ndim - 1] ?? 0;
  const stride = logits.strides[logits.ndim - 1] ?? 0;
  if (!isFloat(logits.dtype) || classes < 2 || logits.numel() === 0) return false;
  const values = logits.storage.host();
  let sum = 0;
  for (let i = 0; i < classes; i++) {
    const value = values[logits.offset + i * stride] ?? Number.NaN;
    if (!(value >= 0)) return false;
    sum += value;
  }
  return Math.abs(sum - 1) < 1e-4;
}

// ---------------------------------------------------------------- eval-mode

/** How much of a graph is searched. */
const REACH = 2_000;

let training = new WeakSet<Node>();
/** Values that came through training mode without being recorded; null while there are none. */
let unrecorded: WeakSet<Storage> | null = null;
/** Judged in training mode; a training loop judges what it walks back, an evaluation does not. */
let judged: { readonly node: Node; readonly site: Error }[] = [];
/** So many may wait for one walk. */
const WAITING = 4;
/** The classes that outputs of training mode had the largest numbers at. */
let choices: WeakMap<Storage, Mode> | null = null;

/** How outputs came through training mode: recorded, so that a walk may follow, or not. */
type Mode = Node | "unrecorded";

eachRun(() => {
  looks = 0;
  training = new WeakSet();
  unrecorded = null;
  judged = [];
  choices = null;
}, decide);

/** A layer that behaves differently in training, dropout or batch norm, gave `output`. */
export function modalLayerRan(output: Tensor, isTraining: boolean): void {
  if (!isTraining) unrecorded?.delete(output.storage);
  else if (output.node !== null) training.add(output.node);
  else if (!isRecording()) (unrecorded ??= new WeakSet()).add(output.storage);
}

/** An op gave `output`: what came through training mode still does. Views share their storage. */
export function modeCarried(op: string, inputs: readonly Tensor[], output: Tensor): void {
  if (op === "argmax") choiceMade(inputs, output);
  else if (choices !== null) choiceUsed(choices, op, inputs, output);
  if (unrecorded === null || output.node !== null) return;
  for (const { storage } of inputs) if (unrecorded.has(storage)) unrecorded.add(output.storage);
}

function choiceMade([outputs]: readonly Tensor[], choice: Tensor): void {
  if (outputs === undefined || !isOpen("eval-mode")) return;
  const mode = modeOf(outputs);
  if (mode !== null) (choices ??= new WeakMap()).set(choice.storage, mode);
}

/** Choices that are compared with labels are judged; with each other or with one class they are not. */
function choiceUsed(
  known: WeakMap<Storage, Mode>,
  op: string,
  [a, b]: readonly Tensor[],
  output: Tensor,
): void {
  const [first, second] = [a && known.get(a.storage), b && known.get(b.storage)];
  const mode = first ?? second;
  if (mode === undefined) return;
  if (b === undefined) known.set(output.storage, mode);
  else if (op !== "eq" && op !== "ne") return;
  else if ((first === undefined || second === undefined) && a?.ndim === b.ndim) judge(mode);
}

/** How good these outputs of a network are is being measured, for a person and not for a step. */
export function outputsJudged(outputs: Tensor): void {
  if (!isOpen("eval-mode")) return;
  const mode = modeOf(outputs);
  if (mode !== null) judge(mode);
}

function modeOf({ node, storage }: Tensor): Mode | null {
  if (node === null) return unrecorded?.has(storage) === true ? "unrecorded" : null;
  return cameThroughTraining(node) ? node : null;
}

function judge(mode: Mode): void {
  if (!isOpen("eval-mode")) return;
  if (mode === "unrecorded") return tellForgotten(new Error("eval-mode"));
  judged = judged.filter(({ node }) => !node.isFreed);
  if (mode.isFreed || judged.some(({ node }) => node === mode)) return;
  judged.push({ node: mode, site: new Error("eval-mode") });
  if (judged.length > WAITING) decide();
}

function decide(): void {
  const forgotten = judged.find(({ node }) => !node.isFreed);
  judged = [];
  if (forgotten !== undefined) tellForgotten(forgotten.site);
}

function cameThroughTraining(from: Node): boolean {
  const seen = new Set([from]);
  for (const node of seen) {
    if (training.has(node)) return true;
    if (seen.size > REACH) return false;
    for (const { node: behind } of node.inputs) if (behind !== null) seen.add(behind);
  }
  return false;
}

function tellForgotten(site: Error): void {
  tell(
    "eval-mode",
    "The network was judged in training mode: dropout or batch norm made its answers depend on chance or on the batch.",
    "Call net.eval() before, and net.train() after.",
    site,
  );
}
