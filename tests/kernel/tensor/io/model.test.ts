import { expect, test } from "vitest";
import {
  decodeModel,
  decodeTensors,
  defaultGenerator,
  encodeModel,
  encodeTensors,
  F,
  manualSeed,
  nn,
  optim,
  randn,
  tensor,
} from "../../../../kernel/tensor/index.ts";
import { decodeModelNpz, encodeModelNpz } from "../../../../kernel/tensor/io/model.ts";

const made = () => nn.Sequential(nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 2));

function afterSteps(net: nn.Sequential, opt: optim.Adam, steps: number): number {
  const x = randn([8, 4]);
  const y = [0, 1, 0, 1, 1, 0, 1, 0];
  let last = Number.NaN;
  for (let i = 0; i < steps; i++) {
    const loss = F.crossEntropy(net(x), y);
    opt.zeroGrad();
    loss.backward();
    opt.step();
    last = loss.item();
  }
  return last;
}

test("encodeModel() writes PyTorch's names and layouts", () => {
  const { tensors, metadata } = decodeTensors(encodeModel(made(), { note: "fresh" }));
  expect(Object.keys(tensors)).toEqual(["0.weight", "0.bias", "2.weight", "2.bias"]);
  expect(tensors["0.weight"]?.shape).toEqual([3, 4]);
  expect(metadata).toEqual({ format: "pt", note: "fresh" });
});

test("decodeModel() gives the parameters back, bit by bit, and the note", () => {
  manualSeed(1);
  const [net, copy] = [made(), made()];
  const bytes = encodeModel(net, { note: "20 epochs" });
  expect(decodeModel(bytes, copy)).toEqual({ note: "20 epochs" });
  net.parameters().forEach((p, i) => expect(copy.parameters()[i]?.data).toEqual(p.data));
});

test("training goes on from a file as if it had never stopped", () => {
  const run = (stop: boolean) => {
    manualSeed(5);
    let net = made();
    let opt = optim.Adam(net.parameters(), { lr: 0.05 });
    afterSteps(net, opt, 7);
    if (stop) {
      const bytes = encodeModel(net, { optimizer: opt });
      manualSeed(99);
      net = made();
      opt = optim.Adam(net.parameters(), { lr: 0.05 });
      decodeModel(bytes, net, { optimizer: opt });
    }
    manualSeed(6);
    return afterSteps(net, opt, 5);
  };
  expect(run(true)).toBe(run(false));
});

test("decodeModel() refuses a file of another model and leaves the model as it was", () => {
  const other = nn.Sequential(nn.Linear(4, 5));
  const before = other.parameters().map((p) => Array.from(p.data));
  expect(() => decodeModel(encodeModel(made()), other)).toThrow(
    'loadStateDict: missing none, unexpected "2.weight" and "2.bias" - names must be equal',
  );
  expect(other.parameters().map((p) => Array.from(p.data))).toEqual(before);
});

test("decodeModel() with an optimiser refuses a file without its state", () => {
  const net = made();
  const opt = optim.Adam(net.parameters());
  expect(() => decodeModel(encodeModel(net), net, { optimizer: opt })).toThrow(
    "load: the file keeps no optimizer state - save it with { optimizer }",
  );
});

test("training goes on with the same bits: optimiser, settings, schedule and generator", () => {
  const setUp = (lr: number) => {
    const net = made();
    const optimizer = optim.SGD(net.parameters(), { lr, momentum: 0.9 });
    const schedule = optim.CosineAnnealingLR(optimizer, 12);
    return { net, training: { optimizer, schedule, generator: defaultGenerator } };
  };
  const train = ({ net, training }: ReturnType<typeof setUp>, steps: number) => {
    const { optimizer, schedule } = training;
    let last = Number.NaN;
    for (let i = 0; i < steps; i++) {
      const loss = F.crossEntropy(net(randn([3, 4])), [0, 1, 0]);
      optimizer.zeroGrad();
      loss.backward();
      optimizer.step();
      schedule.step();
      last = loss.item();
    }
    return last;
  };
  manualSeed(4);
  const first = setUp(0.2);
  train(first, 5);
  const bytes = encodeModel(first.net, first.training);
  const wanted = train(first, 4);
  manualSeed(77);
  const second = setUp(0.001);
  decodeModel(bytes, second.net, second.training);
  expect(train(second, 4)).toBe(wanted);
});

test("a refused file leaves model and optimiser as they were", () => {
  const net = made();
  const optimizer = optim.Adam(net.parameters());
  const bytes = encodeModel(net, { optimizer: optim.SGD(net.parameters(), { lr: 1 }) });
  const other = made();
  const before = other.parameters().map((p) => Array.from(p.data));
  expect(() => decodeModel(bytes, other, { optimizer: optim.Adam(other.parameters()) })).toThrow(
    "loadStateDict: state of SGD for 4 parameters - wanted Adam for 4",
  );
  expect(other.parameters().map((p) => Array.from(p.data))).toEqual(before);
  expect(() => decodeModel(encodeModel(nn.Linear(1, 1)), net, { optimizer })).toThrow("optimizer");
  expect(optimizer.stateDict().steps).toEqual([0, 0, 0, 0]);
});

/** A file of no tensors with these texts. */
const texts = (metadata: Readonly<Record<string, string>>) =>
  encodeTensors({ tensors: {}, metadata });

test.each([
  [{ optimizer: "{" }, "load: the state of the optimizer is not JSON"],
  [{ optimizer: "[]" }, "load: the optimiser state's kind, steps and groups cannot be read"],
  [
    { optimizer: '{"kind":"SGD","steps":[-1]}' },
    "load: the optimiser state's kind, steps and groups cannot be read",
  ],
  [
    { optimizer: '{"kind":"SGD","steps":[0],"groups":[{"params":[0],"settings":{"lr":"big"}}]}' },
    "SGD: lr is a string - wanted a number, 0 or more",
  ],
  [
    { optimizer: '{"kind":"SGD","steps":[0],"groups":[{"params":[0],"settings":{"rate":1}}]}' },
    'SGD: it has no setting "rate"',
  ],
])("decodeModel() refuses a state that it cannot read: %#", (metadata, message) => {
  const net = nn.Linear(1, 1, { bias: false });
  const optimizer = optim.SGD(net.parameters(), { lr: 1 });
  expect(() => decodeModel(texts(metadata), net, { optimizer, strict: false })).toThrow(message);
});

test("a model as .npz keeps its parameters, and refuses to be asked for more", async () => {
  const [net, copy] = [made(), made()];
  await decodeModelNpz(encodeModelNpz(net), copy);
  net.parameters().forEach((p, i) => expect(copy.parameters()[i]?.data).toEqual(p.data));
  expect(() => encodeModelNpz(net, { note: "x" })).toThrow(
    "save: .npz keeps parameters only, and no note - wanted a name that ends in .safetensors",
  );
  await expect(
    decodeModelNpz(encodeModelNpz(net), copy, { generator: defaultGenerator }),
  ).rejects.toThrow("load: the file keeps no generator state");
});

test("encodeTensors() lays the file out as the format says", () => {
  const bytes = encodeTensors({ tensors: { a: tensor([1, -2]) }, metadata: {} });
  const view = new DataView(bytes.buffer);
  const headerBytes = Number(view.getBigUint64(0, true));
  const header: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerBytes)));
  expect(header).toEqual({ a: { dtype: "F32", shape: [2], data_offsets: [0, 8] } });
  expect(headerBytes % 8).toBe(0);
  expect(view.getFloat32(8 + headerBytes + 4, true)).toBe(-2);
});

function file(header: unknown, data: number[]): Uint8Array {
  const text = new TextEncoder().encode(
    typeof header === "string" ? header : JSON.stringify(header),
  );
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

test("decodeTensors() reads every dtype of the format that fits ours", () => {
  const entry = (dtype: string, start: number, end: number) => ({
    dtype,
    shape: [1],
    data_offsets: [start, end],
  });
  const { tensors } = decodeTensors(
    file(
      {
        h: entry("F16", 0, 2),
        b: entry("BF16", 2, 4),
        l: entry("I64", 4, 12),
        t: entry("BOOL", 12, 13),
        u: entry("U8", 13, 14),
        s: entry("U16", 14, 16),
        i: entry("I8", 16, 17),
      },
      // 1.5 as a half, -3 as a bfloat16, -2 as a long, true, 200, 65535, -1
      [0x00, 0x3e, 0x40, 0xc0, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 200].concat([
        0xff, 0xff, 0xff,
      ]),
    ),
  );
  expect(Object.entries(tensors).map(([name, t]) => [name, t.dtype, t.toArray()])).toEqual([
    ["h", "f32", [1.5]],
    ["b", "f32", [-3]],
    ["l", "i32", [-2]],
    ["t", "bool", [true]],
    ["u", "u8", [200]],
    ["s", "i32", [65535]],
    ["i", "i32", [-1]],
  ]);
});

test("decodeTensors() refuses a whole number beyond 32 bits", () => {
  const header = { n: { dtype: "U32", shape: [1], data_offsets: [0, 4] } };
  expect(() => decodeTensors(file(header, [255, 255, 255, 255]))).toThrow(
    'safetensors: "n": the whole number 4294967295 - wanted numbers that fit in 32 bits',
  );
});

test("encodeTensors() refuses what the format has no place for", () => {
  expect(() => encodeTensors({ tensors: { __metadata__: tensor(1) }, metadata: {} })).toThrow(
    "encodeTensors: a tensor named __metadata__ - the format keeps its texts there",
  );
  expect(() => encodeTensors({ tensors: { x: [1] as never }, metadata: {} })).toThrow(
    'encodeTensors: "x" is an array - wanted a tensor',
  );
});

test.each([
  ["fewer than 8 bytes", new Uint8Array(3), "the file has 3 bytes - wanted at least 8"],
  ["a header that is no JSON", file("{", []), "the header is not JSON"],
  ["a header cut off", file({}, []).subarray(0, 9), "it was cut off"],
  [
    "a huge header",
    new Uint8Array(16).fill(255, 0, 8),
    "the header claims 18446744073709551615 bytes - wanted at most 100000000",
  ],
  [
    "ranges that overlap",
    file(
      {
        a: { dtype: "U8", shape: [2], data_offsets: [0, 2] },
        b: { dtype: "U8", shape: [2], data_offsets: [1, 3] },
      },
      [0, 0, 0],
    ),
    '"b" begins at byte 1 - wanted 2: no gaps, no overlap',
  ],
  [
    "a shape that claims far more than there is",
    file({ a: { dtype: "F32", shape: [1e6, 1e6], data_offsets: [0, 4] } }, [0, 0, 0, 0]),
    '"a" has 4 bytes for shape [1000000, 1000000] - wanted 4000000000000',
  ],
  [
    "an unknown dtype",
    file({ a: { dtype: "F8", shape: [1], data_offsets: [0, 1] } }, [0]),
    '"a" has dtype F8',
  ],
  [
    "bytes that do not match the shape",
    file({ a: { dtype: "F32", shape: [2], data_offsets: [0, 4] } }, [0, 0, 0, 0]),
    "wanted 8",
  ],
  [
    "a gap",
    file({ a: { dtype: "U8", shape: [1], data_offsets: [1, 2] } }, [0, 0]),
    "wanted 0: no gaps",
  ],
  [
    "bytes left over",
    file({ a: { dtype: "U8", shape: [1], data_offsets: [0, 1] } }, [0, 0]),
    "the file holds 2",
  ],
])("decodeTensors() refuses %s", (_, bytes, message) => {
  expect(() => decodeTensors(bytes)).toThrow(message);
  expect(() => decodeTensors(bytes)).toThrow(SyntaxError);
});

test("saving or loading what is no model, or no optimiser, is refused by name", () => {
  const bytes = encodeModel(made());
  expect(() => encodeModel({ a: 1 } as never)).toThrow(
    "save: an object for the model - wanted a network or a layer",
  );
  expect(() => decodeModel(bytes, undefined as never)).toThrow(
    "load: undefined for the model - wanted a network or a layer",
  );
  expect(() => encodeModel(made(), { optimizer: 5 as never })).toThrow(
    "save: a number for the optimizer - wanted one of optim",
  );
  expect(() => encodeModel(made(), { schedule: "cosine" as never })).toThrow(
    "save: a string for the schedule - wanted one of optim",
  );
  expect(() => encodeModel(made(), { optimiser: 1 } as never)).toThrow(
    'save: option "optimiser" - wanted optimizer, schedule, generator, note',
  );
  expect(() => decodeModel(bytes, made(), { generator: true as never })).toThrow(
    "load: a boolean for the generator - wanted defaultGenerator, or a Generator",
  );
  expect(() => decodeTensors("x" as never)).toThrow(
    "decodeTensors: a string for the file - wanted its bytes, a Uint8Array",
  );
});
