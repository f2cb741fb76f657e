/** Draws a projection into a canvas: points from back to front, what is chosen over them, labels last. */
import { hues } from "../../../kernel/plot/palette.ts";
import type { Camera, Screen, Viewport } from "./camera.ts";
import { placeLabels, type PlacedLabel, type WantedLabel } from "./label-placement.ts";
import type { Box } from "./picking.ts";
import type { Sprites } from "./sprites.ts";

export interface Picture {
  readonly theme: "light" | "dark";
  readonly dims: 2 | 3;
  /** `[rows, 3]`. */
  readonly points: Float32Array;
  /** Rows that are drawn. */
  readonly visible: Int32Array;
  readonly labels: readonly string[] | null;
  /** Rows the reader has picked out, in the order of what matters; null: none, all are equal. */
  readonly picked: readonly number[] | null;
  readonly chosen: number;
  readonly hovered: number;
  readonly box: Box | null;
  /** Names of both ends of the axis across; null where it has no meaning of its own. */
  readonly ends: readonly [string, string] | null;
}

/** Labels of one or two characters stand in the place of their points, up to so many. */
const MOST_LETTERS = 200;
const LETTER_RADIUS = 11;
/** A label for each so many square px at the most: a map, not a page of text. */
const LABEL_AREA = 5_200;
/** How much fainter points are that the reader has not picked out. */
const FAINT = 0.16;
/** Steps of depth that are drawn alike. */
const LAYERS = 24;

export class Scene {
  readonly #canvas: HTMLCanvasElement;
  readonly #widths = new Map<string, number>();
  #screen: Screen = new Float32Array(0);
  #order: Int32Array = new Int32Array(0);
  #shown: ReadonlySet<number> = new Set();
  #font = "sans-serif";

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
  }

  get screen(): Screen {
    return this.#screen;
  }

  /** Rows whose labels are on the screen. */
  get labelled(): ReadonlySet<number> {
    return this.#shown;
  }

  draw(picture: Picture, camera: Camera, view: Viewport, sprites: Sprites, ratio: number): void {
    const pen = this.#canvas.getContext("2d");
    if (pen === null) return;
    const { points, visible, dims } = picture;
    if (this.#screen.length !== points.length) this.#screen = new Float32Array(points.length);
    camera.project(points, visible, view, dims, this.#screen);
    const font = getComputedStyle(this.#canvas).fontFamily;
    if (font !== this.#font) this.#widths.clear();
    this.#font = font;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, view.width, view.height);
    this.#drawAxes(pen, picture, camera, view);
    const isLetters = this.#isLetters(picture);
    this.#drawPoints(pen, picture, sprites, isLetters);
    if (isLetters) this.#drawLetters(pen, picture, sprites);
    this.#drawChosen(pen, picture, sprites, isLetters);
    this.#drawLabels(pen, picture, view, sprites, isLetters);
    if (picture.box !== null) drawBox(pen, picture.box, picture.theme);
  }

  #isLetters({ labels, visible }: Picture): boolean {
    if (labels === null || visible.length > MOST_LETTERS) return false;
    return visible.every((row) => [...(labels[row] ?? "")].length <= 2);
  }

  #drawAxes(pen: CanvasRenderingContext2D, picture: Picture, camera: Camera, view: Viewport): void {
    const { dims, ends, theme } = picture;
    pen.lineWidth = 1;
    pen.strokeStyle = hues.rule[theme];
    const lines =
      dims === 2
        ? [
            [-1e4, 0, 0, 1e4, 0, 0],
            [0, -1e4, 0, 0, 1e4, 0],
          ]
        : [];
    const ends3 = new Float32Array(6);
    for (const line of lines) {
      const both = Float32Array.from(line);
      camera.project(both, Int32Array.of(0, 1), view, dims, ends3);
      const [x0 = 0, y0 = 0, , x1 = 0, y1 = 0] = ends3;
      pen.beginPath();
      pen.moveTo(Math.round(x0) + 0.5, Math.round(y0) + 0.5);
      pen.lineTo(Math.round(x1) + 0.5, Math.round(y1) + 0.5);
      pen.stroke();
    }
    if (ends === null || dims === 3) return;
    pen.font = `12px ${this.#font}`;
    pen.fillStyle = hues.muted[theme];
    pen.textBaseline = "bottom";
    pen.textAlign = "left";
    pen.fillText(`← ${ends[0]}`, 8, view.height - 4);
    pen.textAlign = "right";
    pen.fillText(`${ends[1]} →`, view.width - 8, view.height - 4);
  }

  /** Rows from back to front; flat layouts as they come. */
  #sorted({ visible, dims }: Picture): Int32Array {
    if (dims === 2) return visible;
    if (this.#order.length !== visible.length) this.#order = new Int32Array(visible.length);
    const screen = this.#screen;
    let [low, high] = [Infinity, -Infinity];
    for (const row of visible) {
      const depth = screen[row * 3 + 2]!; // 3 a row, here and below
      low = Math.min(low, depth);
      high = Math.max(high, depth);
    }
    const layer = (row: number) =>
      Math.min(LAYERS - 1, Math.floor(((screen[row * 3 + 2]! - low) / (high - low || 1)) * LAYERS));
    const next = new Int32Array(LAYERS + 1);
    for (const row of visible) next[layer(row) + 1]! += 1;
    for (let i = 0; i < LAYERS; i++) next[i + 1]! += next[i]!; // one more than layers
    for (const row of visible) this.#order[next[layer(row)]!++] = row;
    return this.#order;
  }

  #drawPoints(
    pen: CanvasRenderingContext2D,
    picture: Picture,
    sprites: Sprites,
    isLetters: boolean,
  ): void {
    const { picked, dims } = picture;
    const isPicked = picked === null ? null : new Set(picked);
    const screen = this.#screen;
    const radius = isLetters ? LETTER_RADIUS : sprites.radius;
    for (const row of this.#sorted(picture)) {
      const near = screen[row * 3 + 2]!; // 3 a row, here and below
      const image = sprites.images[sprites.of[row]!]!; // a sprite for each
      const side = 2 * radius * (dims === 3 ? Math.min(2, near) : 1);
      const depth = dims === 3 ? Math.max(0.3, Math.min(1, near * 1.6 - 0.85)) : 1;
      const emphasis = isPicked === null || isPicked.has(row) ? 1 : FAINT;
      pen.globalAlpha = (isLetters ? 0.18 : 0.85) * depth * emphasis;
      pen.drawImage(
        image,
        screen[row * 3]! - side / 2,
        screen[row * 3 + 1]! - side / 2,
        side,
        side,
      );
    }
    pen.globalAlpha = 1;
    if (isPicked === null || isLetters) return;
    // What was picked out lies over what was not.
    for (const row of picture.visible) {
      if (!isPicked.has(row)) continue;
      const side = 2 * radius * 1.25 * (dims === 3 ? Math.min(2, screen[row * 3 + 2]!) : 1);
      const image = sprites.images[sprites.of[row]!]!; // a sprite for each
      pen.drawImage(
        image,
        screen[row * 3]! - side / 2,
        screen[row * 3 + 1]! - side / 2,
        side,
        side,
      );
    }
  }

  #drawLetters(pen: CanvasRenderingContext2D, picture: Picture, sprites: Sprites): void {
    const { labels, picked } = picture;
    const isPicked = picked === null ? null : new Set(picked);
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.font = `600 13px ${this.#font}`;
    for (const row of this.#sorted(picture)) {
      pen.globalAlpha = isPicked === null || isPicked.has(row) ? 1 : 2 * FAINT;
      pen.fillStyle = sprites.inks[sprites.of[row]!]!; // a sprite for each
      pen.fillText(labels?.[row] ?? "", this.#screen[row * 3]!, this.#screen[row * 3 + 1]!); // 3 a row
    }
    pen.globalAlpha = 1;
  }

  #drawChosen(
    pen: CanvasRenderingContext2D,
    { chosen, hovered, theme, visible }: Picture,
    sprites: Sprites,
    isLetters: boolean,
  ): void {
    const ring = (row: number, width: number) => {
      if (row < 0 || !visible.includes(row)) return;
      const radius = (isLetters ? LETTER_RADIUS : sprites.radius) + 3;
      pen.beginPath();
      pen.arc(this.#screen[row * 3]!, this.#screen[row * 3 + 1]!, radius, 0, 2 * Math.PI); // 3 a row
      pen.lineWidth = width;
      pen.strokeStyle = hues.ink[theme];
      pen.stroke();
    };
    ring(chosen, 2);
    if (hovered !== chosen) ring(hovered, 1.25);
  }

  #drawLabels(
    pen: CanvasRenderingContext2D,
    picture: Picture,
    view: Viewport,
    sprites: Sprites,
    isLetters: boolean,
  ): void {
    if (picture.labels === null || isLetters) {
      this.#shown = new Set();
      return;
    }
    pen.font = `12px ${this.#font}`;
    const most = Math.floor((view.width * view.height) / LABEL_AREA);
    const placed = placeLabels(this.#wanted(pen, picture, view, sprites), { ...view, most });
    this.#shown = new Set(placed.map(({ row }) => row));
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    pen.lineWidth = 3;
    pen.strokeStyle = hues.paper[picture.theme];
    for (const each of placed) this.#write(pen, each, picture, sprites);
    pen.globalAlpha = 1;
  }

  #write(
    pen: CanvasRenderingContext2D,
    { row, x, y }: PlacedLabel,
    { labels, chosen, theme }: Picture,
    sprites: Sprites,
  ): void {
    const text = labels?.[row] ?? "";
    // An edge of paper keeps a label readable over points.
    pen.globalAlpha = 0.85;
    pen.strokeText(text, x, y);
    pen.globalAlpha = 1;
    pen.fillStyle = row === chosen ? hues.ink[theme] : sprites.inks[sprites.of[row]!]!; // one each
    pen.fillText(text, x, y);
  }

  /** What the reader looks at, then what is labelled already, then the rest, the nearest in space first. */
  *#wanted(
    pen: CanvasRenderingContext2D,
    { labels, visible, picked, chosen, hovered, dims }: Picture,
    view: Viewport,
    sprites: Sprites,
  ): Generator<WantedLabel> {
    const screen = this.#screen;
    const seen = new Set<number>();
    const want = (row: number, isCertain: boolean): WantedLabel | null => {
      const [x, y] = [screen[row * 3]!, screen[row * 3 + 1]!]; // 3 a row
      const text = labels?.[row] ?? "";
      const isOutside = x < 0 || y < 0 || x > view.width || y > view.height;
      if (seen.has(row) || text === "" || isOutside) return null;
      seen.add(row);
      return { row, x, y, width: this.#widthOf(pen, text), gap: sprites.radius + 3, isCertain };
    };
    const isVisible = new Set(visible);
    for (const row of [chosen, hovered]) {
      const label = row >= 0 && isVisible.has(row) ? want(row, true) : null;
      if (label !== null) yield label;
    }
    const rest =
      picked?.filter((row) => isVisible.has(row)) ??
      (dims === 3 ? [...this.#order].reverse() : visible);
    for (const row of this.#shown) {
      const isWanted = picked === null ? isVisible.has(row) : picked.includes(row);
      const label = isWanted ? want(row, false) : null;
      if (label !== null) yield label;
    }
    for (const row of rest) {
      const label = want(row, false);
      if (label !== null) yield label;
    }
  }

  #widthOf(pen: CanvasRenderingContext2D, text: string): number {
    const known = this.#widths.get(text);
    if (known !== undefined) return known;
    const { width } = pen.measureText(text);
    this.#widths.set(text, width);
    return width;
  }
}

function drawBox(
  pen: CanvasRenderingContext2D,
  { x0, y0, x1, y1 }: Box,
  theme: "light" | "dark",
): void {
  pen.setLineDash([4, 3]);
  pen.lineWidth = 1;
  pen.strokeStyle = hues.ink[theme];
  pen.strokeRect(Math.min(x0, x1), Math.min(y0, y1), Math.abs(x1 - x0), Math.abs(y1 - y0));
  pen.setLineDash([]);
}
