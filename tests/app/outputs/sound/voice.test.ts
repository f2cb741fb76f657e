/** How loud what is heard at each moment: a stand-in for Web Audio that notes what is planned. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Voice } from "../../../../app/outputs/sound/voice.ts";
import type { Wav } from "../../../../kernel/plot/wav.ts";

interface Point {
  readonly at: number;
  readonly value: number;
  readonly isRamp: boolean;
}

/** An automated value, by the rules of Web Audio: held after a point, in a line towards a ramp's. */
class Param {
  points: Point[] = [];
  setValueAtTime = (value: number, at: number) => this.#add({ at, value, isRamp: false });
  linearRampToValueAtTime = (value: number, at: number) => this.#add({ at, value, isRamp: true });
  setTargetAtTime = (value: number, at: number) => this.setValueAtTime(value, at);
  cancelScheduledValues(from: number) {
    this.points = this.points.filter(({ at }) => at < from);
  }
  #add(point: Point) {
    this.points = [...this.points, point].toSorted((a, b) => a.at - b.at);
  }
  at(moment: number): number {
    const before = this.points.findLast(({ at }) => at <= moment);
    const after = this.points.find(({ at }) => at > moment);
    if (before === undefined) return 0;
    if (after?.isRamp !== true) return before.value;
    const share = (moment - before.at) / (after.at - before.at);
    return before.value + share * (after.value - before.value);
  }
}

class Node_ {
  readonly gain = new Param();
  connect<Next>(next: Next): Next {
    return next;
  }
  disconnect() {}
}

class Source extends Node_ {
  loop: boolean;
  started = Infinity;
  offset = 0;
  stopped = Infinity;
  readonly buffer: { readonly duration: number };
  #ended: () => void = () => {};
  constructor(_: unknown, options: { buffer: { duration: number }; loop: boolean }) {
    super();
    this.buffer = options.buffer;
    this.loop = options.loop;
    sources.push(this);
  }
  start(at: number, offset: number) {
    this.started = at;
    this.offset = offset;
  }
  stop(at: number) {
    this.stopped = at;
  }
  addEventListener(_: string, ended: () => void) {
    this.#ended = ended;
  }
  end() {
    this.#ended();
  }
  /** How loud its samples are at a moment. */
  weight(moment: number): number {
    if (moment < this.started || moment >= this.stopped) return 0;
    const isOver = !this.loop && moment - this.started + this.offset > this.buffer.duration;
    return isOver ? 0 : (this.line?.gain.at(moment) ?? 0);
  }
  line: Node_ | null = null;
  override connect<Next>(next: Next): Next {
    this.line = next as Node_;
    return next;
  }
}

let sources: Source[] = [];
const clock = { now: 0 };

class Context {
  get currentTime() {
    return clock.now;
  }
  destination = new Node_();
  resume = () => Promise.resolve();
  createBuffer = (_: number, length: number, rate: number) => ({
    duration: length / rate,
    getChannelData: () => new Float32Array(length),
  });
}

let voice: Voice;
let ends = 0;
const sound = (seconds = 2): Wav => ({
  rate: 8000,
  channels: 1,
  samples: new Float32Array(8000 * seconds),
});

/** Time goes by, for the audio clock and for timers. */
function pass(seconds: number): void {
  clock.now += seconds;
  vi.advanceTimersByTime(seconds * 1000);
}

/** The loudness of all that is heard, each tenth of a millisecond. */
const heard = (from: number, to: number) =>
  Array.from({ length: Math.round((to - from) * 10_000) }, (_, i) =>
    sources.reduce((sum, each) => sum + each.weight(from + i / 10_000), 0),
  );

function expectSmooth(from: number, to: number): void {
  const weights = heard(from, to);
  expect(Math.max(...weights)).toBeLessThanOrEqual(1 + 1e-9);
  const steps = weights.slice(1).map((each, i) => Math.abs(each - (weights[i] ?? 0)));
  // From nothing to all in ten milliseconds at the fastest.
  expect(Math.max(...steps)).toBeLessThan(0.0125);
}

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal("AudioContext", Context);
  vi.stubGlobal("AudioBufferSourceNode", Source);
  vi.stubGlobal("GainNode", Node_);
  vi.stubGlobal("window", globalThis);
  vi.resetModules();
  [sources, clock.now, ends] = [[], 1, 0];
  const { createVoice } = await import("../../../../app/outputs/sound/voice.ts");
  voice = createVoice(() => (ends += 1));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("a voice", () => {
  test("begins, changes and pauses without a jump, and never louder than one sound", () => {
    voice.play(sound(), 0.5);
    pass(0.3);
    expect(voice.place()).toBeCloseTo(0.795, 3);
    voice.change(sound());
    pass(0.1);
    voice.pause();
    pass(0.1);
    expect(voice.place()).toBeNull();
    expectSmooth(0.9, 1.6);
    expect(heard(1.1, 1.3).every((weight) => weight === 1)).toBe(true);
  });

  test("takes the newest of many changes, one fade after the other, where the sound is", () => {
    voice.play(sound(), 0);
    for (let i = 0; i < 60; i++) {
      pass(0.005);
      voice.change(sound(2 + i / 100));
    }
    pass(0.1);
    expectSmooth(0.9, 1.5);
    expect(sources.length).toBeLessThanOrEqual(18);
    const last = sources.at(-1);
    expect(last?.buffer.duration).toBeCloseTo(2.59, 6);
    expect(last && last.offset - (last.started - 1)).toBeCloseTo(-0.005, 2);
  });

  test("is sought as fast as keys repeat without a jump", () => {
    voice.play(sound(), 0);
    for (let i = 1; i < 20; i++) {
      pass(0.007);
      voice.play(sound(), i / 20);
    }
    expectSmooth(0.9, 1.3);
  });

  test("fades out at its end, and then is silent", () => {
    voice.play(sound(0.5), 0);
    expectSmooth(0.9, 1.7);
    expect(heard(1.505, 1.7).every((weight) => weight === 0)).toBe(true);
    pass(0.6);
    sources[0]?.end();
    expect([voice.place(), ends]).toEqual([null, 1]);
  });

  test("repeats, and plays to its end once it no longer does", () => {
    voice.setRepeat(true);
    voice.play(sound(0.5), 0);
    pass(1.2);
    expect(voice.place()).toBeCloseTo(0.195, 3);
    expect(heard(1.1, 2.2).every((weight) => weight === 1)).toBe(true);
    voice.setRepeat(false);
    expect(voice.place()).toBeCloseTo(0.195, 3);
    expect(sources[0]?.loop).toBe(false);
    const line = sources[0]?.line?.gain;
    expect([line?.at(2.49), line?.at(2.51)]).toEqual([1, 0]);
  });

  test("that is silent stays silent when its sound changes", () => {
    voice.change(sound());
    pass(1);
    expect(sources).toEqual([]);
  });
});
