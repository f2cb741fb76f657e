/** One true event of every kind that a kernel sends, and of every output that the page draws in its own way. */

type Fields = Readonly<Record<string, unknown>>;

const frame = { function: "f", cell: "a", run: 1, line: 1, column: 2 };
const outside = { ...frame, function: null };
const slider = {
  id: "a/w",
  slot: 0,
  kind: "slider",
  label: "w",
  min: 0,
  max: 1,
  step: 0.1,
  log: false,
  value: 0.5,
};
const figure = {
  data: [{ type: "scatter", x: [1, 2], y: [3, 4], mode: "lines", name: "n" }],
  layout: { title: { text: "t" }, xaxis: { type: "linear", range: [0, 1] }, height: 200 },
};

const bundles: readonly Fields[] = [
  { "text/plain": "1" },
  { "text/html": "<b>x</b>" },
  { "text/markdown": "*x*" },
  { "text/latex": "$x$" },
  { "image/svg+xml": "<svg><text>x</text></svg>" },
  { "image/png": "iVBORw0KGgo=" },
  { "application/vnd.plotly.v1+json": figure, "text/plain": "<Figure: f>" },
  { "application/vnd.descent.knob+json": slider },
  { "application/vnd.descent.file+json": { name: "x.csv", sizeBytes: 3 }, "text/plain": "x" },
  { "a/b": [1, { x: null }] },
];

export const trueEvents: readonly Fields[] = [
  { kind: "stream", name: "stdout", text: "x\n" },
  ...bundles.map((data) => ({ kind: "display", data, metadata: {} })),
  ...bundles.map((data) => ({ kind: "display", data, metadata: {}, display: "d" })),
  ...bundles.map((data) => ({ kind: "update", data, metadata: {}, display: "d" })),
  { kind: "result", data: { "text/plain": "1" }, metadata: {} },
  {
    kind: "error",
    error: {
      kind: "runtime",
      name: "E",
      message: "m",
      hint: "h",
      frames: [outside, frame],
      causes: [{ name: "C", message: "c" }],
    },
  },
  { kind: "mistake", mistake: { rule: "zero-grad", text: "t", fix: "f", frames: [frame] } },
  { kind: "clear", wait: false },
  { kind: "clear", wait: true },
  { kind: "progress", loop: 1, done: 1, total: null, perSecond: 2.5 },
  {
    kind: "progress",
    loop: 1,
    done: 1,
    total: 2,
    perSecond: 3,
    inner: { done: 1, total: null },
  },
  { kind: "pause", pause: { frames: [outside], variables: [{ name: "x", text: "1" }] } },
  { kind: "pause", pause: null },
  { kind: "write-file", name: "net 1.safetensors", bytes: new Uint8Array(3) },
  { kind: "read-file", request: 1, name: "net.safetensors" },
  { kind: "blocked", origin: "https://cdn.example:8080" },
  { kind: "package", wanted: "@scope/name@^7", version: "7.9.0-rc.1" },
];
