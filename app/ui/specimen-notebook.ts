/** The notebook of the specimen page: every element once, in fixed states. Nothing in it runs. */
import type { KnobSpec } from "../../kernel/knobs.ts";
import type { CellError, CellId, DisplayId, KnobId, RunId } from "../../kernel/protocol.ts";
import { FIGURE_MIME, FILE_MIME, KNOB_MIME } from "../../kernel/protocol.ts";
import type { Cell, Metadata, Notebook } from "../notebook/document.ts";
import type { CellOutput } from "../notebook/outputs.ts";
import { type CellRuntime, untouched } from "../notebook/runtime.ts";
import { specimenFigures } from "./specimen-figures.ts";
import { type NotebookState, openState } from "./store.ts";

interface Part {
  readonly type: Cell["type"];
  readonly source: string;
  readonly metadata?: Metadata;
  readonly run?: Partial<CellRuntime>;
}

const otherKnobs: readonly KnobSpec[] = [
  { kind: "number", label: "batch size", min: 1, max: 100_000, step: 1, value: 4_096 },
  { kind: "select", label: "optimiser", options: ["SGD", "Adam"], value: "Adam" },
  { kind: "toggle", label: "shift the pictures", value: true },
  { kind: "toggle", label: "dropout", value: false },
  { kind: "text", label: "begin with", placeholder: "some letters", value: "" },
  { kind: "button", label: "Start again", answers: true, value: 0 },
];

function knobOutput(spec: KnobSpec, slot: number): CellOutput {
  const view = { ...spec, id: `specimen:${spec.label}`, slot };
  return { kind: "display", metadata: {}, data: { [KNOB_MIME]: view, "text/plain": spec.label } };
}

const prose = `# A specimen of every element

The loss is the mean of squared distances, $L = \\frac{1}{n}\\sum_i (w x_i + b - y_i)^2$, so its slope
in the weight is

$$\\frac{\\partial L}{\\partial w} = \\frac{2}{n} \\sum_i x_i \\, (w x_i + b - y_i).$$

## A second heading

A paragraph with *emphasis*, **weight**, \`code\` and [a link](#lists). Numbers align: 0.0312, 12.5, 967.

### A third heading

- A list, whose items are short
- and whose second item runs on far enough to show how a line that does not fit is broken and where the next begins

1. First guess
2. Then measure

> A parameter is a number the machine may change.

| layer | shape | parameters |
| --- | --- | --- |
| hidden | [64, 32] | 2,080 |
| out | [32, 10] | 330 |

\`\`\`ts
const loss = F.crossEntropy(net(x), y);
\`\`\``;

const training = `const net = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10));
const opt = optim.Adam(net.parameters(), { lr: 0.01 });
for (const { x, y } of train.batches(64, { epochs: 20 })) {
  const loss = F.crossEntropy(net(x), y); // one number
  opt.zeroGrad();
  loss.backward();
  opt.step();
}`;

const forgetful = `for (const { x, y } of train.batches(64, { epochs: 20 })) {
  const loss = F.crossEntropy(net(x), y);
  loss.backward();
  opt.step();
}`;

const wrong = `const x = zeros([32, 10]);
const w = zeros([20, 5]);
x.matmul(w)`;

const error = (cell: CellId): CellError => ({
  kind: "runtime",
  name: "ShapeError",
  message: "matmul: [32, 10] x [20, 5] - inner sizes 10 and 20 must match",
  hint: "Did you mean x.matmul(w.T)? That needs [10, n] or [n, 10].",
  frames: [
    { function: null, cell, line: 3, column: 3 },
    { function: "forward", cell, line: 1, column: 11 },
  ],
  length: 6,
  causes: [],
});

function figure(data: unknown, layout: unknown, text: string): CellOutput {
  return {
    kind: "display",
    data: { [FIGURE_MIME]: { data, layout }, "text/plain": text },
    metadata: {},
  };
}

const steps = Array.from({ length: 60 }, (_, step) => step * 8);
const loss = (floor: number, rate: number) =>
  steps.map((step) => Number((floor + 2.3 * Math.exp(-step * rate)).toPrecision(4)));

const curve = figure(
  [
    {
      type: "scatter",
      mode: "lines",
      name: "train",
      x: steps,
      y: loss(0.05, 0.012),
      line: { color: "#1f6fb5" },
    },
    {
      type: "scatter",
      mode: "lines",
      name: "test",
      x: steps,
      y: loss(0.16, 0.011),
      line: { color: "#c9620a" },
    },
  ],
  { xaxis: { title: { text: "step" } }, yaxis: { title: { text: "loss" }, type: "log" } },
  "<Figure: loss of train and test over 472 steps>",
);

const letters = "abcdefghijklmnopqrstuvwxyz".split("").map((letter, index) => {
  const vowel = "aeiou".includes(letter);
  const turn = index * 2.4;
  const spread = 0.3 + (index % 5) * 0.12;
  const x = (vowel ? 1.6 : -0.4) + spread * Math.cos(turn);
  const y = (vowel ? 0.8 : -0.2) + spread * Math.sin(turn);
  return { letter, vowel, x: Number(x.toFixed(3)), y: Number(y.toFixed(3)) };
});

const map = figure(
  [true, false].map((vowel) => {
    const points = letters.filter((each) => each.vowel === vowel);
    return {
      type: "scatter",
      mode: "markers+text",
      name: vowel ? "vowel" : "consonant",
      x: points.map(({ x }) => x),
      y: points.map(({ y }) => y),
      text: points.map(({ letter }) => letter),
      textposition: "top center",
      marker: { size: 7, color: vowel ? "#d55e00" : "#0072b2" },
    };
  }),
  { xaxis: { visible: false }, yaxis: { visible: false } },
  "<Figure: 26 letters, vowels apart from consonants>",
);

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="220" height="60" viewBox="0 0 220 60">' +
  '<path d="M4 8c60 0 60 44 120 44s60-20 92-20" fill="none" stroke="#1f6fb5" stroke-width="2"/></svg>';

const stream = (name: "stdout" | "stderr", text: string): CellOutput => ({
  kind: "stream",
  name,
  text,
});

function parts(id: (index: number) => CellId): readonly Part[] {
  const ended = { ended: "ok", startedMs: 0, endedMs: 1240 } as const;
  return [
    { type: "markdown", source: prose },
    { type: "code", source: "", metadata: {} },
    {
      type: "code",
      source: 'import { data, nn, optim } from "descent";',
      metadata: { tags: ["setup"], title: "thirty points and a line" },
      run: { ...ended, endedMs: 30, executionCount: 1 },
    },
    {
      type: "code",
      source: "const numbers = [1, 2, 3];\nnumbers.map((n) => n * n)",
      run: {
        ...ended,
        executionCount: 2,
        outputs: [
          stream("stdout", "three numbers\n"),
          stream("stderr", "a warning: one of them is \u001b[31mred\u001b[0m\n"),
          { kind: "result", data: { "text/plain": "[1, 4, 9]" }, metadata: {}, executionCount: 2 },
        ],
      },
    },
    {
      type: "code",
      source: training,
      metadata: { title: "an MLP, live" },
      run: {
        state: "running",
        executionCount: 3,
        startedMs: Date.now() - 12_300,
        progress: { loop: 1, done: 137, total: 460, perSecond: 211 },
        outputs: [curve],
      },
    },
    { type: "code", source: "accuracy(net, test)", run: { state: "queued" } },
    {
      type: "code",
      source: forgetful,
      run: {
        ...ended,
        executionCount: 3,
        mistakes: [
          {
            rule: "zero-grad",
            text: "The slopes of earlier steps were never forgotten: each backward() adds to them, so steps grow and point the wrong way.",
            fix: "Call the optimiser's zeroGrad() before backward().",
            frame: { function: null, cell: id(6), line: 4, column: 7 },
          },
        ],
      },
    },
    {
      type: "code",
      source:
        "const map = plot.embedding(letters.weight, { labels: names.letters, color: vowel });",
      run: { ...ended, executionCount: 3, outputs: [map] },
    },
    {
      type: "code",
      source: wrong,
      run: {
        ...ended,
        ended: "error",
        executionCount: 4,
        outputs: [{ kind: "error", error: error(id(8)) }],
      },
    },
    {
      type: "code",
      source:
        'const lr = ui.slider("learning rate", { min: 1e-4, max: 1, value: 0.01, log: true });',
      run: {
        ...ended,
        executionCount: 5,
        outputs: [
          {
            kind: "display",
            display: "knob" as DisplayId,
            metadata: {},
            data: {
              [KNOB_MIME]: {
                id: "specimen:learning rate" as KnobId,
                slot: 0,
                kind: "slider",
                label: "learning rate",
                min: 1e-4,
                max: 1,
                step: 0.001,
                log: true,
                value: 0.01,
              },
              "text/plain": "learning rate: 0.01",
            },
          },
          ...otherKnobs.map(knobOutput),
        ],
      },
    },
    {
      type: "code",
      source: 'await save("digits.safetensors", net);',
      run: {
        ...ended,
        executionCount: 6,
        outputs: [
          {
            kind: "display",
            metadata: {},
            data: {
              [FILE_MIME]: { name: "digits.safetensors", sizeBytes: 9_832 },
              "text/plain": "digits.safetensors (9.6 kB)",
            },
          },
        ],
      },
    },
    {
      type: "code",
      source: "display.html(table)",
      run: {
        ...ended,
        executionCount: 7,
        outputs: [
          {
            kind: "display",
            metadata: {},
            data: {
              "text/html":
                "<table><tr><th>digit</th><th>right</th></tr><tr><td>3</td><td>0.953</td></tr>" +
                "<tr><td>8</td><td>0.912</td></tr></table>",
              "text/plain": "digit  right",
            },
          },
          { kind: "display", metadata: {}, data: { "image/svg+xml": svg, "text/plain": "<svg>" } },
          {
            kind: "display",
            metadata: {},
            data: { "text/latex": "$$e^{i\\pi} + 1 = 0$$", "text/plain": "e^(i pi) + 1 = 0" },
          },
        ],
      },
    },
    {
      type: "code",
      source: "while (true) {}",
      run: {
        ...ended,
        ended: "interrupted",
        executionCount: 8,
        outputs: [
          {
            kind: "error",
            error: {
              kind: "interrupted",
              name: "Interrupted",
              message: "Stopped. Names and models of other cells are kept.",
              frames: [],
              causes: [],
            },
          },
        ],
      },
    },
    {
      type: "code",
      source: training,
      metadata: { title: "paused, to be looked at" },
      run: {
        state: "running",
        executionCount: 9,
        startedMs: Date.now() - 4_100,
        progress: { loop: 2, done: 41, total: 460, perSecond: 190 },
        record: {
          run: 1 as RunId,
          source: training,
          names: {
            defines: ["net", "opt", "curve", "lr"],
            uses: [],
            assigns: [],
            imports: [],
            later: [],
          },
          report: null,
          from: new Map(),
        },
        pause: {
          frame: { function: null, cell: id(13), line: 3, column: 1 },
          variables: [
            { name: "lr", text: "0.01" },
            {
              name: "net",
              text: "Sequential( (0): Linear(inFeatures=64, outFeatures=32) (1): ReLU() (2): Linear(inFea…",
              more: "Sequential(\n  (0): Linear(inFeatures=64, outFeatures=32)\n  (1): ReLU()\n)",
            },
          ],
        },
      },
    },
    { type: "markdown", source: "## One of each figure" },
    ...specimenFigures(),
  ];
}

/** The state of the specimen page. */
export function specimenState(): NotebookState {
  const id = (index: number) => `specimen-${index}` as CellId;
  const all = parts(id);
  const notebook: Notebook = {
    metadata: { title: "Specimen" },
    cells: all.map(({ type, source, metadata }, index) => ({
      id: id(index),
      type,
      source,
      metadata: metadata ?? {},
    })),
  };
  const cells = all.flatMap(({ run }, index): [CellId, CellRuntime][] =>
    run ? [[id(index), { ...untouched, run: 1 as RunId, ...run }]] : [],
  );
  const state = openState(notebook, new Map());
  return {
    ...state,
    runtime: {
      cells: new Map(cells),
      kernel: { status: "busy", shared: true },
      holders: new Map(),
      checkpoint: null,
    },
    marks: new Map([[id(7), { error: error(id(7)), from: id(7) }]]),
    stale: new Map([[id(3), "edited"]]),
  };
}
