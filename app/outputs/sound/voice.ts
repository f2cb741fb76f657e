/**
 * Samples as sound. Beginnings, ends and changes are short fades, so that nothing clicks; two sounds are
 * heard at once only while one goes over into the other, and their weights add up to 1.
 */
import type { Wav } from "../../../kernel/plot/wav.ts";

/** In seconds. */
const FADE = 0.02;
const END = FADE / 2;
/** How far ahead a start is planned. */
const AHEAD = 0.005;

export interface Voice {
  /** In seconds from the sound's beginning; null when nothing plays. */
  place(): number | null;
  /** Begins at a place, in seconds. What plays fades out meanwhile. */
  play(sound: Wav, place: number): void;
  /** Goes over into another sound at the place where this one is; during a fade, after it. */
  change(sound: Wav): void;
  pause(): void;
  /** 0 to 1. */
  setVolume(volume: number): void;
  setRepeat(isOn: boolean): void;
  dispose(): void;
}

interface Line {
  readonly source: AudioBufferSourceNode;
  readonly gain: GainNode;
  /** Of the audio clock, when the sound's beginning was or would have been. */
  beganAt: number;
  /** When it was faded in from somewhere in the sound. */
  readonly startedAt: number;
  readonly seconds: number;
}

/** Made at the first press: browsers let no page sound before one. */
let audio: AudioContext | null = null;

/** `ended` is called when a sound came to its end by itself. */
export function createVoice(ended: () => void): Voice {
  let line: Line | null = null;
  let next: Wav | null = null;
  let timer = 0;
  let output: GainNode | null = null;
  let volume = 0.5;
  let isRepeating = false;
  let fadeEndsAt = 0;

  function begin(sound: Wav, place: number): void {
    audio ??= new AudioContext();
    void audio.resume();
    output ??= connected(audio, volume);
    const buffer = bufferOf(audio, sound);
    const at = audio.currentTime + AHEAD;
    fadeOut(at);
    const source = new AudioBufferSourceNode(audio, { buffer, loop: isRepeating });
    const gain = new GainNode(audio, { gain: 0 });
    source.connect(gain).connect(output);
    const from = place < buffer.duration ? place : 0;
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(1, at + FADE);
    source.start(at, from);
    const made: Line = {
      source,
      gain,
      beganAt: at - from,
      startedAt: at,
      seconds: buffer.duration,
    };
    planEnd(made);
    source.addEventListener("ended", () => {
      gain.disconnect();
      if (line !== made) return;
      line = null;
      ended();
    });
    line = made;
    fadeEndsAt = at + FADE;
  }

  /** A sound that stops in the middle of a swing would click. */
  function planEnd({ gain, beganAt, seconds }: Line): void {
    if (!hasEnd(seconds)) return;
    gain.gain.setValueAtTime(1, beganAt + seconds - END);
    gain.gain.linearRampToValueAtTime(0, beganAt + seconds);
  }

  /** A sound as short as its fades has no room for another. */
  const hasEnd = (seconds: number) => !isRepeating && seconds >= FADE + 2 * END;

  function fadeOut(at: number): void {
    if (line === null) return;
    const { source, gain, startedAt, beganAt, seconds } = line;
    line = null;
    const left = hasEnd(seconds) ? (beganAt + seconds - at) / END : 1;
    // Counted, not read: not every browser tells a value that is on its way. The ramp to it is the part
    // of one that is cancelled, or stays where it is.
    gain.gain.cancelScheduledValues(at);
    const value = Math.max(0, Math.min(1, left, (at - startedAt) / FADE));
    gain.gain.linearRampToValueAtTime(value, at);
    gain.gain.linearRampToValueAtTime(0, at + FADE);
    source.stop(at + FADE);
  }

  const place = (): number | null => {
    if (line === null || audio === null) return null;
    const gone = Math.max(0, audio.currentTime - line.beganAt);
    return isRepeating ? gone % line.seconds : Math.min(gone, line.seconds);
  };

  function changeNow(): void {
    const sound = next;
    const at = place();
    next = null;
    if (sound !== null && at !== null) begin(sound, at + AHEAD);
  }

  function pause(): void {
    clearTimeout(timer);
    next = null;
    if (audio !== null) fadeOut(audio.currentTime);
  }

  return {
    place,
    play(sound, from) {
      clearTimeout(timer);
      next = null;
      begin(sound, from);
    },
    change(sound) {
      if (line === null || audio === null) return;
      const isWaiting = next !== null;
      next = sound;
      if (isWaiting) return;
      const waitMs = Math.max(0, fadeEndsAt - audio.currentTime) * 1000;
      timer = window.setTimeout(changeNow, waitMs);
    },
    pause,
    setVolume(to) {
      volume = Math.max(0, Math.min(1, to));
      if (audio !== null) output?.gain.setTargetAtTime(volume, audio.currentTime, END);
    },
    setRepeat(isOn) {
      const at = place();
      isRepeating = isOn;
      if (line === null || audio === null || at === null) return;
      // Rounds that are over count no longer.
      line.beganAt = audio.currentTime - at;
      line.source.loop = isOn;
      const fadedIn = Math.max(audio.currentTime, line.startedAt + FADE) + AHEAD;
      line.gain.gain.cancelScheduledValues(fadedIn);
      line.gain.gain.linearRampToValueAtTime(1, fadedIn);
      planEnd(line);
    },
    dispose() {
      pause();
      const gone = output;
      output = null;
      // What fades out is heard to its end.
      if (gone !== null) setTimeout(() => gone.disconnect(), 1000 * 2 * FADE);
    },
  };
}

function connected(context: AudioContext, volume: number): GainNode {
  const output = new GainNode(context, { gain: volume });
  output.connect(context.destination);
  return output;
}

function bufferOf(context: AudioContext, { rate, channels, samples }: Wav): AudioBuffer {
  const length = Math.max(1, samples.length / channels);
  const buffer = context.createBuffer(channels, length, rate);
  for (let channel = 0; channel < channels; channel++) {
    const into = buffer.getChannelData(channel);
    for (let i = 0; i < into.length; i++) into[i] = samples[i * channels + channel] ?? 0;
  }
  return buffer;
}
