/** `plot.tree`: a decision tree, from questions and answers as plain data. */
import type { MimeBundle } from "../protocol.ts";
import { DTypeError, kindOf } from "../tensor/errors.ts";
import { checkOptions } from "../tensor/options.ts";
import { DIAGRAM_MIME, type TreeItem, type TreeView } from "./diagram.ts";
import { type FigureOptions, Shown } from "./figure.ts";
import { counted, formatNumber } from "./numbers.ts";

const WHO = "plot.tree";

/** How many examples of each class came here. */
export type ClassCounts = Readonly<Record<string, number>>;

/** A question with two ways on. */
export interface TreeSplit {
  readonly question: string;
  readonly yes: TreeNode;
  readonly no: TreeNode;
  readonly counts?: ClassCounts;
}

/** Where a way ends: what the tree answers there. */
export interface TreeLeaf {
  readonly value: string | number;
  readonly counts?: ClassCounts;
}

export type TreeNode = TreeSplit | TreeLeaf;

const optionNames = ["title"] satisfies (keyof FigureOptions)[];
/** Questions and answers that are drawn. */
const MOST = 500;

export class Tree extends Shown {
  #root: TreeNode;
  readonly #options: FigureOptions;

  constructor(root: TreeNode, options: FigureOptions) {
    super();
    checkOptions(WHO, options, optionNames);
    this.#root = root;
    this.#options = options;
    this.#view();
    this.appear();
  }

  /** Draws another tree in the place of this one, or the same as it is now. */
  update(root: TreeNode = this.#root): void {
    this.#root = root;
    this.redraw();
  }

  override toBundle(): MimeBundle {
    const view = this.#view();
    return { [DIAGRAM_MIME]: view, "text/plain": `${this.toString()}\n${printed(view)}` };
  }

  override describe(): string {
    const { title, items } = this.#view();
    const leaves = items.filter(({ isLeaf }) => isLeaf).length;
    const depth = Math.max(...depthsOf(items));
    const root = items[0]?.text ?? "";
    const named = title === "" ? "decision tree" : title;
    const sizes = [
      counted(items.length - leaves, "question", "questions"),
      counted(leaves, "leaf", "leaves"),
      `${depth} deep`,
    ];
    return `${named}: ${sizes.join(", ")}, beginning with ${root}`;
  }

  #view(): TreeView {
    const classes: string[] = [];
    const found: { readonly node: TreeNode; readonly item: Omit<TreeItem, "counts"> }[] = [];
    const open: { node: unknown; parent: number; answer: string }[] = [
      { node: this.#root, parent: -1, answer: "" },
    ];
    // Each level from left to right; what is added while the list is walked is walked too.
    for (const { node, parent, answer } of open) {
      if (found.length === MOST)
        throw new RangeError(
          `${WHO}: more than ${MOST} questions and leaves - wanted a smaller tree`,
        );
      const checked = checkNode(node);
      for (const name of Object.keys(checked.counts ?? {}))
        if (!classes.includes(name)) classes.push(name);
      const isLeaf = "value" in checked;
      const text = isLeaf ? valueText(checked.value) : checked.question;
      const place = found.push({ node: checked, item: { text, parent, answer, isLeaf } }) - 1;
      if (isLeaf) continue;
      open.push({ node: checked.yes, parent: place, answer: "yes" });
      open.push({ node: checked.no, parent: place, answer: "no" });
    }
    const items = found.map(({ node: { counts }, item }) => ({
      ...item,
      counts: counts === undefined ? [] : classes.map((name) => counts[name] ?? 0),
    }));
    return { kind: "tree", title: this.#options.title ?? "", classes, items, notes: [] };
  }
}

/**
 * A decision tree: a question with `yes` and `no`, each another question or a leaf with a `value`;
 * `counts` say how many examples of each class came there.
 *
 * @throws DTypeError for what is neither question nor leaf, RangeError for a tree of more than 500.
 * @example
 * const tree = plot.tree({
 *   question: "petal length < 2.5?",
 *   yes: { value: "setosa", counts: { setosa: 50 } },
 *   no: { value: "another", counts: { versicolor: 50, virginica: 50 } },
 * });
 * tree.describe() // decision tree: 1 question, 2 leaves, 1 deep, beginning with petal length < 2.5?
 */
export function tree(root: TreeNode, options: FigureOptions = {}): Tree {
  return new Tree(root, options);
}

function checkNode(node: unknown): TreeNode {
  const refuse = (what: string) =>
    new DTypeError(
      `${WHO}: ${what} - wanted { question, yes, no } or { value }`,
      '{ question: "x < 1?", yes: { value: "a" }, no: { value: "b" } }',
    );
  if (typeof node !== "object" || node === null) throw refuse(kindOf(node));
  const { question, yes, no, value, counts }: Partial<TreeSplit & TreeLeaf> = node;
  const isSplit = typeof question === "string" && yes !== undefined && no !== undefined;
  const isLeaf = typeof value === "string" || typeof value === "number";
  if (isSplit === isLeaf)
    throw refuse(
      isSplit
        ? "a question with a value"
        : `an object with ${Object.keys(node).join(", ") || "nothing"}`,
    );
  const isCounted = counts === undefined || Object.values(counts).every((each) => each >= 0);
  if (!isCounted) throw refuse("counts that are no numbers from 0 up");
  return node as TreeNode;
}

function valueText(value: string | number): string {
  return typeof value === "number" ? formatNumber(value) : value;
}

function depthsOf(items: readonly TreeItem[]): readonly number[] {
  const depths: number[] = [];
  for (const { parent } of items) depths.push(parent < 0 ? 0 : (depths[parent] ?? 0) + 1);
  return depths;
}

/** The tree as indented lines, for where nothing is drawn. */
function printed({ items, classes }: TreeView): string {
  const print = (index: number, depth: number): string[] => {
    const item = items[index];
    if (item === undefined) return [];
    const { text, answer, counts } = item;
    const held = counts.flatMap((count, i) => (count > 0 ? [`${classes[i] ?? ""} ${count}`] : []));
    const line = `${"  ".repeat(depth)}${answer === "" ? "" : `${answer}: `}${text}${held.length === 0 ? "" : ` (${held.join(", ")})`}`;
    const below = items.flatMap((each, i) => (each.parent === index ? [i] : []));
    return [line, ...below.flatMap((each) => print(each, depth + 1))];
  };
  return print(0, 0).join("\n");
}
