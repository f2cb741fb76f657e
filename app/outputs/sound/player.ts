/** A sound on the page: its wave, and the controls of its player. It is silent until its reader plays it. */
import { fromBase64 } from "../../../kernel/plot/base64.ts";
import { SOUND_MIME, WAV_MIME } from "../../../kernel/plot/sound-view.ts";
import { decodeWav, type Wav } from "../../../kernel/plot/wav.ts";
import type { MimeBundle } from "../../../kernel/protocol.ts";
import { el } from "../dom.ts";
import type { MountIfReadable } from "../lazy.ts";
import { textOf } from "../text.ts";
import { createVoice } from "./voice.ts";
import { drawWave, type Stretch, stretches } from "./wave.ts";
import "./player.css";

/** Steps of the arrow keys, as shares of the sound. */
const STEP = 0.05;
const FINE = 0.01;
/** Rows of the table of its data. */
const TOLD = 50;

/** The one that plays: another's start ends it. */
let playing: { pause(): void } | null = null;

export const mountSound: MountIfReadable = (element, bundle, context) => {
  const first = wavOf(bundle);
  if (first === null) return null;
  let shown = bundle;
  let page = context;
  let sound: Wav = first;
  let wave: readonly Stretch[] = [];
  /** Where the head stands while nothing plays, in seconds. */
  let rest = 0;
  let frame = 0;

  const title = el("div", { class: "sound-title" });
  const canvas = el("canvas", { class: "sound-wave", "aria-hidden": "true" });
  const track = el("div", { class: "sound-track", role: "slider", tabindex: "0" }, canvas);
  const playButton = el("button", { type: "button", class: "button sound-play" }, "Play");
  const time = el("span", { class: "sound-time" });
  const volume = el("input", { type: "range", min: "0", max: "1", step: "0.05", value: "0.5" });
  const repeat = el("input", { type: "checkbox" });
  const follow = el("input", { type: "checkbox" });
  const notes = el("div", { class: "figure-notes" });
  const data = el("details", { class: "figure-data" }, el("summary", {}, "Data"));
  const controls = el(
    "div",
    { class: "sound-controls" },
    playButton,
    time,
    el("label", {}, "Volume", volume),
    el("label", {}, repeat, "Repeat"),
    el("label", {}, follow, "Play each change"),
    data,
  );
  const wrap = el("div", { class: "figure sound" }, title, track, controls, notes);
  element.append(wrap);

  const voice = createVoice(() => {
    rest = 0;
    stopped();
  });
  const self = { pause };
  const seconds = () => sound.samples.length / sound.channels / sound.rate;
  const place = () => voice.place() ?? rest;

  function play(from: number): void {
    if (playing !== self) playing?.pause();
    playing = self;
    voice.play(sound, from);
    standing();
    tick();
  }

  function pause(): void {
    if (voice.place() === null) return;
    rest = place();
    voice.pause();
    stopped();
  }

  function stopped(): void {
    if (playing === self) playing = null;
    cancelAnimationFrame(frame);
    standing();
    draw();
  }

  function standing(): void {
    const isPlaying = voice.place() !== null;
    playButton.textContent = isPlaying ? "Pause" : "Play";
    wrap.dataset["state"] = isPlaying ? "playing" : "silent";
  }

  function press(): void {
    if (voice.place() === null) play(rest >= seconds() ? 0 : rest);
    else pause();
  }

  function seek(to: number): void {
    const at = Math.max(0, Math.min(seconds(), to));
    if (voice.place() !== null) play(at);
    else {
      rest = at;
      draw();
    }
  }

  function tick(): void {
    cancelAnimationFrame(frame);
    draw();
    if (voice.place() !== null) frame = requestAnimationFrame(tick);
  }

  function draw(): void {
    const [at, all] = [place(), seconds()];
    time.textContent = `${at.toFixed(2)} of ${all.toFixed(2)} s`;
    track.setAttribute("aria-valuenow", at.toFixed(2));
    track.setAttribute("aria-valuetext", `${at.toFixed(2)} of ${all.toFixed(2)} seconds`);
    if (canvas.clientWidth === 0) return;
    drawWave(canvas, { theme: page.theme, wave, played: all === 0 ? 0 : at / all });
  }

  /** What stands around the wave, and the wave in as many stretches as it is wide. */
  function dress(): void {
    const { title: named, notes: told } = partsOf(shown);
    title.hidden = named === null;
    title.textContent = named;
    notes.replaceChildren(...told.map((each) => el("p", {}, each)));
    track.setAttribute("aria-label", nameOf(shown));
    track.setAttribute("aria-valuemin", "0");
    track.setAttribute("aria-valuemax", seconds().toFixed(2));
    fit();
    if (data.open) fillTable();
  }

  function fit(): void {
    wave = stretches(sound, Math.max(1, canvas.clientWidth));
    draw();
  }

  function fillTable(): void {
    data.querySelector(".figure-rows")?.remove();
    if (data.open) data.append(tableOf(stretches(sound, TOLD)));
  }

  function seekTo(event: PointerEvent): void {
    const { left, width } = track.getBoundingClientRect();
    seek(((event.clientX - left) / Math.max(1, width)) * seconds());
  }

  track.addEventListener("pointerdown", (event) => {
    track.setPointerCapture(event.pointerId);
    seekTo(event);
  });
  track.addEventListener("pointermove", (event) => {
    if (track.hasPointerCapture(event.pointerId)) seekTo(event);
  });
  track.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = (event.shiftKey ? FINE : STEP) * seconds();
    const to = {
      ArrowLeft: place() - step,
      ArrowDown: place() - step,
      ArrowRight: place() + step,
      ArrowUp: place() + step,
      Home: 0,
      End: seconds(),
    }[event.key];
    if (to === undefined && event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    if (to === undefined) press();
    else seek(to);
  });
  playButton.addEventListener("click", press);
  volume.addEventListener("input", () => voice.setVolume(Number(volume.value)));
  repeat.addEventListener("change", () => voice.setRepeat(repeat.checked));
  data.addEventListener("toggle", fillTable);
  const sized = new ResizeObserver(fit);
  sized.observe(canvas);

  standing();
  dress();
  return {
    update(next, nextContext) {
      page = nextContext;
      const changed = next === shown ? null : wavOf(next);
      if (changed === null) {
        draw();
        return;
      }
      shown = next;
      const isOther = !isSame(changed, sound);
      sound = changed;
      rest = Math.min(rest, seconds());
      if (isOther && voice.place() !== null) voice.change(sound);
      else if (isOther && follow.checked) play(0);
      dress();
    },
    dispose() {
      cancelAnimationFrame(frame);
      sized.disconnect();
      if (playing === self) playing = null;
      voice.dispose();
      wrap.remove();
    },
  };
};

function wavOf(bundle: MimeBundle): Wav | null {
  const bytes = fromBase64(textOf(bundle, WAV_MIME).replaceAll(/\s/g, ""));
  return bytes === null ? null : decodeWav(bytes);
}

/** A file of another program has neither title nor notes. */
function partsOf(bundle: MimeBundle): {
  readonly title: string | null;
  readonly notes: readonly string[];
} {
  const sent = bundle[SOUND_MIME];
  if (typeof sent !== "object" || sent === null) return { title: null, notes: [] };
  const [title, notes]: unknown[] = [Reflect.get(sent, "title"), Reflect.get(sent, "notes")];
  return {
    title: typeof title === "string" ? title : null,
    notes: Array.isArray(notes) ? notes.slice(0, 8).filter((each) => typeof each === "string") : [],
  };
}

function isSame(a: Wav, b: Wav): boolean {
  return (
    a.rate === b.rate &&
    a.channels === b.channels &&
    a.samples.length === b.samples.length &&
    a.samples.every((sample, i) => sample === b.samples[i])
  );
}

function tableOf(told: readonly Stretch[]): HTMLElement {
  const row = (tag: "th" | "td", texts: readonly string[]) =>
    el("tr", {}, ...texts.map((text) => el(tag, {}, text)));
  const number = (value: number) => value.toFixed(3).replace("-", "−");
  const rows = told.map(({ from, to, low, high, loudness }) =>
    row("td", [from, to, low, high, loudness].map(number)),
  );
  const head = row("th", ["from, s", "to, s", "lowest", "highest", "loudness"]);
  return el(
    "div",
    { class: "figure-rows", tabindex: "0", role: "region", "aria-label": "Data of the sound" },
    el("table", {}, el("thead", {}, head), el("tbody", {}, ...rows)),
  );
}

function nameOf(bundle: MimeBundle): string {
  return textOf(bundle, "text/plain").replace(/^<Figure: (.*)>$/s, "$1") || "A sound";
}
