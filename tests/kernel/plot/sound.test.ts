import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fromBase64 } from "../../../kernel/plot/base64.ts";
import * as plot from "../../../kernel/plot/index.ts";
import { SOUND_MIME, WAV_MIME } from "../../../kernel/plot/sound-view.ts";
import { decodeWav, encodeWav, type Wav } from "../../../kernel/plot/wav.ts";
import type { MimeBundle } from "../../../kernel/protocol.ts";
import { type FakeSurface, installFakeSurface } from "../fake-surface.ts";

let page: FakeSurface;
beforeEach(() => {
  page = installFakeSurface();
});
afterEach(() => page.remove());

const bundle = (): MimeBundle => page.displays.at(-1)?.render() ?? {};
function heard(): Wav {
  const wav = decodeWav(fromBase64(bundle()[WAV_MIME] as string) ?? new Uint8Array());
  if (wav === null) throw new Error("no sound");
  return wav;
}
const rounded = (samples: Float32Array) => Array.from(samples, (x) => Number(x.toFixed(3)));

describe("plot.sound", () => {
  test("sends its samples as a WAV file of 16 bits", () => {
    plot.sound([0, 0.5, -1, 1], { rate: 8000, title: "click" });
    expect({ ...heard(), samples: rounded(heard().samples) }).toEqual({
      rate: 8000,
      channels: 1,
      samples: [0, 0.5, -1, 1],
    });
    expect(bundle()[SOUND_MIME]).toEqual({ title: "click", notes: [] });
    expect(bundle()["text/plain"]).toBe(
      "<Figure: click: sound of 0.0005 s, 8,000 samples a second; peak 1, loudness 0.75 (root mean square)>",
    );
  });

  test("puts two channels side by side", () => {
    plot.sound({ shape: [2, 2], data: Float32Array.of(0.1, 0.2, -0.1, -0.2) }, { rate: 8000 });
    expect([heard().channels, rounded(heard().samples)]).toEqual([2, [0.1, -0.1, 0.2, -0.2]]);
  });

  test("makes what is too loud quieter as a whole, never anything louder, and says so", () => {
    plot.sound([4, -2, Number.NaN, Infinity]);
    expect(rounded(heard().samples)).toEqual([1, -0.5, 0, 0]);
    expect(bundle()[SOUND_MIME]).toMatchObject({
      notes: [
        "Samples reach 4, beyond 1: the whole is played 4 times quieter.",
        "2 samples are not finite; they are silent.",
      ],
    });
    plot.sound([0.1, -0.1]);
    expect(rounded(heard().samples)).toEqual([0.1, -0.1]);
  });

  test("follows its samples and a knob's rate at update()", () => {
    const samples = Float32Array.of(0.25);
    const rate = { value: 8000 };
    const figure = plot.sound(samples, { rate });
    samples[0] = 0.5;
    rate.value = 16_000;
    expect([heard().rate, rounded(heard().samples)]).toEqual([8000, [0.25]]);
    figure.update();
    expect([heard().rate, rounded(heard().samples)]).toEqual([16_000, [0.5]]);
  });

  test("of no samples is silence", () => {
    plot.sound([]);
    expect(heard().samples.length).toBe(0);
  });

  test.each<[string, () => unknown, string]>([
    [
      "rate",
      () => plot.sound([0], { rate: 10 }),
      "rate 10 - wanted 8000 to 96000 samples a second",
    ],
    [
      "shape",
      () => plot.sound({ shape: [3, 2], data: [] }),
      "samples of [3, 2] - wanted [samples]",
    ],
    ["length", () => plot.sound(new Float32Array(5_000_001)), "5000001 samples - wanted 5000000"],
    ["option", () => plot.sound([0], { speed: 2 } as never), 'option "speed" - wanted rate, title'],
  ])("refuses a %s that nothing can play", (_, make, message) => {
    expect(make).toThrow(`plot.sound: ${message}`);
  });
});

test("a file that is no such sound is not read", () => {
  const good = encodeWav({ rate: 8000, channels: 1, samples: Float32Array.of(0.5) });
  expect(decodeWav(good)).not.toBeNull();
  expect(decodeWav(good.subarray(0, 20))).toBeNull();
  for (const [at, byte] of [
    [0, 0],
    [20, 3],
    [22, 9],
    [34, 24],
    [40, 255],
  ] as const) {
    const wrong = good.slice();
    wrong[at] = byte;
    expect(decodeWav(wrong)).toBeNull();
  }
});
