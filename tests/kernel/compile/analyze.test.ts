import { describe, expect, test } from "vitest";
import { createNotebook } from "./notebook.ts";

type Row = readonly [source: string, defines: string[], uses: string[], assigns: string[]];

const rows: readonly Row[] = [
  [
    "const lr = 0.1; let net = mk(lr); function mk(x: T) { return x + hidden }",
    ["lr", "net", "mk"],
    ["hidden"],
    [],
  ],
  ["hidden = zeta + 1", [], ["zeta"], ["hidden"]],
  ["n++; m += 1; k ??= 2", [], ["n", "m", "k"], ["n", "m", "k"]],
  ["x = 1", [], [], ["x"]],
  ["[a, b.c, ...d] = e", [], ["b", "e"], ["a", "d"]],
  ["({ a, b: c, [k]: d = e, ...f } = g)", [], ["k", "e", "g"], ["a", "c", "d", "f"]],
  ["const { a, b: [c], ...d } = e", ["a", "c", "d"], ["e"], []],
  ["for (const x of xs) { let y = x; print(y) }", [], ["xs", "print"], []],
  ["for (k in o) for (var v of k) ;", ["v"], ["o", "k"], ["k"]],
  ["const x: Shape = make<Shape>(); type Shape = typeof other", ["x"], ["make"], []],
  ["interface A { b: B } let c: A", ["c"], [], []],
  ["import d, { e as f, type G } from 'm'; import * as h from 'n'", ["d", "f", "h"], [], []],
  [
    "enum E { A = start, B } namespace N { export const x = E.B + y }",
    ["E", "N"],
    ["start", "y"],
    [],
  ],
  [
    "class A extends B { x = c; [d] = 1; static e = A; m(p = q) { return p.r } }",
    ["A"],
    ["B", "c", "d", "q"],
    [],
  ],
  ["const f = (a, { b }, ...c) => a + b + c + d", ["f"], ["d"], []],
  ["const f = function g() { return g }", ["f"], [], []],
  ["try { a } catch ({ message }) { message; b } finally { c }", [], ["a", "b", "c"], []],
  ["label: for (;;) { break label }", [], [], []],
  [
    "({ key: 1, short, [computed]: 2, method() { return inside } })",
    [],
    ["short", "computed", "inside"],
    [],
  ],
  ["o.property.deep?.[index]", [], ["o", "index"], []],
  ["typeof maybe === 'undefined'", [], ["maybe"], []],
  ["tag`text ${value}`", [], ["tag", "value"], []],
  ["Math.max(console.log, undefined, Float32Array, NaN)", [], [], []],
  ["fetch(url).then((r) => r.json())", [], ["fetch", "url"], []],
  [
    "function f() { var inner = 1; if (inner) { var deep = 2 } return deep + arguments.length }",
    ["f"],
    [],
    [],
  ],
  ["{ function local() {} local() } local", [], ["local"], []],
  ["if (a) { var v = 1 } switch (v) { case 1: let w = x; }", ["v"], ["a", "x"], []],
  ["await using r = open()", ["r"], ["open"], []],
  ["@mark class D { @note x = 1 }", ["D"], ["mark", "note"], []],
  ["export const x = 1; export default y", ["x"], ["y"], []],
  ["new Net(size)", [], ["Net", "size"], []],
  ["const el = <Plot data={points} title='t' />", ["el"], ["h", "Plot", "points"], []],
  ["arguments", [], ["arguments"], []],
];

describe("names", () => {
  test.each(rows)("of %s", async (source, defines, uses, assigns) => {
    const { names } = await createNotebook().compile(source);
    expect({
      defines: names.defines.toSorted(),
      uses: names.uses.toSorted(),
      assigns: names.assigns.toSorted(),
    }).toEqual({ defines: defines.toSorted(), uses: uses.toSorted(), assigns: assigns.toSorted() });
  });

  test("esbuild's own variables are not among them", async () => {
    const { names } = await createNotebook().compile(
      "@mark class D { static x = D } enum E { A } using r = open(); namespace N { export let a = 1 }",
    );
    expect(names.defines.toSorted()).toEqual(["D", "E", "N", "r"]);
    expect(names.uses.toSorted()).toEqual(["mark", "open"]);
  });
});

describe("uses that wait for a call", () => {
  test.each<[source: string, later: string[]]>([
    ["function f() { return net(x); }", ["net", "x"]],
    ["const f = (x) => net(x), g = async () => lr;", ["net", "lr"]],
    ["export const f = () => net", ["net"]],
    [
      "class Net extends Module { w = zeros(3); forward(x) { return scale * x; } }",
      ["zeros", "scale"],
    ],
    // Called, or handed on, by the cell itself.
    ["function f() { return net(x); }\nf()", []],
    ["function f() { return g(); }\nfunction g() { return net; }\nconst y = f();", []],
    ["const f = () => net;\nregister(f);", []],
    ["const y = xs.map((x) => net(x));", []],
    ["class Net { static size = width; }", []],
    ["class Net { [key]() {} }", []],
    // Read here and in a function: read at once.
    ["function f() { return net; }\nnet.train();", []],
    ["function f() { return g(); }\nfunction g() { return net; }", ["net"]],
  ])("of %s", async (source, later) => {
    const { names } = await createNotebook().compile(source);
    expect(names.later.toSorted()).toEqual(later.toSorted());
  });
});

test("imports are told from other definitions", async () => {
  const { names } = await createNotebook().compile(
    'import { nn, optim as o } from "descent";\nimport * as d3 from "d3";\nconst x = nn;',
  );
  expect(names.imports.toSorted()).toEqual(["d3", "nn", "o"]);
});

describe("literals", () => {
  test("are the strings of the cell, once each, in order", async () => {
    const { literals } = await createNotebook().compile(
      'import { data } from "descent"; const a = data.load("digits"), b = data.load(`names`), c = "digits"; const d = `x${a}`;',
    );
    expect(literals).toEqual(["digits", "names"]);
  });
});
