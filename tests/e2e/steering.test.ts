/** Stop, pause, step, go on and Finish under a reader's hands. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { soaking } from "../counts.ts";
import { browsers, type Reader, run, shows } from "./readers.ts";

/** Each prints "ready" and then goes on for ever. */
const endless: Readonly<Record<string, string>> = {
  "a loop": "for (;;) {}",
  "a loop of arithmetic": "let n = 0; while (true) n = (n * 3 + 1) % 1001;",
  "a loop that catches everything": "while (true) { try { while (true) {} } catch {} }",
  "a loop whose finally continues": "for (;;) { try { for (;;) {} } finally { continue; } }",
  "a labelled loop": "outer: for (;;) { for (;;) { continue outer; } }",
  "calls that call themselves":
    "function f(n: number): number { return n > 0 ? f(n - 1) + f(n - 1) : 1; } f(80);",
  "a function of another cell": "spin();",
  "a generator": "function* all() { for (;;) yield 1; } for (const x of all()) x + 1;",
  "a loop that awaits": "for (;;) await null;",
  "a loop that waits for timers": "for (;;) await new Promise((go) => setTimeout(go, 5));",
  "an await that never ends": "await new Promise(() => {});",
  "a callback of a timer": "await new Promise(() => setTimeout(() => { for (;;) {} }, 1));",
  "a long call of the engine": "for (;;) { large.matmul(large).matmul(large); }",
};

/** Those that engines differ in: which reads they hoist out of a loop, and how they wait. */
const telling = new Set(["a loop of arithmetic", "an await that never ends"]);

/** What goes on when its cell is over. */
const leftGoing: Readonly<Record<string, string>> = {
  "a loop that nobody awaits":
    "const step = async () => { turns++; };\nvoid (async () => { for (;;) await step(); })();",
  "promises that a timer sets going":
    "const chain = () => { turns++; void Promise.resolve().then(chain); };\nvoid setTimeout(chain, 5);",
  "a timer that repeats": "void setInterval(() => turns++, 50);",
};

const allForms: readonly (readonly [where: string, loop: string])[] = [
  ["at the top level", 'for (let i = 0; ; i++) { turns = i; if (i === 5) console.log("ready"); }'],
  [
    "of a synchronous function",
    'function work() { for (let i = 0; ; i++) { turns = i; if (i === 5) console.log("ready"); } }\nwork();',
  ],
  [
    "that awaits",
    'for (let i = 0; ; i++) { turns = i; if (i === 5) console.log("ready"); await null; }',
  ],
];
/** In a synchronous function no message can arrive: what works there works in the others. */
const forms = soaking ? allForms : allForms.slice(1, 2);

describe.each(browsers)("in $name", ({ path, isWhole, open }) => {
  describe.skipIf(!path)("(skipped where it is not installed)", () => {
    let reader: Reader;
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ reader, close } = await open());
    });
    afterAll(() => close());
    beforeEach(() => reader.openNew());
    afterEach(() => {
      expect(reader.takeErrors()).toEqual([]);
    });

    it("Stop ends every form of endless code and keeps the names", async () => {
      await run(
        reader,
        0,
        'import { rand } from "descent";\nlet kept = 0;\n' +
          "const large = rand([1500, 1500]);\nfunction spin() { for (;;) {} }",
      );
      await reader.insertBelow(0);
      const tried = Object.entries(endless).filter(([form]) => isWhole || telling.has(form));
      for (const [form, source] of tried) {
        await reader.write(1, `kept += 1;\nconsole.log("ready ${form}");\n${source}`);
        await reader.start(1);
        await shows(reader, 1, `ready ${form}`);
        await reader.press("Stop");
        await reader.ended(1, "interrupted");
      }
      await reader.insertBelow(1);
      expect(await run(reader, 2, "kept")).toBe(String(tried.length));
    });

    it("Stop ends what a cell leaves going, which the page tells", async () => {
      const word = () => reader.text(".kernel-word");
      await run(reader, 0, "let turns = 0;");
      await reader.insertBelow(0);
      const tried = Object.entries(leftGoing).filter((_, at) => isWhole || at === 0);
      for (const [, source] of tried) {
        await run(reader, 1, source);
        await expect.poll(word, { timeout: 30_000 }).toBe("Running");
        await reader.press("Stop");
        await expect.poll(word, { timeout: 30_000 }).toBe("Ready");
      }
      // The names are kept, and nothing counts any more.
      const first = await run(reader, 1, "turns");
      expect(Number(first)).toBeGreaterThan(0);
      const later = await run(reader, 1, "await new Promise((go) => setTimeout(go, 100)); turns");
      expect(later).toBe(first);
    });

    it.runIf(isWhole)("Stop empties the queue", async () => {
      await reader.write(0, 'console.log("ready");\nfor (;;) {}');
      await reader.insertBelow(0);
      await reader.write(1, '"never"');
      await reader.start(0);
      await shows(reader, 0, "ready");
      await reader.start(1);
      await reader.ended(1, "queued");
      await reader.press("Stop");
      await reader.ended(0, "interrupted");
      await reader.ended(1, "idle");
      expect(await reader.output(1)).toBe("");
    });

    it.runIf(isWhole)(
      "a second Stop ends code that hears nothing, and what was learned can be restored",
      async () => {
        const model = [
          'import { nn, ones, optim } from "descent";',
          "const net = nn.Linear(2, 1);",
          "const opt = optim.Adam(net.parameters(), { lr: 0.1 });",
        ].join("\n");
        await run(reader, 0, model);
        await reader.insertBelow(0);
        const learned = await run(
          reader,
          1,
          "for (let i = 0; i < 12; i++) { opt.zeroGrad(); net(ones([4, 2])).sum().backward(); opt.step(); }\n" +
            "net.weight.toArray()",
        );
        await reader.insertBelow(1);
        // Code that no compiler of ours has seen; of an endless regular expression Firefox tires soon.
        await reader.write(2, 'console.log("ready");\nawait null;\n(0, eval)("for (;;) {}")');
        await reader.start(2);
        await reader.ended(2, "running");
        await reader.press("Stop", 2);
        await reader.ended(2, "killed");
        await reader.says("net and opt as they were at step 12 can be restored");
        await reader.press("Restore");
        await reader.says("Run the cells that make net and opt");
        expect(await run(reader, 0, model)).toContain("Restored as of step 12: net, opt");
        expect(await run(reader, 1, "net.weight.toArray()")).toBe(learned);
        expect(await reader.text(".notice")).toBe(null);
      },
    );

    it.each(forms)(
      "a loop %s pauses, shows its names, takes steps, goes on and stops",
      async (_, loop) => {
        await reader.write(0, `let turns = 0;\nconst word = "hello";\n${loop}`);
        await reader.start(0);
        await shows(reader, 0, "ready");
        await reader.press("Pause");
        await reader.says("Paused at line 3");
        const turns = async () => {
          const text = await reader.text(".variables");
          expect(text).toMatch(/word\s+"hello"/);
          return Number(/turns\s+(\d+)/.exec(text ?? "")?.[1]);
        };
        const first = await turns();
        for (let step = 1; step <= 3; step++) {
          await reader.press("Step");
          await expect.poll(turns, { timeout: 30_000 }).toBe(first + step);
        }
        await reader.press("Go on");
        await expect.poll(() => reader.text(".variables"), { timeout: 30_000 }).toBe(null);
        await reader.press("Pause");
        await reader.says("Paused at line 3");
        await expect.poll(turns).toBeGreaterThan(first + 3);
        await reader.press("Stop");
        await reader.ended(0, "interrupted");
      },
    );

    it.runIf(isWhole)(
      "keys pause, step and finish a loop with a bar, and the rest of the cell runs",
      async () => {
        await reader.write(
          0,
          'import { forever } from "descent";\nlet n = 0;\nfor (const step of forever()) {\n  n = step;\n}\n`finished after ${n > 0}`',
        );
        await reader.start(0);
        await reader.key("Escape");
        await reader.says("per second");
        await reader.key("p");
        await reader.says("Paused at line 3");
        const before = Number(/n\s+(\d+)/.exec((await reader.text(".variables")) ?? "")?.[1]);
        await reader.key("n");
        await expect
          .poll(async () => Number(/n\s+(\d+)/.exec((await reader.text(".variables")) ?? "")?.[1]))
          .toBe(before + 1);
        await reader.key("f");
        await reader.ended(0, "ok");
        await expect.poll(() => reader.output(0)).toContain("finished after true");
      },
    );
  });
});
