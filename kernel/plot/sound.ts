/** `plot.sound`: samples as a sound with a player, which never plays unasked. */
import type { MimeBundle } from "../protocol.ts";
import { DTypeError, kindOf } from "../tensor/errors.ts";
import { checkOptions } from "../tensor/options.ts";
import { toBase64 } from "./base64.ts";
import {
  type Adjustable,
  adjustable,
  type Column,
  isColumn,
  isTensor,
  readColumn,
  type TensorLike,
} from "./columns.ts";
import { type FigureOptions, Shown } from "./figure.ts";
import { formatNumber } from "./numbers.ts";
import { SOUND_MIME, WAV_MIME } from "./sound-view.ts";
import { encodeWav } from "./wav.ts";

const WHO = "plot.sound";

export interface SoundOptions extends FigureOptions {
  /** Samples a second, from 8,000 to 96,000; 44,100 unless told. */
  readonly rate?: Adjustable;
}

const optionNames = ["rate", "title"] satisfies (keyof SoundOptions)[];

/** Samples of one channel, or a tensor of `[channels, samples]` with one or two of them. */
export type Samples = Column | TensorLike;

/** What every browser plays. */
const RATES = [8000, 96_000] as const;
/** Nearly two minutes of one channel; what is longer is too much for a bundle. */
const MOST_SAMPLES = 5_000_000;

interface Heard {
  readonly rate: number;
  readonly channels: number;
  /** Side by side, from -1 to 1. */
  readonly samples: Float32Array;
  readonly peak: number;
  readonly rms: number;
  readonly notes: readonly string[];
}

export class Sound extends Shown {
  #heard: Heard;
  #samples: Samples;
  readonly #options: SoundOptions;

  constructor(samples: Samples, options: SoundOptions) {
    super();
    checkOptions(WHO, options, optionNames);
    this.#options = options;
    this.#samples = samples;
    this.#heard = heardFrom(samples, options);
    this.appear();
  }

  /**
   * Takes other samples, or what the same tensor holds now. A sound that plays goes over into the new
   * one where it is; one that is silent stays silent unless its reader wants each change played.
   */
  update(samples: Samples = this.#samples): void {
    this.#samples = samples;
    this.#heard = heardFrom(samples, this.#options);
    this.redraw();
  }

  override toBundle(): MimeBundle {
    const { title = null } = this.#options;
    return {
      [SOUND_MIME]: { title, notes: this.#heard.notes },
      [WAV_MIME]: toBase64(encodeWav(this.#heard)),
      "text/plain": this.toString(),
    };
  }

  override describe(): string {
    const { title } = this.#options;
    const { rate, channels, samples, peak, rms, notes } = this.#heard;
    const seconds = samples.length / channels / rate;
    const sides = channels === 2 ? " in stereo" : "";
    const said = [
      `sound of ${formatNumber(seconds)} s${sides}, ${formatNumber(rate, 6)} samples a second`,
      `peak ${formatNumber(peak)}, loudness ${formatNumber(rms)} (root mean square)`,
      ...notes,
    ];
    return `${title === undefined ? "" : `${title}: `}${said.join("; ")}`;
  }
}

function heardFrom(given: Samples, options: SoundOptions): Heard {
  const rate = Math.round(adjustable(options.rate ?? 44_100));
  if (!(rate >= RATES[0] && rate <= RATES[1]))
    throw new RangeError(
      `${WHO}: rate ${rate} - wanted ${RATES[0]} to ${RATES[1]} samples a second`,
    );
  if (!isColumn(given))
    throw new DTypeError(`${WHO}: ${kindOf(given)} - wanted samples, a list or a tensor`);
  const { length } = isTensor(given) ? given.data : given;
  if (length > MOST_SAMPLES)
    throw new RangeError(`${WHO}: ${length} samples - wanted ${MOST_SAMPLES} at most`);
  const { channels, raw } = sideBySide(given);
  const odd = raw.reduce((count, sample) => count + Number(!Number.isFinite(sample)), 0);
  const peak = raw.reduce(
    (most, sample) => (Number.isFinite(sample) ? Math.max(most, Math.abs(sample)) : most),
    0,
  );
  // Quieter as a whole rather than cut off, which would be a noise of its own; never louder.
  const gain = peak > 1 ? 1 / peak : 1;
  const samples = Float32Array.from(raw, (sample) => (Number.isFinite(sample) ? sample * gain : 0));
  const power = raw.length === 0 ? 0 : samples.reduce((sum, x) => sum + x * x, 0) / raw.length;
  const notes = [
    ...(peak > 1
      ? [
          `Samples reach ${formatNumber(peak)}, beyond 1: the whole is played ${formatNumber(peak)} times quieter.`,
        ]
      : []),
    ...(odd > 0 ? [`${odd} samples are not finite; they are silent.`] : []),
  ];
  return { rate, channels, samples, peak, rms: Math.sqrt(power), notes };
}

/** One channel as it is, two moment by moment. @throws RangeError for more. */
function sideBySide(given: Samples): {
  readonly channels: number;
  readonly raw: ArrayLike<number> & readonly number[];
} {
  if (!isTensor(given) || given.shape.filter((size) => size !== 1).length <= 1)
    return { channels: 1, raw: readColumn(given, WHO) };
  const { shape, data } = given;
  const [channels = 0, length = 0] = shape;
  if (shape.length !== 2 || channels !== 2)
    throw new RangeError(
      `${WHO}: samples of [${shape.join(", ")}] - wanted [samples], or [2, samples] for left and right`,
    );
  const raw = Array.from(
    { length: 2 * length },
    (_, i) => data[(i % 2) * length + Math.floor(i / 2)] ?? 0,
  );
  return { channels: 2, raw };
}

/**
 * Samples from -1 to 1 as a sound with its wave drawn: play, pause and seek by mouse or keys. A sound
 * louder than that is made quieter as a whole. While a knob turns, what plays goes over into the new sound.
 *
 * @throws RangeError for a rate browsers cannot play, more than two channels, or too many samples.
 * @example
 * const tone = (hz) => Float32Array.from({ length: 8000 }, (_, i) => 0.3 * Math.sin((2 * Math.PI * hz * i) / 8000));
 * plot.sound(tone(440), { rate: 8000 });
 */
export function sound(samples: Samples, options: SoundOptions = {}): Sound {
  return new Sound(samples, options);
}
