import { describe, expect, test } from "vitest";
import type { Guard } from "../../../kernel/compile/compiler.ts";
import { createNotebook, type TestNotebook } from "./notebook.ts";

/** A notebook whose guards are interrupted at the `after`th call, and from then on at each. */
function interrupted(guard: Guard, after = 1): TestNotebook {
  let count = 0;
  return createNotebook({
    guard,
    forced: true,
    onSlow: () => {
      count += 1;
      if (count >= after) throw new Error("interrupted");
    },
  });
}

async function endlessLoop(guard: Guard): Promise<string> {
  return (await createNotebook({ guard }).compile("for (;;) {}")).code;
}

const guards = ["plain", "atomic", "countdown"] as const;

describe.each(guards)("an interrupt with %s guards", (guard) => {
  const endless: readonly [string, string][] = [
    ["while (true) {}", "while (true) {}"],
    ["for (;;);", "for (;;);"],
    ["do ; while (true)", "do ; while (true)"],
    ["a loop in a function", "function f() { for (;;) {} } f()"],
    ["a loop in a callback", "[1].map(() => { while (true) {} })"],
    ["a loop in an async function", "async function f() { while (true) await null } await f()"],
    [
      "a generator that never ends",
      "function* g() { while (true) yield 1 } for (const x of g()) x",
    ],
    ["a loop that swallows errors", "while (true) { try { while (true) {} } catch {} }"],
    ["a loop whose finally continues", "while (true) { try { for (;;) {} } finally { continue } }"],
    ["a catch that starts again", "function f(): void { try { for (;;) {} } catch { f() } } f()"],
    ["a static block", "class A { static { for (;;) {} } }"],
    [
      "calls that double",
      "function f(n: number): number { return n ? f(n - 1) + f(n - 1) : 1 } f(60)",
    ],
    [
      "arrow calls that double",
      "const f = (n: number): number => n ? f(n - 1) + f(n - 1) : 1; f(60)",
    ],
    ["a labelled continue", "a: for (;;) { for (;;) { continue a } }"],
    ["a loop as an if's branch", "if (1) while (true);"],
  ];
  test.each(endless)("ends %s", async (_name, source) => {
    await expect(interrupted(guard, 50).run(source)).rejects.toThrow("interrupted");
  });

  test("keeps the state of what ran", async () => {
    const notebook = interrupted(guard, 10);
    await expect(notebook.run("let n = 0; while (true) { n++ }")).rejects.toThrow("interrupted");
    expect(notebook.read("n")).toBe(9);
  });
});

describe("guards", () => {
  test.each(guards)("%s ones call nothing while no flag is raised", async (guard) => {
    const notebook = createNotebook({ guard });
    notebook.flags[0] = guard === "countdown" ? 1_000_000 : 0;
    await notebook.run("let s = 0; for (let i = 0; i < 1000; i++) { s += Number(i) } s");
    expect(notebook.calls).toEqual({ slow: 0, yield: 0 });
  });

  test("countdown calls once the count has run out", async () => {
    const notebook = createNotebook({
      guard: "countdown",
      onSlow: (flags) => {
        flags[0] = 99;
      },
    });
    notebook.flags[0] = 99;
    await notebook.run("let s = 0; for (let i = 0; i < 1000; i++) s += i; s");
    expect(notebook.calls.slow).toBe(10);
  });

  test("a raised second flag makes loops with calls wait", async () => {
    const notebook = createNotebook();
    notebook.flags[1] = 1;
    await notebook.run("let s = 0; for (let i = 0; i < 5; i++) s += Number(i);");
    expect(notebook.calls).toEqual({ slow: 0, yield: 5 });
  });

  const waiting: readonly [string, string, boolean][] = [
    ["pure arithmetic", "for (let i = 0; i < 3; i++) { s += i * 2 }", false],
    ["Math", "for (let i = 0; i < 3; i++) { s += Math.sqrt(i) }", false],
    [
      "a typed array's own methods",
      "for (let i = 0; i < 3; i++) { xs.subarray(i).fill(1) }",
      false,
    ],
    ["a call in the body", "for (let i = 0; i < 3; i++) { f(i) }", true],
    ["a call in the condition", "while (f()) { s++ }", true],
    ["a constructor", "while (s < 3) { new A() }", true],
    ["an iterator made by a call", "for (const x of forever()) { s += x }", true],
    ["an array", "for (const x of xs) { s += x }", false],
    ["a function that is only made", "for (const x of xs) { fs[x] = () => f(x) }", false],
    ["an async function's loop", "async function g() { while (true) { f() } }", true],
    ["a plain function's loop", "function g() { while (true) { f() } }", false],
    ["a generator's loop", "async function* g() { while (true) { f() } }", false],
    ["a static block's loop", "class A { static { while (true) { f() } } }", false],
  ];
  test.each(waiting)("a loop of %s waits as it should", async (_name, source, waits) => {
    const { code } = await createNotebook().compile(source);
    expect(code.includes("await $k.yield()")).toBe(waits);
  });

  test("a loop's guard says that it is one, a function's and a catch's do not", async () => {
    const { code } = await createNotebook().compile(
      "function g() { try { h() } catch { h() } for (;;) h() }",
    );
    expect(code.match(/\$k\.slow\(1?\)/g)).toEqual(["$k.slow()", "$k.slow()", "$k.slow(1)"]);
  });

  test.each(guards)("%s ones tell what a turn made, at its end", async (guard) => {
    const seen: unknown[] = [];
    const onSeen = (values: object) => void seen.push({ ...values });
    const notebook = createNotebook({ guard, forced: true, onSeen });
    await notebook.run(`
      const name = 1;
      for (const [i, { x = 3 }] of Object.entries([{}, {}, { x: 5 }])) {
        if (i === "1") continue;
        const double = Number(x) * 2, name = "inner";
        { const deeper = 1; }
        var outer = 1;
      }
      for (let n = 0; n < 1; n++) String(n);
      for (let n = 0; n < 1e3; n++) { const quick = n * 2; }
      const f = () => { let at = 0; while (at < 1) { const here = at++; String(here); } };
      f();`);
    expect(seen).toEqual([
      { i: "0", x: 3, double: 6, name: "inner" },
      { i: "2", x: 5, double: 10, name: "inner" },
      { here: 0 },
    ]);
  });

  test("a function that calls nothing has none", async () => {
    const { code } = await createNotebook().compile(
      "const f = (a, b) => a + b; function g(a) { return -a }\nclass Grid { get(i) { return this.cells[i] } }",
    );
    expect(code).not.toContain("$k.slow");
  });

  test.each([
    "xs.map((x) => x * 2)",
    "Array.from({ length: 9 }, function (_, i) { return i })",
    "new Promise((resolve) => { x = resolve })",
    "const it = { next() { return { done: false, value: 1 } } }",
    "const it = { next: () => ({ done: false, value: 1 }) }",
    "class It { next() { return { done: false, value: 1 } } }",
    "class It { next = () => ({ done: false, value: 1 }) }",
    "const it = { [Symbol.toPrimitive]: (hint) => hint }",
    "class Both { get one() { return this.other + this.other } }",
    "const v = { valueOf() { return -v } }",
    "it.next = () => ({ done: false, value: 1 })",
    "it[key] = function () { return 1 }",
    "const next = () => ({ done: false, value: 1 }); const it = { next }",
    "function next() { return { done: false, value: 1 } }",
    "class Both { set one(v) { this.other = v } }",
    "const handler = { get: (target, key, self) => self.x + self.x }",
    "const handler = { has(target, key) { return key in self } }",
    "const f = (a, b = f(a)) => a",
    "class Pair { left = make() }",
  ])("what may run again and again without a call has one: %s", async (source) => {
    const { code } = await createNotebook().compile(source);
    expect(code.match(/\$k\.slow\(\)/g)).toHaveLength(1);
  });

  test("each kind reads the flag in its own way", async () => {
    expect(await endlessLoop("plain")).toContain("for (; ; ) {if($f[0]!==0)$k.slow(1);");
    expect(await endlessLoop("atomic")).toContain(
      "for (; ; ) {if(Atomics.load($f,0)!==0)$k.slow(1);",
    );
    expect(await endlessLoop("countdown")).toContain("for (; ; ) {if(--$f[0]<0)$k.slow(1);");
  });

  test("a cell's own $k and $f do not meet the generated ones", async () => {
    const notebook = createNotebook({ forced: true });
    expect(
      await notebook.run(
        "function f($k: number) { const $f = 2; for (const x of [1]) $k += x * $f; return $k } f(1)",
      ),
    ).toBe(3);
  });

  test("esbuild's helpers have none", async () => {
    const { code } = await createNotebook().compile("using x = f();");
    expect(code).toContain("__callDispose");
    expect(code.slice(0, code.indexOf("try {\n  $x$"))).not.toContain("$k.slow");
  });
});
