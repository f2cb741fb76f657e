/** The wave of a sound: its lowest and highest sample in each stretch, and the drawing of it. */
import { hues } from "../../../kernel/plot/palette.ts";
import type { Wav } from "../../../kernel/plot/wav.ts";

export interface Stretch {
  /** In seconds. */
  readonly from: number;
  readonly to: number;
  readonly low: number;
  readonly high: number;
  /** Root mean square. */
  readonly loudness: number;
}

/** The sound in `count` stretches of equal length, channels together. */
export function stretches({ rate, channels, samples }: Wav, count: number): readonly Stretch[] {
  const moments = samples.length / channels;
  const many = Math.max(1, Math.min(count, moments));
  return Array.from({ length: moments === 0 ? 0 : many }, (_, i) => {
    const [from, to] = [Math.floor((i * moments) / many), Math.floor(((i + 1) * moments) / many)];
    const part = samples.subarray(from * channels, to * channels);
    let [low, high, power] = [0, 0, 0];
    for (const sample of part) {
      if (sample < low) low = sample;
      if (sample > high) high = sample;
      power += sample * sample;
    }
    const loudness = Math.sqrt(power / Math.max(1, part.length));
    return { from: from / rate, to: to / rate, low, high, loudness };
  });
}

export interface WavePicture {
  readonly theme: "light" | "dark";
  readonly wave: readonly Stretch[];
  /** How much of the sound lies before the play head, 0 to 1. */
  readonly played: number;
}

/** Fills the canvas: what was played in blue, the rest in grey, the head as a line. */
export function drawWave(canvas: HTMLCanvasElement, { theme, wave, played }: WavePicture): void {
  const ratio = devicePixelRatio;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const pen = canvas.getContext("2d");
  if (pen === null) return;
  pen.scale(ratio, ratio);
  const middle = height / 2;
  pen.fillStyle = hues.rule[theme];
  pen.fillRect(0, middle - 0.5, width, 1);
  wave.forEach(({ low, high }, i) => {
    const x = (i / wave.length) * width;
    pen.fillStyle = (i + 0.5) / wave.length <= played ? hues.train[theme] : hues.faint[theme];
    const top = middle - high * (middle - 1);
    const bottom = middle - low * (middle - 1);
    pen.fillRect(x, top, Math.max(1, width / wave.length), Math.max(1, bottom - top));
  });
  pen.fillStyle = hues.ink[theme];
  pen.fillRect(Math.min(width - 1, played * width), 0, 1, height);
}
