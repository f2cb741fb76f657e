/** Notices about what a walk back begins with: a loss of nothing, of NaN, or of an accidental table. */
import { anomaly } from "../autograd/anomaly.ts";
import { lifetimes } from "../autograd/lifetimes.ts";
import { isFloat } from "../dtype.ts";
import { printShape } from "../shape.ts";
import type { Node } from "../autograd/tape.ts";
import type { Tensor } from "../tensor.ts";
import type { Shape, Storage } from "../view.ts";
import { eachRun, isOpen, tell } from "./notice.ts";

let walks = 0;
/** Whether something was computed from what learns, and not walked back since. */
let isLearning = false;

// ---------------------------------------------------------------- unscaled-input

/** Inputs this large, as root of their mean square: pixels up to 255 are, digits up to 16 are not. */
const LARGE = 30;
/** Elements that are looked at, and times that raw inputs are. */
const SAMPLE = 64;
const LOOKS = 3;
/** After so many walks a loss that can fall has fallen. */
const PATIENCE = 50;

interface Suspicion {
  readonly shape: Shape;
  readonly size: number;
  readonly site: Error;
}

let looks = 0;
let suspicion: Suspicion | null = null;
let firstLoss: number | null = null;

/** A layer of the network gets `x`; data, and not the output of a layer, is looked at. */
export function layerEntered(x: Tensor, weight: Tensor): void {
  if (looks >= LOOKS || x.node !== null || x.requiresGrad || !weight.requiresGrad) return;
  if (!isOpen("unscaled-input")) return;
  looks++;
  if (!isFloat(x.dtype) || x.numel() === 0) return;
  const size = rootMeanSquare(x);
  if (size > LARGE) suspicion ??= { shape: x.shape, size, site: new Error("layer") };
}

function rootMeanSquare(x: Tensor): number {
  const values = x.storage.host();
  const count = Math.min(SAMPLE, x.numel());
  let sum = 0;
  for (let k = 0; k < count; k++) {
    let rest = Math.floor((k * x.numel()) / count);
    let at = x.offset;
    for (let dim = x.ndim - 1; dim >= 0; dim--) {
      const n = x.shape[dim] ?? 1;
      at += (rest % n) * (x.strides[dim] ?? 0);
      rest = Math.floor(rest / n);
    }
    sum += (values[at] ?? 0) ** 2;
  }
  return Math.sqrt(sum / count);
}

function tellUnscaled({ shape, size, site }: Suspicion, outcome: string): void {
  const around = size >= 1000 ? size.toExponential(0) : String(Math.round(size));
  tell(
    "unscaled-input",
    `The inputs ${printShape(shape)} lie around ±${around} and ${outcome}: layers begin with weights for inputs around ±1.`,
    "Subtract each column's mean and divide by its standard deviation first.",
    site,
  );
}

// ---------------------------------------------------------------- the walk

eachRun(() => {
  walks = 0;
  looks = 0;
  suspicion = null;
  firstLoss = null;
  isLearning = false;
  outers.length = 0;
});

/** `backward()` was called on `root`. */
export function walkBegins(root: Tensor): void {
  walks++;
  if (root.numel() !== 1) return;
  if (root.node === null) {
    // Who walks back from a leaf alone asks for its own slope, which is 1.
    if (!isLearning) return;
    tell(
      "detached-loss",
      "backward() began at a number that was computed from nothing: no parameter gets a slope.",
      "Leave out item(), detach() and tensor(...) between the network and the loss.",
    );
    return;
  }
  isLearning = false;
  const loss = root.storage.host()[root.offset] ?? Number.NaN;
  if (!Number.isFinite(loss)) lossIsOdd(loss);
  else if (suspicion !== null) {
    firstLoss ??= loss;
    if (walks >= PATIENCE && loss >= 0.9 * firstLoss)
      tellUnscaled(suspicion, "the loss does not fall");
    if (walks >= PATIENCE) suspicion = null;
  }
  if (outers.length > 0 && isOpen("broadcast")) lookForTable(root);
}

function lossIsOdd(loss: number): void {
  // Anomaly mode is what the fix would say.
  if (anomaly.on) return;
  const name = Number.isNaN(loss) ? "NaN" : "infinite";
  // The cause is told in place of the effect.
  if (suspicion !== null)
    return tellUnscaled(suspicion, `the loss became ${name} at step ${walks}`);
  tell(
    "nan-loss",
    walks === 1
      ? `The loss is ${name} from the first step.`
      : `The loss became ${name} at step ${walks}.`,
    "Wrap the step in detectAnomaly(() => { ... }) and run from the start: it names the op and the line. " +
      "Often a smaller learning rate helps.",
  );
}

// ---------------------------------------------------------------- broadcast

/** How many accidental tables are remembered until a loss is walked, and how far behind it one lies. */
const REMEMBERED = 8;
const REACH = 6;

interface Outer {
  readonly node: Node;
  readonly shapes: readonly [Shape, Shape];
  readonly site: Error;
}

const outers: Outer[] = [];
/** Values of which a table with themselves was made: who does that means the others too. */
const tabled = new WeakSet<Storage>();

/** An op gave `output` from `inputs`: `[n]` against `[n, 1]` makes a table of all with all. */
export function inputsCombined(inputs: readonly Tensor[], output: Tensor): void {
  const [a, b] = [inputs[0], inputs[1]];
  // A walk works with parameters too, and what it computes is no loss.
  if (!lifetimes.isWalking && (a?.requiresGrad === true || b?.requiresGrad === true))
    isLearning = true;
  if (a === undefined || b === undefined || inputs.length > 2) return;
  if (a.storage === b.storage && output.numel() > a.numel()) tabled.add(a.storage);
  if (a.ndim === b.ndim || output.ndim !== 2 || output.node === null) return;
  const [row, column] = a.ndim === 1 ? [a, b] : [b, a];
  const n = row.shape[0];
  if (row.ndim !== 1 || column.shape[0] !== n || column.shape[1] !== 1 || n === 1) return;
  // One of the two is the target, the other was computed: distances of all to all come from one
  // source, and a parameter itself is a scale, a frequency or a centre, and no prediction.
  if (row.requiresGrad === column.requiresGrad || row.node === column.node) return;
  if (!isOpen("broadcast")) return;
  if (outers.length >= REMEMBERED) outers.shift();
  outers.push({ node: output.node, shapes: [a.shape, b.shape], site: new Error("broadcast") });
}

/** What looks along a table's rows or columns means it to be one. */
const alongRows: ReadonlySet<string> = new Set(
  "max min prod norm var std median logsumexp softmax logSoftmax matmul cumsum sort gather".split(
    " ",
  ),
);

/** A loss is the mean or sum of something done to each element of the table, and nothing else. */
function lookForTable(root: Tensor): void {
  let [tensor, next]: [Tensor | undefined, Node | null] = [root, null];
  for (let i = 0; i < REACH; i++) {
    const node: Node | null = tensor?.node ?? null;
    if (tensor === undefined || node === null || alongRows.has(node.op)) return;
    // One number for each row or column is meant, unless all that is done with them is to add them up.
    if (addsUp(node) && tensor.numel() > 1 && next !== null && !addsUp(next)) return;
    const found = outers.find((outer) => outer.node === node);
    if (found !== undefined) {
      if (node.inputs.some(({ storage }) => tabled.has(storage))) return;
      const [a, b] = found.shapes.map(printShape);
      const [n = 0] = found.shapes[0];
      tell(
        "broadcast",
        `${node.op} of ${a} and ${b} made [${n}, ${n}], so this loss compares every prediction with every target.`,
        "Give both one shape: prediction.squeeze(1), or target.unsqueeze(1).",
        found.site,
      );
      return;
    }
    [tensor, next] = [node.inputs[0], node];
  }
}

const addsUp = ({ op }: Node): boolean => op === "sum" || op === "mean";
