/** What other files try in Chromium alone, in Firefox ESR: knobs, floods, a browser that lacks something. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { soaking } from "../counts.ts";
import { openFirefox } from "./firefox.ts";
import { floods } from "./floods.ts";
import { type Opened, type Reader, run, shows } from "./readers.ts";

const path = process.env.FIREFOX_PATH ?? "";
const ui = 'import { ui } from "descent";\n';

describe.skipIf(!path || !soaking)("Firefox ESR", () => {
  let opened: Opened;
  let reader: Reader;
  beforeAll(async () => {
    opened = await openFirefox(path);
    ({ reader } = opened);
  });
  afterAll(() => opened.close());

  it("a slider moves in a loop that never yields, by keys, and keeps its value over a re-run", async () => {
    await reader.openNew();
    await reader.write(
      0,
      `${ui}const w = ui.slider("w", { min: 0, max: 10, step: 1, value: 1 });
function wait() { for (;;) if (w.value === 10) return "at the end"; }
wait()`,
    );
    await reader.start(0);
    await reader.focus("input[type=range]");
    await reader.key("End");
    await shows(reader, 0, "at the end");
    await reader.ended(0, "ok");
    await run(reader, 0, `${ui}const w = ui.slider("w", { min: 0, max: 10, step: 1, value: 1 });`);
    await reader.insertBelow(0);
    await run(reader, 1, "w.value * 2");
    await shows(reader, 1, /^20/);
    // A light cell follows.
    await reader.focus("input[type=range]");
    await reader.key("ArrowLeft");
    await shows(reader, 1, /^18/);
    expect(reader.takeErrors()).toEqual([]);
  });

  it("a button works in a loop that never yields, and when nothing runs", async () => {
    await reader.openNew();
    await reader.write(
      0,
      `${ui}let enough = false;
ui.button("enough", () => { enough = true; console.log("pressed"); });
function wait() { for (;;) if (enough) return "went on"; }
wait()`,
    );
    await reader.start(0);
    await reader.press("enough");
    await shows(reader, 0, "went on");
    await reader.ended(0, "ok");
    await reader.press("enough");
    await shows(reader, 0, /pressed[^]*pressed/);
    expect(reader.takeErrors()).toEqual([]);
  });

  it.each(floods)("$name: Stop works, and the page answers", { timeout: 60_000 }, async (flood) => {
    await reader.openNew();
    await reader.write(0, flood.source);
    await reader.start(0);
    if (flood.isEndless) {
      await shows(reader, 0, /\S/);
      await reader.press("Stop");
      await reader.ended(0, "interrupted");
    } else await reader.ended(0, "ok");
    await run(reader, 0, "6 * 7");
    await shows(reader, 0, /^42/);
    expect(reader.takeErrors()).toEqual([]);
  });
});

it.skipIf(!path || !soaking)(
  "Firefox ESR without isolation says what Stop may cost, and runs cells",
  { timeout: 60_000 },
  async () => {
    const { reader, close } = await openFirefox(path, { serve: { isolate: false } });
    try {
      await reader.openNew();
      await reader.says("without isolation headers");
      await run(reader, 0, "20 + 22");
      await shows(reader, 0, /^42/);
      await reader.write(0, "while (true) {}");
      await reader.start(0);
      await reader.ended(0, "running");
      await reader.press("Stop");
      await reader.ended(0, "killed");
      await run(reader, 0, "6 * 7");
      await shows(reader, 0, /^42/);
    } finally {
      await close();
    }
  },
);
