import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as plot from "../../../kernel/plot/index.ts";
import { FIGURE_MIME } from "../../../kernel/protocol.ts";
import { nn } from "../../../kernel/tensor/index.ts";
import { type FakeSurface, installFakeSurface } from "../fake-surface.ts";

let page: FakeSurface;
beforeEach(() => {
  page = installFakeSurface();
});
afterEach(() => page.remove());

interface Trace {
  readonly ids: readonly string[];
  readonly labels: readonly string[];
  readonly parents: readonly string[];
  readonly values: readonly number[];
  readonly text: readonly string[];
}
function drawn(): { readonly trace: Trace; readonly text: unknown } {
  const bundle = page.displays.at(-1)?.render() ?? {};
  const { data } = bundle[FIGURE_MIME] as { data: readonly [Trace] };
  return { trace: data[0], text: bundle["text/plain"] };
}

describe("plot.treemap", () => {
  test("gives every parameter of a network its count as area, and modules the sum of theirs", () => {
    const net = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10));
    plot.treemap(net);
    const { trace, text } = drawn();
    const area = new Map(trace.ids.map((id, i) => [id, trace.values[i]]));
    for (const [name, parameter] of net.namedParameters())
      expect(area.get(name)).toBe(parameter.numel());
    expect(area.get("0")).toBe(64 * 32 + 32);
    expect(area.get("2")).toBe(32 * 10 + 10);
    expect(area.get("/")).toBe(net.summary().total);
    expect(trace.text[trace.ids.indexOf("0.weight")]).toBe("[32, 64]<br>2,048, 85 %");
    expect(trace.labels).toEqual([
      "Sequential",
      "0: Linear",
      "weight",
      "bias",
      "2: Linear",
      "weight",
      "bias",
    ]);
    expect(text).toBe(
      "<Figure: 2,410 parameters: 0.weight 85 %, 2.weight 13.3 %, 0.bias 1.33 %, 2.bias 0.415 %>",
    );
  });

  test("every part is as large as those in it", () => {
    plot.treemap({ "a.b.c": 3, "a.b.d": 4, "a.e": 5, f: 6 }, { unit: "pictures" });
    const { trace } = drawn();
    trace.ids.forEach((id, i) => {
      const inside = trace.parents.flatMap((parent, k) => (parent === id ? [k] : []));
      if (inside.length === 0) return;
      expect(trace.values[i]).toBe(inside.reduce((sum, k) => sum + (trace.values[k] ?? 0), 0));
    });
    expect(trace.values[0]).toBe(18);
  });

  test("counts a parameter that two layers share once", () => {
    const shared = nn.Linear(3, 3);
    plot.treemap(nn.Sequential(shared, nn.Tanh(), shared));
    expect(drawn().trace.values[0]).toBe(12);
  });

  test("refuses what has no areas", () => {
    expect(() => plot.treemap(nn.Sequential(nn.ReLU()))).toThrow(
      "plot.treemap: nothing to show - wanted some areas",
    );
    expect(() => plot.treemap({ a: -1 })).toThrow(
      'plot.treemap: "a" is -1 - wanted a number, 0 or more',
    );
    expect(() => plot.treemap(new Float32Array(3) as never)).toThrow("wanted a network, or areas");
    const many = Object.fromEntries(Array.from({ length: 2001 }, (_, i) => [`area ${i}`, 1]));
    expect(() => plot.treemap(many)).toThrow(
      "plot.treemap: 2001 areas - wanted at most 2000, more cannot be told apart",
    );
    expect(() => plot.treemap([1] as never)).toThrow(
      "plot.treemap: an array - wanted a network, or areas by name",
    );
  });
});
