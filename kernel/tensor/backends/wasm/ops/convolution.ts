/** Convolutions: where patches lie, worked out once for all images, and the kernels' calls. */
import type { Backend, ConvolutionWindow } from "../../../backend.ts";
import { fullView, sizeAt, sizeOf } from "../../../shape.ts";
import type { Shape, View } from "../../../view.ts";
import { reference } from "../../reference.ts";
import { HeapStorage } from "../../storage.ts";
import { at, fresh, isFloats, storageOf } from "../floats.ts";
import { ROOM, ROOM_BYTES } from "../kernels/convolution/scratch.ts";
import type { Layout } from "../layout.ts";
import type { Kernel, Machine } from "../machine.ts";
import { SCRATCH } from "../memory.ts";
import type { Division } from "../threads/division.ts";

/** Floats of patches that are computed at once before they are added to the image. */
const COLUMNS = 2 ** 17;

/** A product of two numbers and its addition take about as long. */
const NANOSECONDS = 0.06;

/** Parts in which images are added up in a filter's slope, if that is so much work. */
const PARTS = 8;
const LARGE = 100_000;
/** Elements of their sums, at most. */
const SUMS = 2 ** 20;

/** Bytes of a thread's room, at most: larger images are not shared. */
const MOST_ROOM = 2 ** 24;

/** Where threads work: behind the factors in the scratch memory, or in a storage of its own. */
interface Room {
  readonly storage: HeapStorage | null;
  /** Bytes from one thread's to the next one's; 0 where there is but one. */
  readonly step: number;
}

/** A group of channels of one image, with its padding, and the offsets of what lies under the window. */
interface Patches {
  /** Byte offsets of each element of a patch, then of each run of places. */
  readonly tables: HeapStorage;
  readonly taps: number;
  readonly runs: number;
  /** Places in a run. */
  readonly run: number;
  /** Bytes of the padded image; 0 where the image is read where it lies. */
  readonly roomBytes: number;
  /** What the kernels take of it, from `imageBytes` to `phaseBytes`. */
  readonly image: readonly number[];
}

export function convolution(
  machine: Machine,
  layout: Layout,
): Pick<Backend, "convolve" | "convolveInput" | "convolveFilter"> {
  const { arena, scratch } = machine;
  const forward = machine.kernel("convolve");
  const inputReverse = machine.kernel("convolveInput");
  const filterReverse = machine.kernel("convolveFilter");
  const columns = machine.kernel("sumColumns");
  const dense = (x: View) => layout.dense(x);

  function roomOf(bytes: number): Room {
    if (bytes <= ROOM_BYTES) return { storage: null, step: SCRATCH };
    const step = 64 * Math.ceil(bytes / 64);
    const isForAll = step <= MOST_ROOM;
    const length = (isForAll ? machine.threads : 1) * step;
    return { storage: storageOf(fresh("f32", [length / 4])), step: isForAll ? step : 0 };
  }

  const addressOf = ({ storage }: Room) => storage?.address ?? scratch + ROOM;

  function call(
    kernel: Kernel,
    values: readonly number[],
    count: number,
    division: Division,
    room: Room,
    work: number,
  ): void {
    if (room.step > 0) machine.call(kernel, values, count, division, work);
    else kernel(...values);
    room.storage?.release();
  }

  /** Argument `first` and those behind it are the first item, the last and the scratch memory. */
  const byItems = (first: number, rooms: Readonly<Record<number, number>>): Division => ({
    steps: Array.from({ length: first + 1 }, (_, i) => (i === first ? 1 : 0)),
    end: first + 1,
    rooms: { ...rooms, [first + 2]: SCRATCH },
    // Each packs the filters, which is little beside an image.
    parts: 8,
  });

  /** The kernels' arguments from `taps` to `phaseBytes`. */
  function geometry(patches: Patches, room: number): readonly number[] {
    const { tables, taps, runs, run, roomBytes, image } = patches;
    const base = roomBytes === 0 ? 0 : room;
    const rows = tables.address + 4 * taps;
    return [tables.address, rows, run, runs * run, taps, base, roomBytes, ...image];
  }

  function slide(
    givenX: View,
    givenFilter: View,
    bias: View | null,
    { groups }: ConvolutionWindow,
    count: Shape,
    patches: Patches,
  ): View {
    const [x, filter] = [dense(givenX), dense(givenFilter)];
    const shift = bias === null ? null : dense(bias);
    const [images, filters] = [sizeAt(x.shape, 0), sizeAt(filter.shape, 0)];
    const out = fresh("f32", [images, filters, ...count]);
    const { tables } = patches;
    const room = roomOf(patches.roomBytes);
    const held = shift === null ? null : storageOf(shift);
    arena.hold(storageOf(x), storageOf(filter), storageOf(out), tables, held, room.storage);
    const places = geometry(patches, addressOf(room));
    const start = [at(x), at(filter), shift === null ? 0 : at(shift), at(out), ...places];
    const units = images * groups;
    const values = [...start, filters / groups, groups, 0, units, scratch, -Infinity];
    const division = byItems(23, patches.roomBytes === 0 ? {} : { 9: room.step });
    call(forward, values, units, division, room, workOf(patches, images * filters));
    tables.release();
    return out;
  }

  return {
    convolve(x, filter, bias, window, count) {
      const patches = patchesOf(window, sizeAt(filter.shape, 1), x.shape, count);
      if (!isFloats(x) || patches === null)
        return reference.convolve(x, filter, bias, window, count);
      return slide(x, filter, bias, window, count, patches);
    },

    convolveInput(givenG, givenFilter, window, size) {
      const [channels, filters] = [sizeAt(givenFilter.shape, 1), sizeAt(givenFilter.shape, 0)];
      const images = sizeAt(givenG.shape, 0);
      const shape = [images, channels * window.groups, ...size];
      const patches = patchesOf(window, channels, shape, givenG.shape.slice(2));
      if (!isFloats(givenG) || patches === null)
        return reference.convolveInput(givenG, givenFilter, window, size);
      const back = turnedWindow(window);
      if (back !== null) {
        const turned = turnedFilter(givenFilter, window.groups, layout);
        const places = patchesOf(back, sizeAt(turned.shape, 1), givenG.shape, size);
        if (places !== null) return slide(givenG, turned, null, back, size, places);
      }
      const [g, filter] = [dense(givenG), dense(givenFilter)];
      const out = fresh("f32", shape);
      const { tables, roomBytes, run, runs, taps } = patches;
      const mostRuns = Math.min(runs, Math.max(1, Math.floor(1024 / run)));
      const mostTaps = Math.min(taps, Math.max(1, Math.floor(COLUMNS / (mostRuns * run))));
      const columnBytes = 4 * mostTaps * mostRuns * run;
      const room = roomOf(roomBytes + columnBytes);
      arena.hold(storageOf(g), storageOf(filter), storageOf(out), tables, room.storage);
      const base = addressOf(room);
      const start = [at(g), at(filter), at(out), ...geometry(patches, base), base + roomBytes];
      const units = images * window.groups;
      const sizes = [runs, mostTaps, mostRuns, filters / window.groups, window.groups];
      const rooms = roomBytes === 0 ? { 20: room.step } : { 8: room.step, 20: room.step };
      const values = [...start, ...sizes, 0, units, scratch];
      const work = workOf(patches, images * filters);
      call(inputReverse, values, units, byItems(26, rooms), room, work);
      tables.release();
      return out;
    },

    convolveFilter(givenG, givenX, window) {
      const channels = sizeAt(givenX.shape, 1) / window.groups;
      const patches = patchesOf(window, channels, givenX.shape, givenG.shape.slice(2));
      if (!isFloats(givenG) || patches === null)
        return reference.convolveFilter(givenG, givenX, window);
      const [g, x] = [dense(givenG), dense(givenX)];
      const [images, filters] = [sizeAt(x.shape, 0), sizeAt(g.shape, 1)];
      const out = fresh("f32", [filters, channels, ...window.kernel]);
      const { tables, runs, run } = patches;
      const room = roomOf(patches.roomBytes);
      const work = workOf(patches, images * filters);
      // Each part packs the patches of its images, a part of the filters would have to pack all.
      const part = Math.ceil(images / PARTS);
      const parts = Math.ceil(images / part);
      const isLarge = work >= LARGE && room.step > 0;
      const isInParts = isLarge && parts > 1 && parts * out.storage.length <= SUMS;
      const sums = isInParts ? fresh("f32", [parts, out.storage.length]) : out;
      const [target, sum] = [storageOf(out), storageOf(sums)];
      arena.hold(storageOf(g), storageOf(x), target, tables, room.storage, sum);
      const places = geometry(patches, addressOf(room));
      const sizes = [filters / window.groups, window.groups, images, 0, filters, scratch];
      const rooms: Record<number, number> = patches.roomBytes === 0 ? {} : { 8: room.step };
      const division: Division = isInParts
        ? {
            steps: [4 * filters * runs * run, 4 * sizeOf(x.shape.slice(1))],
            size: 22,
            rooms: { ...rooms, 25: SCRATCH },
            part,
            partSteps: [0, 0, 4 * out.storage.length],
          }
        : byItems(23, rooms);
      const values = [at(g), at(x), at(sums), ...places, ...sizes];
      call(filterReverse, values, isInParts ? images : filters, division, room, work);
      if (isInParts) {
        const length = target.length;
        columns(at(sums), 1, parts, 4 * length, length, at(out), 1, scratch);
        sum.release();
      }
      tables.release();
      return out;
    },
  };
}

/** Nanoseconds for `filters` filters at all places, in all images. */
function workOf({ taps, runs, run }: Patches, filters: number): number {
  return NANOSECONDS * filters * taps * runs * run;
}

/**
 * The window by which the slope is slid over to bring it back to the images; null where it would have
 * to be pulled apart first.
 */
function turnedWindow(window: ConvolutionWindow): ConvolutionWindow | null {
  const { kernel, stride, dilation } = window;
  const before = kernel.map(
    (n, dim) => sizeAt(dilation, dim) * (n - 1) - sizeAt(window.before, dim),
  );
  const isDense = stride.every((step) => step === 1) && before.every((n) => n >= 0);
  return isDense ? { ...window, before } : null;
}

/** `[o, c, h, w]` as `[c, o, h, w]` in each group, the last two turned round. */
function turnedFilter(filter: View, groups: number, layout: Layout): View {
  const [filters, channels] = [sizeAt(filter.shape, 0) / groups, sizeAt(filter.shape, 1)];
  const [height, width] = [sizeAt(filter.shape, 2), sizeAt(filter.shape, 3)];
  const [byFilter = 0, byChannel = 0, byRow = 0, byColumn = 0] = filter.strides;
  const { storage } = layout.copied({
    storage: filter.storage,
    shape: [groups, channels, filters, height, width],
    strides: [filters * byFilter, byChannel, byFilter, -byRow, -byColumn],
    offset: filter.offset + (height - 1) * byRow + (width - 1) * byColumn,
  });
  return fullView(storage, [groups * channels, filters, height, width]);
}

/** `channels` of an image of `shape [n, c, h, w]` under a window put at `count` places; null where nothing is to do. */
function patchesOf(
  window: ConvolutionWindow,
  channels: number,
  shape: Shape,
  count: Shape,
): Patches | null {
  const [height, width] = [sizeAt(shape, 2), sizeAt(shape, 3)];
  const [top, left] = [sizeAt(window.before, 0), sizeAt(window.before, 1)];
  const [kernelHeight, kernelWidth] = [sizeAt(window.kernel, 0), sizeAt(window.kernel, 1)];
  const [down, right] = [sizeAt(window.stride, 0), sizeAt(window.stride, 1)];
  const [gapDown, gapRight] = [sizeAt(window.dilation, 0), sizeAt(window.dilation, 1)];
  const [rows, columns] = [sizeAt(count, 0), sizeAt(count, 1)];
  if (sizeOf([...shape, ...window.kernel, ...count, channels]) === 0) return null;
  // As far as the last window reaches, even where that leaves out the last elements.
  const reach = (places: number, step: number, kernel: number, gap: number) =>
    (places - 1) * step + (kernel - 1) * gap + 1;
  const paddedHeight = Math.max(reach(rows, down, kernelHeight, gapDown), top + height);
  const paddedWidth = Math.max(reach(columns, right, kernelWidth, gapRight), left + width);
  const lies = right === 1 && paddedHeight === height && paddedWidth === width;
  const phase = Math.ceil(paddedWidth / right);
  const row = right * phase;
  const plane = paddedHeight * row;
  // Where one row of places runs on into the next, all are one.
  const runsOn = down * row === columns;
  const runs = runsOn ? 1 : rows;
  const tables = new Int32Array(channels * kernelHeight * kernelWidth + runs);
  let t = 0;
  for (let c = 0; c < channels; c++)
    for (let y = 0; y < kernelHeight; y++)
      for (let x = 0; x < kernelWidth; x++) {
        const along = x * gapRight;
        const offset = (along % right) * phase + Math.floor(along / right);
        tables[t++] = 4 * (c * plane + y * gapDown * row + offset);
      }
  for (let y = 0; y < runs; y++) tables[t + y] = 4 * y * down * row;
  const image = [
    4 * channels * height * width,
    channels,
    height,
    width,
    4 * plane,
    4 * row,
    top,
    left,
    right,
    4 * phase,
  ];
  return {
    tables: new HeapStorage("i32", tables.length, tables),
    taps: t,
    runs,
    run: runsOn ? rows * columns : columns,
    roomBytes: lies ? 0 : 4 * channels * plane,
    image,
  };
}
