/** What programs mean: each row is a fact, the cells that show it, and the last cell's result. */

export type Case = readonly [fact: string, cells: readonly string[], expected: unknown];

export const cases: Readonly<Record<string, readonly Case[]>> = {
  declarations: [
    [
      "destructuring takes defaults and rest",
      [
        "const { a, b: [c = 5, ...d], ...e } = { a: 1, b: [undefined, 2, 3], f: 4 };",
        "[a, c, d, e]",
      ],
      [1, 5, [2, 3], { f: 4 }],
    ],
    ["array destructuring skips holes", ["const [a, , b] = [1, 2, 3];", "[a, b]"], [1, 3]],
    [
      "a nested default of a shorthand is used",
      ["const { a = 1, b: { c = 2 } = {} } = {} as any;", "[a, c]"],
      [1, 2],
    ],
    [
      "a computed key of a pattern is read",
      ["const key = 'k'; const { [key]: v } = { k: 9 };", "v"],
      9,
    ],
    [
      "names swap by destructuring assignment",
      ["let a = 1, b = 2;", "[a, b] = [b, a]; [a, b]"],
      [2, 1],
    ],
    [
      "object destructuring assigns names of another cell",
      ["let a, b;", "({ a, b = 2 } = { a: 1 } as any);", "[a, b]"],
      [1, 2],
    ],
    [
      "a let without a value is undefined at each run",
      ["let x = 1;", "let x;", "typeof x"],
      "undefined",
    ],
    ["a var in a block belongs to the cell", ["if (true) { var v = 1; }", "v"], 1],
    ["an empty var is undefined", ["var v;", "typeof v"], "undefined"],
    ["an empty var keeps what the name held", ["var v = 1;", "var v;", "v"], 1],
    ["a var that never runs is undefined", ["if (false) { var v = 1; }", "v === undefined"], true],
    [
      "a var of a for head belongs to the cell",
      ["for (var i = 0, j = 5; i < 3; i++) {}", "[i, j]"],
      [3, 5],
    ],
    [
      "a var of a for-of head belongs to the cell",
      ["for (var [k, v] of [[1, 2], [3, 4]]) {}", "[k, v]"],
      [3, 4],
    ],
    [
      "a var of a for-in head belongs to the cell",
      ["for (var key in { a: 1, b: 2 }) ;", "key"],
      "b",
    ],
    [
      "a for-of loop assigns a name of another cell",
      ["let x = 0;", "for (x of [1, 2, 3]) ;", "x"],
      3,
    ],
    [
      "a loop counter stays in its loop",
      ["for (let i = 0; i < 3; i++) {}", "typeof i"],
      "undefined",
    ],
    [
      "each iteration has its own counter",
      [
        "const fs: (() => number)[] = []; for (let i = 0; i < 3; i++) fs.push(() => i);",
        "fs.map((f) => f())",
      ],
      [0, 1, 2],
    ],
    [
      "a block's names stay in it",
      [
        "{ const inner = 1; let other = 2; function f() {} }",
        "[typeof inner, typeof other, typeof f]",
      ],
      ["undefined", "undefined", "undefined"],
    ],
    [
      "a local shadows a name of the notebook",
      ["const x = 1; function f() { const x = 2; return x }", "[f(), x]"],
      [2, 1],
    ],
    [
      "a parameter shadows a name of the notebook",
      ["const x = 1; const f = (x: number, y = x) => x + y;", "f(5)"],
      10,
    ],
    [
      "a catch clause has its own name",
      ["const e = 1; let seen; try { throw 2 } catch (e) { seen = e }", "[e, seen]"],
      [1, 2],
    ],
    [
      "a catch clause takes an error apart",
      [
        "const a = 1, c = 3; const f = (x: any) => { try { throw x } catch ({ a, b: [b = c] = [], ...rest }) { let c = 5; var late = b; return [a, b, c, rest] } finally { late } }",
        "[a, f({ a: 2, b: [7], d: 8 }), f({}), c]",
      ],
      [1, [2, 7, 5, { d: 8 }], [undefined, 3, 5, {}], 3],
    ],
    [
      "a catch clause's parts are its closures' own, and can be written",
      [
        "const all: any[] = []; for (const n of [1, 2]) { try { throw [n, n] } catch ([x, y]) { all.push(() => (x += y)) } } all.map((f) => [f(), f()])",
      ],
      [
        [2, 3],
        [4, 6],
      ],
    ],
    [
      "switch cases share a scope of their own",
      ["const x = 1; let y; switch (1) { case 1: const x = 2; y = x }", "[x, y]"],
      [1, 2],
    ],
    [
      "a named function expression knows itself",
      [
        "const f = function me(n: number): number { return n ? me(n - 1) : 7 };",
        "[f(3), typeof me]",
      ],
      [7, "undefined"],
    ],
    [
      "names with a dollar sign and letters beyond ASCII work",
      ["const $x$ = 1, $k = 2, $f = 3, été = 4;", "$x$ + $k + $f + été"],
      10,
    ],
    [
      "a local named like a generated one does not collide",
      ["const x = 1; const f = ($x$: number) => $x$ + x;", "f(5)"],
      6,
    ],
    [
      "a name read before its line keeps the old value",
      ["let x = 1;", "const y = x; let x = 2;", "[x, y]"],
      [2, 1],
    ],
    [
      "__proto__ can name a function",
      ["const __proto__ = () => 1;", "[__proto__.name, __proto__()]"],
      ["__proto__", 1],
    ],
  ],

  "functions and classes": [
    ["a function is called above its line", ["const r = f(); function f() { return 1 }", "r"], 1],
    [
      "this is undefined in a plain call",
      ["function f(this: any) { return this }", "f()"],
      undefined,
    ],
    ["this is undefined in a plain call of an arrow's cell", ["(() => this)()"], undefined],
    ["this of a method is its object", ["const o = { x: 4, f() { return this.x } };", "o.f()"], 4],
    [
      "arrow functions take the name they are assigned to",
      ["const f = () => {}; let g; g = async () => {};", "[f.name, g.name]"],
      ["f", "g"],
    ],
    [
      "classes take the name they are assigned to",
      ["const A = class {}; let B; B ??= class {};", "[A.name, B.name]"],
      ["A", "B"],
    ],
    [
      "defaults of a pattern take their name",
      ["const { f = () => {}, g = function () {} } = {} as any;", "[f.name, g.name]"],
      ["f", "g"],
    ],
    [
      "a class is made, extended and tested",
      [
        "class A { constructor(public x: number) {} }",
        "class B extends A { static made = 0; y = 2 }",
        "const b = new B(1); [b.x, b.y, b instanceof A, B.name, B.made]",
      ],
      [1, 2, true, "B", 0],
    ],
    [
      "a class refers to itself whatever its name becomes",
      [
        "class A { static one = new A() } const first = A;",
        "class A {}",
        "first.one instanceof first",
      ],
      true,
    ],
    [
      "private fields, accessors and static blocks run",
      [
        "class P { #n = 1; static s: number; static { P.s = 5 } get n() { return this.#n } set n(v) { this.#n = v } }",
        "const p = new P(); p.n += 2; [p.n, P.s]",
      ],
      [3, 5],
    ],
    [
      "a generator yields",
      ["function* g(n: number) { for (let i = 0; i < n; i++) yield i * i }", "[...g(4)]"],
      [0, 1, 4, 9],
    ],
    [
      "an async generator is iterated",
      [
        "async function* g() { yield 1; yield 2 }",
        "const out = []; for await (const v of g()) out.push(v); out",
      ],
      [1, 2],
    ],
    [
      "arguments are the function's own",
      ["function f(...a: number[]) { return arguments.length + a.length }", "f(1, 2, 3)"],
      6,
    ],
    [
      "a shorthand property reads the name",
      ["const x = 1, y = 2;", "({ x, y, z: 3 })"],
      { x: 1, y: 2, z: 3 },
    ],
    [
      "a tagged template calls without this",
      ["function tag(this: any, s: any, v: number) { return [this, s.raw[0], v] }", "tag`a${1}`"],
      [undefined, "a", 1],
    ],
    [
      "an optional call of a missing function is undefined",
      ["let f: any; const o: any = {};", "[f?.(), o.g?.(), o?.h?.i]"],
      [undefined, undefined, undefined],
    ],
    [
      "new of a name and of a member work",
      ["class A { x = 1 } const ns = { A };", "[new A().x, new ns.A().x]"],
      [1, 1],
    ],
    [
      "a closure over a let of the cell sees each value",
      ["let n = 0; const inc = () => ++n; inc(); inc();", "[n, inc()]"],
      [2, 3],
    ],
    [
      "overloads are erased",
      [
        "function f(a: number): number; function f(a: string): string; function f(a: any) { return a } f(3)",
      ],
      3,
    ],
    [
      "decorators of classes and methods run",
      [
        "const seen: string[] = []; const mark = (v: any, c: any) => { seen.push(c.kind + ' ' + String(c.name)) };",
        "@mark class D { @mark m() { return 1 } @mark x = 2 }",
        "[seen.sort(), D.name, new D().m(), new D().x]",
      ],
      [["class D", "field x", "method m"], "D", 1, 2],
    ],
  ],

  statements: [
    ["top-level await waits", ["const x = await Promise.resolve(5);", "x"], 5],
    [
      "await in a loop's head waits",
      ["let s = 0; for (const p of [await Promise.resolve(1), 2]) s += p; s"],
      3,
    ],
    [
      "for await takes promises",
      ["let s = 0; for await (const v of [Promise.resolve(1), 2]) s += v; s"],
      3,
    ],
    [
      "a labelled continue reaches its loop",
      [
        "let n = 0; outer: for (const a of [1, 2, 3]) { for (const b of [1, 2, 3]) { if (b === 2) continue outer; n += a * b } } n",
      ],
      6,
    ],
    [
      "a labelled break leaves its loop",
      ["let n = 0; outer: while (true) { do { n++; break outer } while (true) } n"],
      1,
    ],
    [
      "a loop without braces keeps its one statement",
      ["let n = 0; for (let i = 0; i < 4; i++) if (i % 2) n += i; else n -= 1; n"],
      2,
    ],
    ["a do loop runs once at least", ["let n = 0; do n++; while (false); n"], 1],
    [
      "loops nest without braces",
      ["let n = 0; for (const a of [1, 2]) for (const b of [3, 4]) while (n < a * b) n++; n"],
      8,
    ],
    ["an empty loop body is allowed", ["let i = 0; while (i++ < 5); i"], 6],
    [
      "finally runs after return in a function",
      [
        "const log: number[] = []; function f() { try { return 1 } finally { log.push(2) } }",
        "[f(), log]",
      ],
      [1, [2]],
    ],
    [
      "logical assignment assigns once",
      ["let a: any, b = 1, c = 0; a ??= 5; b ||= 6; c &&= 7;", "[a, b, c]"],
      [5, 1, 0],
    ],
    [
      "update expressions give the right value",
      ["let i = 1;", "[i++, i, ++i, i--, --i]"],
      [1, 2, 3, 3, 1],
    ],
    [
      "using disposes at the end of the cell",
      [
        "const log: string[] = []; { using r = { [Symbol.dispose]() { log.push('inner') } }; log.push('body') }",
        "using q = { v: 3, [Symbol.dispose]() { log.push('outer') } }; const w = q.v; log.push('cell'); w",
        "[log, w]",
      ],
      [["body", "inner", "cell", "outer"], 3],
    ],
    [
      "await using disposes and waits",
      [
        "const log: string[] = [];",
        "await using r = { async [Symbol.asyncDispose]() { await null; log.push('gone') } };",
        "log",
      ],
      ["gone"],
    ],
    [
      "a cell with using shows its last expression",
      ["using q = { v: 3, [Symbol.dispose]() {} }; q.v"],
      3,
    ],
    ["a comma expression is its last value", ["let a = 1;", "a = 2, a + 1"], 3],
    [
      "a switch runs its case",
      [
        "let s = ''; for (const x of [1, 2]) { switch (x) { case 1: s += 'one'; continue; default: s += 'more' } } s",
      ],
      "onemore",
    ],
  ],

  TypeScript: [
    [
      "types, casts and assertions are erased",
      ["interface P { x: number } type Q = P | null; const p = { x: 1 } as P satisfies Q; p!.x"],
      1,
    ],
    ["an angle-bracket cast is read as a cast", ["const x = <number>(5 as unknown); x"], 5],
    ["a generic arrow function is read as one", ["const id = <T>(x: T) => x; id('a')"], "a"],
    [
      "JSX calls h",
      [
        "const h = (tag: any, props: any, ...kids: any[]) => [tag, props, kids]; const Fragment = 'f';",
        "[<b id='x'>hi {1 + 1}</b>, <></>]",
      ],
      [
        ["b", { id: "x" }, ["hi ", 2]],
        ["f", null, []],
      ],
    ],
    [
      "an enum counts and reverses",
      ["enum Color { Red, Green = 5, Blue }", "[Color.Blue, Color[5]]"],
      [6, "Green"],
    ],
    [
      "an enum starts afresh when its cell changes",
      ["enum E { A, B }", "enum E { C }", "Object.keys(E)"],
      ["0", "C"],
    ],
    ["enums of one cell merge", ["enum E { A } enum E { B = 1 }", "[E.A, E.B]"], [0, 1]],
    ["a const enum is inlined", ["const enum E { A = 3 } E.A"], 3],
    [
      "a namespace exports and starts afresh",
      [
        "namespace N { export const a = 1 }",
        "namespace N { export const b = 2; export function f() { return b } }",
        "[Object.keys(N), N.f()]",
      ],
      [["b", "f"], 2],
    ],
    [
      "a class merges with a namespace of its name",
      ["class A { m() { return A.x } } namespace A { export const x = 4 } new A().m()"],
      4,
    ],
    [
      "parameter properties assign",
      [
        "class A { constructor(readonly x = 1, private y = 2) {} sum() { return this.x + this.y } } new A().sum()",
      ],
      3,
    ],
    ["a declared name makes no variable", ["const x = 1;", "declare const x: number; x"], 1],
    [
      "abstract members vanish",
      [
        "abstract class A { abstract f(): number } class B extends A { f() { return 1 } } new B().f()",
      ],
      1,
    ],
  ],

  results: [
    ["the last expression is the result", ["const a = 1; a + 1"], 2],
    ["a semicolon changes nothing", ["const a = 1; a + 1;\n// done\n"], 2],
    ["a string alone is a result and no directive", ['"use strict";'], "use strict"],
    ["a negative number is a result", ["1;\n-5"], -5],
    ["not-true is a result", ["1;\n!true; // why"], false],
    ["NaN is a result", ["1; NaN"], Number.NaN],
    ["undefined at the end hides what is above", ["1;\nundefined"], undefined],
    ["void hides its operand", ["void 5"], undefined],
    ["void 0 at the end hides what is above", ["delete ({} as any).x;\nvoid 0;"], undefined],
    ["a minus on a new line goes on with the expression", ["const a = 9;", "a\n-5"], 4],
    ["an assignment shows nothing", ["let x;", "x = 5"], undefined],
    ["an update shows nothing", ["let x = 1;", "x++"], undefined],
    ["push shows nothing", ["const xs: number[] = [];", "xs.push(5)"], undefined],
    ["a timer's start shows nothing", ["setTimeout(() => {}, 0)"], undefined],
    ["a declaration shows nothing", ["1; const x = 2"], undefined],
    ["a cell that ends in a function shows nothing", ["f(); function f() { return 1 }"], undefined],
    ["a loop shows nothing", ["1; for (const x of [1]) x"], undefined],
    ["an object is an object", ["{ a: 1, b: [2] }"], { a: 1, b: [2] }],
    [
      "an object with methods and a trailing comment is an object",
      ["// an object\n{ a: 1, ...{ c: 3 } } // here"],
      { a: 1, c: 3 },
    ],
    ["an empty object is an object", ["{}"], {}],
    ["a block is a block", ["let x = 0;", "{ const y = 2; x = y }", "x"], 2],
    ["a promise at the end is awaited", ["Promise.resolve(3)"], 3],
    ["a class expression in brackets is a result", ["(class A {}).name"], "A"],
    ["a regular expression and a template are results", ["/a/.source + `b${1}`"], "ab1"],
    ["an empty cell shows nothing", [""], undefined],
    ["a cell of comments shows nothing", ["// nothing\n/* here */"], undefined],
    ["a cell of types shows nothing", ["type A = number; interface B {}"], undefined],
  ],
  loops: [
    ["for counts", ["let s = 0; for (let i = 0; i < 5; i++) { s += i } s"], 10],
    ["for without head runs until break", ["let i = 0; for (;;) { if (++i > 3) break } i"], 4],
    [
      "for with two counters",
      ["const r = []; for (let i = 0, j = 3; i < j; i++, j--) r.push([i, j]); r"],
      [
        [0, 3],
        [1, 2],
      ],
    ],
    [
      "for-of over a map",
      ["let s = ''; for (const [k, v] of new Map([['a', 1], ['b', 2]])) { s += k + v } s"],
      "a1b2",
    ],
    [
      "for-in over keys",
      ["const r = []; for (const k in { x: 1, y: 2 }) { r.push(k) } r"],
      ["x", "y"],
    ],
    [
      "while with a condition that assigns",
      ["const q = [1, 2, 3]; let x, s = 0; while ((x = q.pop()) !== undefined) s += x; s"],
      6,
    ],
    [
      "do-while with continue",
      ["let i = 0, s = 0; do { if (i === 2) continue; s += i } while (++i < 5); s"],
      8,
    ],
    [
      "continue in a for reaches the update",
      ["let s = 0; for (let i = 0; i < 6; i++) { if (i % 2) continue; s += i } s"],
      6,
    ],
    [
      "labelled continue out of a switch",
      [
        "let s = ''; next: for (const x of 'abc') { switch (x) { case 'b': continue next } s += x } s",
      ],
      "ac",
    ],
    ["labelled block break", ["let n = 0; block: { for (;;) { n++; break block } } n"], 1],
    [
      "closures over a counter called later",
      [
        "const fs = []; for (let i = 0; i < 3; i++) { fs.push(() => f(i)) } const f = (x: number) => x * 2; fs.map((g) => g())",
      ],
      [0, 2, 4],
    ],
    [
      "closures over a counter that the body changes",
      ["const fs = []; for (let i = 0; i < 4; i++) { fs.push(() => i); i++ } fs.map((g) => g())"],
      [1, 3],
    ],
    [
      "a generator that loops for ever, left by break",
      [
        "function* all() { let i = 0; while (true) yield i++ } let s = 0; for (const i of all()) { if (i > 4) break; s += i } s",
      ],
      10,
    ],
    [
      "a generator's finally runs when a loop leaves",
      [
        "const log: string[] = []; function* g() { try { yield 1; yield 2 } finally { log.push('end') } } for (const x of g()) { log.push('x'); break } log",
      ],
      ["x", "end"],
    ],
    [
      "two-way generators",
      [
        "function* acc(): any { let s = 0; for (;;) { const x = yield s; s += x } } const a = acc(); a.next(); a.next(2); a.next(3).value",
      ],
      5,
    ],
    [
      "delegating generators",
      [
        "function* a() { yield 1; return 2 } function* b(): any { const r = yield* a(); yield r } [...b()]",
      ],
      [1, 2],
    ],
    [
      "an async generator with a loop and await",
      [
        "async function* g() { for (let i = 0; i < 3; i++) { await null; yield i } } let s = 0; for await (const x of g()) s += x; s",
      ],
      3,
    ],
    [
      "an async function with a loop",
      [
        "async function f(n: number) { let s = 0; for (let i = 0; i < n; i++) { s += await Promise.resolve(i) } return s } await f(4)",
      ],
      6,
    ],
    [
      "an async arrow with an expression body",
      ["const f = async (x: number) => g(x); const g = (x: number) => x + 1; await f(1)"],
      2,
    ],
    [
      "a static block with a loop",
      [
        "class A { static t = 0; static { for (const x of [1, 2].map((v) => v * 2)) { this.t += x } } } A.t",
      ],
      6,
    ],
    [
      "a field that loops in a callback",
      ["class A { xs = [3, 1, 2].sort((a, b) => Math.sign(a - b)) } new A().xs"],
      [1, 2, 3],
    ],
    [
      "callbacks of callbacks",
      ["[1, 2].flatMap((x) => [x, x * 10].map((y) => String(y))).join()"],
      "1,10,2,20",
    ],
    [
      "a dangling else binds to the inner if",
      ["let r = ''; for (const x of [1, 2, 3]) if (x > 1) if (x > 2) r += 'c'; else r += 'b'; r"],
      "bc",
    ],
    [
      "a loop as the branch of an if",
      ["let n = 0; if (n) for (;;) n++; else for (; n < 3; ) n++; n"],
      3,
    ],
    [
      "a try in a loop with continue in finally",
      [
        "let n = 0; for (let i = 0; i < 3; i++) { try { n += f() } catch { n += 100 } finally { continue } } function f(): number { throw 1 } n",
      ],
      300,
    ],
    [
      "recursion by a function, an arrow and a method",
      [
        "function a(n: number): number { return n < 2 ? n : a(n - 1) + a(n - 2) } const b = (n: number): number => (n < 2 ? n : b(n - 1) + b(n - 2)); const o = { c(n: number): number { return n < 2 ? n : this.c(n - 1) + this.c(n - 2) } }; [a(9), b(9), o.c(9)]",
      ],
      [34, 34, 34],
    ],
    [
      "an arrow that returns an object",
      ["const f = (x: number) => ({ v: g(x), w: 1 }); const g = (x: number) => x; f(2)"],
      { v: 2, w: 1 },
    ],
    [
      "arrows that return arrows and sequences",
      ["const f = (a: number) => (b: number) => (g(a), g(b)); const g = (x: number) => x; f(1)(2)"],
      2,
    ],
    [
      "a derived constructor that calls before super",
      [
        "const log: number[] = []; class A { constructor(public v: number) {} } class B extends A { constructor() { const v = f(); super(v) } } const f = () => 5; new B().v",
      ],
      5,
    ],
    [
      "getters, setters and computed methods",
      [
        "const k = 'm'; const o = { get x() { return h() }, set x(v) { h(v) }, async [k]() { return h() } }; function h(..._a: any[]) { return 3 } o.x = 1; [o.x, await o.m()]",
      ],
      [3, 3],
    ],
  ],
};
