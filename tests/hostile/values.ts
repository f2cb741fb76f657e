/**
 * What an attacker would send: values of every kind that survives a structured clone, markup and
 * names that mean something to somebody, structures that are small to send and large to walk. From
 * a seed, without packages: it runs in Node, in a kernel's worker and in an output's frame.
 */

export interface Chance {
  /** In [0, 1). */
  next(): number;
  /** 0 to `below` - 1. */
  whole(below: number): number;
  one<T>(of: readonly T[]): T;
}

/** Mulberry32. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (below: number) => Math.floor(next() * below);
  return { next, whole, one: <T>(of: readonly T[]) => of[whole(of.length)] as T };
}

const evil = "http://127.0.0.1:9/";
const run = "globalThis.pwned = true";

export const texts: readonly string[] = [
  "",
  "text",
  "__proto__",
  "constructor",
  "toString",
  "\u202Egnp.exe",
  "\u0000",
  "\uD800",
  "\u001b[31m\u001b[999999999C\u001b]8;;javascript:1\u0007x",
  "a".repeat(5_000),
  `<script>${run}</script>`,
  `<img src=x onerror="${run}"><img src="${evil}a.png">`,
  `<svg onload="${run}"><script>${run}</script><use href="${evil}b.svg#x"/></svg>`,
  `<math><mtext><table><mglyph><style><img src=x onerror="${run}">`,
  `<a href="javascript:${run}">x</a><form action="${evil}c"><button autofocus onfocus="${run}">`,
  `<iframe srcdoc="<script>parent.pwned=1</script>"></iframe><object data="${evil}d">`,
  `<style>@import url(${evil}e.css); * { background: url(${evil}f.png) }</style>`,
  `<div style="position:fixed;inset:0;background:image-set('${evil}g.png' 1x)">`,
  `![x](${evil}h.png) [y](javascript:${run}) <img src=x onerror="${run}">`,
  `$\\href{javascript:${run}}{x}$ $\\def\\a{\\a\\a}\\a$ $$\\rule{9999999em}{9999999em}$$`,
  `$\\includegraphics{${evil}i.png}$`,
  "../../etc/passwd",
  "https://a.example; script-src *",
  "javascript:alert(1)",
  evil,
];

const numbers = [
  0,
  -0,
  1,
  -1,
  2.5,
  1e308,
  -1e308,
  2 ** 53,
  Number.NaN,
  Infinity,
  -Infinity,
  5e-324,
];

/** Any value that can be sent, most of them small. */
export function hostileValue(chance: Chance, depth = 0): unknown {
  switch (chance.whole(depth > 3 ? 6 : 22)) {
    case 0:
      return chance.one(texts);
    case 1:
      return chance.one(numbers);
    case 2:
      return chance.one([null, undefined, true, false]);
    case 3:
      return 10n ** 30n;
    case 4:
      return {};
    case 5:
      return [];
    case 6:
      return new Date(chance.one([0, Number.NaN]));
    case 7:
      return new Map([[chance.one(texts), hostileValue(chance, depth + 1)]]);
    case 8:
      return new Set([chance.one(texts)]);
    case 9:
      return /(a+)+$/g;
    case 10:
      return Object.assign(new TypeError(chance.one(texts)), { hint: {} });
    case 11:
      return new Float64Array(chance.whole(20));
    case 12:
      return new ArrayBuffer(chance.whole(20));
    case 13:
      // Nothing to send, and four thousand million places to walk.
      return Object.assign([1], { length: 2 ** 32 - 1 });
    case 14: {
      const cycle: Record<string, unknown> = {};
      cycle.self = [cycle, cycle];
      return cycle;
    }
    case 15: {
      let shared: unknown = chance.one(texts);
      for (let level = 0; level < 40; level++) shared = [shared, shared];
      return shared;
    }
    case 16: {
      let deep: unknown = 1;
      for (let level = 0; level < 500; level++) deep = { deep };
      return deep;
    }
    case 17:
      // No way to a text: what prints it must not ask.
      return { toString: null, valueOf: 7, [Symbol.toPrimitive]: 1 };
    case 18:
      return JSON.parse(
        `{"__proto__": {"pwned": true}, "constructor": {"prototype": {"pwned": 1}}}`,
      );
    case 19:
      return { message: hostileValue(chance, depth + 1), name: {}, stack: 7 };
    default:
      return chance.next() < 0.5
        ? Array.from({ length: chance.whole(5) }, () => hostileValue(chance, depth + 1))
        : Object.fromEntries(
            Array.from({ length: chance.whole(5) }, () => [
              chance.one(texts),
              hostileValue(chance, depth + 1),
            ]),
          );
  }
}
