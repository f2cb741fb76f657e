import { afterAll, beforeAll, expect, test } from "vitest";
import type { Notice } from "../../../kernel/hosts/notices.ts";
import type { Pause } from "../../../kernel/protocol.ts";
import { type NotebookKernel, startNotebookKernel } from "./notebook-kernel.ts";

// One kernel for all: its names stay, and no test may leave another's pause behind.
let kernel: NotebookKernel;
beforeAll(async () => {
  kernel = await startNotebookKernel({ graceMs: 60_000 });
});
afterAll(() => kernel.client.close());

const imports = 'import { forever, nn, ones, optim, progress } from "descent";\n';

/** A kernel that runs `source`, asked to pause at its first line of output, with hands to steer it. */
async function paused(source: string) {
  let seen = kernel.notices.length;
  const isAfter = (notice: Notice) => kernel.notices.indexOf(notice) >= seen;
  const next = async (fits: (notice: Notice) => boolean) => {
    const found = await kernel.until((notice) => isAfter(notice) && fits(notice));
    seen = kernel.notices.indexOf(found) + 1;
    return found;
  };
  const held = async (): Promise<Pause> => {
    const notice = await next(
      ({ ...each }) =>
        each.kind === "output" && each.output.kind === "pause" && each.output.pause !== null,
    );
    if (notice.kind !== "output" || notice.output.kind !== "pause" || notice.output.pause === null)
      throw new Error("wanted a pause");
    return notice.output.pause;
  };
  const done = kernel.run(source, "loop");
  await next(({ ...each }) => each.kind === "output" && each.output.kind === "stream");
  kernel.client.steer({ kind: "pause" });
  return { done, first: await held(), held };
}

const valueOf = (pause: Pause, name: string) =>
  pause.variables.find((each) => each.name === name)?.text;

const loops: Readonly<Record<string, string>> = {
  "a loop at the top level": 'let n = 0;\nfor (;;) { n++; if (n === 1) console.log("on"); }',
  "a loop of arithmetic": 'let n = 0; console.log("on");\nwhile (true) n++;',
  "a loop of a synchronous function":
    'let n = 0; console.log("on");\nfunction spin() { for (;;) n++; }\nspin();',
  "a loop that awaits": 'let n = 0; console.log("on");\nfor (;;) { await null; n++; }',
  "a loop of an async function":
    'let n = 0; console.log("on");\nasync function spin() { for (;;) { await null; n++; } }\nawait spin();',
  "a loop with a handle": `let n = 0; console.log("on");\nfor (const step of forever()) n = step;`,
  "a generator":
    'let n = 0; console.log("on");\nfunction* all() { for (;;) yield n++; }\nfor (const x of all()) x + 1;',
};

for (const [name, source] of Object.entries(loops)) {
  test(`${name} pauses, takes single steps, and goes on`, async () => {
    await kernel.run(imports, "imports");
    const { done, first, held } = await paused(source);
    expect(first.frame).toMatchObject({ cell: "loop" });
    let n = Number(valueOf(first, "n"));
    // A generator's loop and the one that asks it take turns: two heads for each value.
    const least = name === "a generator" ? 0 : 1;
    for (let step = 0; step < 4; step++) {
      kernel.client.steer({ kind: "step" });
      const now = Number(valueOf(await held(), "n"));
      expect(now - n).toBeGreaterThanOrEqual(least);
      expect(now - n).toBeLessThanOrEqual(1);
      n = now;
    }
    kernel.client.steer({ kind: "resume" });
    await kernel.until(
      (notice) => kernel.notices.indexOf(notice) > 0 && isGoingOn(kernel.notices, notice),
    );
    kernel.client.interrupt();
    expect((await done).status).toBe("interrupted");
    expect(Number((await kernel.run("n")).result)).toBeGreaterThan(n);
  });
}

/** The last word about pauses, once nothing about them follows. */
function isGoingOn(notices: readonly Notice[], notice: Notice): boolean {
  const last = notices.findLast((each) => each.kind === "output" && each.output.kind === "pause");
  return notice === last && last.kind === "output" && last.output.kind === "pause"
    ? last.output.pause === null
    : false;
}

test("Stop ends a paused cell at its line, and keeps the names", async () => {
  const { done } = await paused('let n = 7;\nconsole.log("on");\nwhile (true) {\n}');
  kernel.client.interrupt();
  const { status, error } = await done;
  expect(status).toBe("interrupted");
  expect(error?.frames[0]).toMatchObject({ line: 3 });
  expect((await kernel.run("n")).result).toBe("7");
});

test("a pause that was answered is not the next cell's", async () => {
  const { done } = await paused('console.log("on");\nwhile (true) {}');
  kernel.client.interrupt();
  await done;
  const { result } = await kernel.run("let s = 0; for (let i = 0; i < 100; i++) s += i; s");
  expect(result).toBe("4950");
});

const training = `
const layer = nn.Linear(1, 1);
const opt = optim.SGD(layer.parameters(), { lr: 0.001 });
let steps = 0;
function learn() {
  opt.zeroGrad();
  layer(ones([1, 1])).sum().backward();
  opt.step();
  steps += 1;
}
const inner = [1, 2, 3];
`;

test("a step of a plain loop is one step of its optimiser, whatever loops lie between", async () => {
  const { done, first, held } = await paused(
    `${imports}${training}
for (let i = 0; ; i++) {
  let sum = 0;
  for (const x of inner) sum += x;
  learn();
  if (i === 1) console.log("on");
}`,
  );
  const before = Number(valueOf(first, "steps"));
  for (let step = 1; step <= 3; step++) {
    kernel.client.steer({ kind: "step" });
    expect(Number(valueOf(await held(), "steps"))).toBe(before + step);
  }
  kernel.client.interrupt();
  await done;
});

test("a step of nested loops with handles is one batch where they train", async () => {
  const { done, first, held } = await paused(
    `${imports}${training}
let measured = 0;
for (const epoch of forever()) {
  for (const batch of progress(inner)) learn();
  for (const batch of progress(inner)) measured += 1;
  if (epoch === 1) console.log("on");
}`,
  );
  const seen = [Number(valueOf(first, "steps"))];
  for (let step = 0; step < 6; step++) {
    kernel.client.steer({ kind: "step" });
    const now = await held();
    seen.push(Number(valueOf(now, "steps")));
    // The loop that measures is passed in one go.
    expect(Number(valueOf(now, "measured")) % 3).toBe(0);
  }
  for (let i = 1; i < seen.length; i++) {
    expect((seen[i] ?? 0) - (seen[i - 1] ?? 0)).toBeLessThanOrEqual(1);
  }
  expect((seen.at(-1) ?? 0) - (seen[0] ?? 0)).toBeGreaterThanOrEqual(4);
  kernel.client.interrupt();
  await done;
});

/** The number of the loop that has the bar. */
async function bar(from: number): Promise<number> {
  const notice = await kernel.until(
    (each) =>
      kernel.notices.indexOf(each) >= from &&
      each.kind === "output" &&
      each.output.kind === "progress" &&
      each.output.done > 0,
  );
  if (notice.kind !== "output" || notice.output.kind !== "progress") throw new Error("no bar");
  return notice.output.loop;
}

test("Finish ends a loop with a handle as if its condition had become false", async () => {
  const from = kernel.notices.length;
  const done = kernel.run(
    `${imports}let turns = 0;\nfor (const step of forever()) turns = step + 1;\n"after " + (turns > 0)`,
  );
  kernel.client.steer({ kind: "finish", loop: await bar(from) });
  const { status, result, outputs } = await done;
  expect([status, result]).toEqual(["ok", '"after true"']);
  const last = outputs.findLast((output) => output.kind === "progress");
  expect(String(last?.done)).toBe((await kernel.run("turns")).result);
});

test("Finish ends a loop in a synchronous function, and only the one it means", async () => {
  const from = kernel.notices.length;
  const done = kernel.run(
    `${imports}
function train() { let turns = 0; for (const step of forever()) turns += 1; return turns; }
const first = train() > 0;
let second = 0;
for (const x of progress([1, 2, 3])) second += x;
[first, second]`,
  );
  kernel.client.steer({ kind: "finish", loop: await bar(from) });
  expect((await done).result).toBe("[true, 6]");
});

test("Finish of a paused loop lets the cell go on to its end", async () => {
  const from = kernel.notices.length;
  const { done } = await paused(
    `${imports}console.log("on");\nfor (const step of forever()) { step; }\n"done"`,
  );
  kernel.client.steer({ kind: "finish", loop: await bar(from) });
  expect((await done).result).toBe('"done"');
});

test("Finish ends inner loops that train, and lets those that measure come to their end", async () => {
  const from = kernel.notices.length;
  const done = kernel.run(
    `${imports}${training}
let measured = 0, epochs = 0;
for (const epoch of forever()) {
  for (const x of progress([1, 2, 3])) measured += 1;
  for (const x of forever()) learn();
  for (const x of progress([1, 2, 3])) measured += 1;
  epochs += 1;
}
[epochs, measured, steps > 0]`,
  );
  const first = await kernel.until(
    (each) =>
      kernel.notices.indexOf(each) >= from &&
      each.kind === "output" &&
      each.output.kind === "progress",
  );
  if (first.kind !== "output" || first.output.kind !== "progress") throw new Error("no bar");
  kernel.client.steer({ kind: "finish", loop: first.output.loop });
  expect((await done).result).toBe("[1, 6, true]");
});

test("a held loop shows what its last turn made, and nothing of an older one", async () => {
  await kernel.run(imports, "imports");
  const { done, held } = await paused(`let turns = 0;
for (const step of forever()) {
  if (step === 0) console.log("on");
  turns = step;
  if (step % 3 === 2) continue;
  const double = step * 2, twice = () => double;
}`);
  const told: (readonly [string, string])[][] = [];
  for (let step = 0; step < 6; step++) {
    kernel.client.steer({ kind: "step" });
    const pause = await held();
    const made = pause.variables.filter(({ turn }) => turn === true);
    const before = Number(valueOf(pause, "turns"));
    told.push(made.map(({ name, text }) => [name, text] as const));
    const whole = [
      ["step", String(before)],
      ["double", String(before * 2)],
    ];
    expect(told.at(-1)).toEqual(before % 3 === 2 ? [] : whole);
  }
  expect(told.filter((made) => made.length === 0).length).toBe(2);
  kernel.client.interrupt();
  await done;
});

test("how far a held loop is, is told with the pause, however long its figures take to draw", async () => {
  await kernel.run('import { forever, plot } from "descent";', "imports");
  const { done, held } = await paused(`let turns = 0;
const curve = plot.live();
for (const step of forever()) {
  if (step === 1) console.log("on");
  turns = step + 1;
  for (let i = 0; i < 400; i++) curve.push(Object.fromEntries([..."abcdefgh"].map((c) => [c, i])));
}`);
  for (let step = 0; step < 4; step++) {
    kernel.client.steer({ kind: "step" });
    const pause = await held();
    const bars = kernel.notices.flatMap((each) =>
      each.kind === "output" && each.output.kind === "progress" ? [each.output.done] : [],
    );
    expect(bars.at(-1)).toBe(Number(valueOf(pause, "turns")));
  }
  kernel.client.interrupt();
  await done;
});

test("variables are the notebook's own values: no imports, no functions, long ones cut", async () => {
  await kernel.run(
    `${imports}const text = "x".repeat(300);\nconst net = nn.Sequential(nn.Linear(2, 1));`,
  );
  const { done, first } = await paused(
    'function f() {}\nclass C {}\nconst one = 1;\nconsole.log("on");\nwhile (true) {}',
  );
  const names = first.variables.map(({ name }) => name);
  for (const hidden of ["nn", "forever", "f", "C"]) expect(names).not.toContain(hidden);
  const of = (name: string) => first.variables.find((each) => each.name === name);
  const [text, net, one] = [of("text"), of("net"), of("one")];
  expect(text?.text.length).toBeLessThanOrEqual(100);
  expect(text?.more?.length).toBeGreaterThan(300);
  expect(net).toMatchObject({
    text: expect.stringMatching(/^Sequential\( \(0\): Linear/) as string,
  });
  expect(one).toEqual({ name: "one", text: "1" });
  kernel.client.interrupt();
  await done;
});

test("a value whose printing loops for ever does not hold the kernel past Stop", async () => {
  await kernel.run("const odd = { toString() { for (;;) {} } };");
  const from = kernel.notices.length;
  const done = kernel.run('console.log("on");\nwhile (true) {}', "loop");
  await kernel.until(
    (each) =>
      kernel.notices.indexOf(each) >= from &&
      each.kind === "output" &&
      each.output.kind === "stream",
  );
  kernel.client.steer({ kind: "pause" });
  kernel.client.interrupt();
  expect((await done).status).toBe("interrupted");
});
