/**
 * The canvas of a projector with the hands on it: pointer and keys become turns, zooms and choices.
 * It draws when something has changed and it is in sight, once a frame.
 */
import { el } from "../dom.ts";
import { Camera, type Viewport } from "./camera.ts";
import { type Box, rowAt, rowsIn, rowTowards } from "./picking.ts";
import { type Picture, Scene } from "./scene.ts";
import type { Sprites } from "./sprites.ts";

export interface StageHost {
  /** What is to be drawn now; null: nothing yet. */
  picture(): { readonly picture: Picture; readonly sprites: Sprites } | null;
  /** Before each drawing: moves points that are on their way. Whether they still are. */
  advance(now: number): boolean;
  /** After each drawing. */
  drawn(): void;
  choose(row: number): void;
  hover(row: number, x: number, y: number): void;
  pick(rows: Int32Array): void;
}

export interface Stage {
  readonly element: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly camera: Camera;
  readonly scene: Scene;
  view(): Viewport;
  /** Device px for a px of the page. */
  ratio(): number;
  /** Draws at the next frame. */
  refresh(): void;
  /** Whether anybody can see it. */
  isVisible(): boolean;
  zoom(factor: number): void;
  /** All points, as at the beginning. */
  fit(): void;
  dispose(): void;
}

/** How near the pointer must be, in px: a finger is wider. */
const REACH = { mouse: 12, touch: 26 } as const;
/** A press that moved no farther is a click. */
const STILL = 4;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
/** What a key with Shift turns or shifts by, and what one press zooms by. */
const KEY_STEP = 28;
const KEY_ZOOM = 1.25;

export function createStage(host: StageHost, onVisible: (isVisible: boolean) => void): Stage {
  const canvas = el("canvas", {
    class: "projector-canvas",
    tabindex: "0",
    role: "application",
    "aria-roledescription": "projection",
  });
  const element = el("div", { class: "projector-stage" }, canvas);
  const camera = new Camera();
  const scene = new Scene(canvas);
  let frame = 0;
  let isSeen = true;
  let press: { x: number; y: number; lastX: number; lastY: number; isBox: boolean } | null = null;
  let isMoving = false;
  let box: Box | null = null;

  const view = (): Viewport => ({ width: canvas.clientWidth, height: canvas.clientHeight });
  const ratio = () => Math.min(3, devicePixelRatio || 1);
  const dims = () => host.picture()?.picture.dims ?? 2;

  function refresh(): void {
    if (frame !== 0 || !isSeen) return;
    frame = requestAnimationFrame((now) => {
      frame = 0;
      draw(now);
    });
  }

  function draw(now: number): void {
    const { width, height } = view();
    if (width === 0 || height === 0) return;
    const isOnTheWay = host.advance(now);
    const [wide, high] = [Math.round(width * ratio()), Math.round(height * ratio())];
    if (canvas.width !== wide || canvas.height !== high) {
      canvas.width = wide;
      canvas.height = high;
    }
    const drawing = host.picture();
    if (drawing !== null) {
      scene.draw({ ...drawing.picture, box }, camera, view(), drawing.sprites, ratio());
    }
    host.drawn();
    if (isOnTheWay) refresh();
  }

  function placeOf(event: MouseEvent): readonly [number, number] {
    const { left, top } = canvas.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  }

  function rowUnder(event: PointerEvent): number {
    const visible = host.picture()?.picture.visible;
    if (visible === undefined) return -1;
    const reach = event.pointerType === "touch" ? REACH.touch : REACH.mouse;
    return rowAt(scene.screen, visible, ...placeOf(event), reach);
  }

  function move(dx: number, dy: number): void {
    if (dims() === 3) camera.turn(dx, dy);
    else camera.shift(dx, dy);
    refresh();
  }

  function zoom(factor: number): void {
    const { width, height } = view();
    camera.zoomAt(factor, width / 2, height / 2, view());
    refresh();
  }

  function fit(): void {
    camera.reset();
    refresh();
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const [x, y] = placeOf(event);
    press = { x, y, lastX: x, lastY: y, isBox: event.shiftKey };
    isMoving = false;
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    const [x, y] = placeOf(event);
    if (press === null) {
      host.hover(rowUnder(event), x, y);
      return;
    }
    isMoving ||= Math.hypot(x - press.x, y - press.y) > STILL;
    if (!isMoving) return;
    host.hover(-1, x, y);
    if (press.isBox) {
      box = { x0: press.x, y0: press.y, x1: x, y1: y };
      refresh();
    } else move(x - press.lastX, y - press.lastY);
    press = { ...press, lastX: x, lastY: y };
  });
  canvas.addEventListener("pointerup", (event) => {
    const visible = host.picture()?.picture.visible;
    if (press !== null && !isMoving) host.choose(rowUnder(event));
    else if (box !== null && visible !== undefined) host.pick(rowsIn(scene.screen, visible, box));
    press = null;
    box = null;
    refresh();
  });
  canvas.addEventListener("pointercancel", () => {
    press = null;
    box = null;
    refresh();
  });
  canvas.addEventListener("pointerleave", () => host.hover(-1, 0, 0));
  canvas.addEventListener(
    "wheel",
    (event) => {
      // The page's own scrolling is not taken away unless the reader is at work here.
      if (document.activeElement !== canvas && !event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const [x, y] = placeOf(event);
      camera.zoomAt(Math.exp(-event.deltaY * 0.0016), x, y, view());
      refresh();
    },
    { passive: false },
  );
  canvas.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !answer(event)) return;
    event.preventDefault();
    // The notebook's own keys are not for who walks among points.
    event.stopPropagation();
  });

  function answer({ key, shiftKey }: KeyboardEvent): boolean {
    const arrow = ARROWS[key];
    if (arrow !== undefined) {
      if (shiftKey) move(arrow[0] * KEY_STEP, arrow[1] * KEY_STEP);
      else walk(arrow);
      return true;
    }
    if (key === "+" || key === "=") zoom(KEY_ZOOM);
    else if (key === "-") zoom(1 / KEY_ZOOM);
    else if (key === "0") fit();
    else if (key === "Escape" && host.picture()?.picture.chosen !== -1) host.choose(-1);
    else return false;
    return true;
  }

  /** To the next point in this direction; from nowhere, to the one in the middle. */
  function walk(direction: readonly [number, number]): void {
    const picture = host.picture()?.picture;
    if (picture === undefined || picture.visible.length === 0) return;
    const { visible, chosen } = picture;
    const { width, height } = view();
    const { screen } = scene;
    if (chosen < 0 || !visible.includes(chosen)) {
      host.choose(rowAt(screen, visible, width / 2, height / 2, Infinity));
      return;
    }
    const from = { x: screen[chosen * 3] ?? 0, y: screen[chosen * 3 + 1] ?? 0, row: chosen };
    const next = rowTowards(screen, visible, from, direction);
    if (next >= 0) host.choose(next);
  }

  const sized = new ResizeObserver(refresh);
  const seen = new IntersectionObserver(
    (entries) => {
      isSeen = entries.at(-1)?.isIntersecting ?? true;
      onVisible(isSeen);
      refresh();
    },
    { rootMargin: "25%" },
  );
  // Paper gets what there is at this moment, also out of sight.
  const print = () => draw(performance.now());
  sized.observe(canvas);
  seen.observe(canvas);
  addEventListener("beforeprint", print);

  return {
    element,
    canvas,
    camera,
    scene,
    view,
    ratio,
    refresh,
    zoom,
    fit,
    isVisible: () => isSeen,
    dispose() {
      cancelAnimationFrame(frame);
      // No frame is asked for after this.
      isSeen = false;
      sized.disconnect();
      seen.disconnect();
      removeEventListener("beforeprint", print);
    },
  };
}
