/**
 * Figures in space. Browsers keep about 16 WebGL contexts alive, so a scene out of sight becomes a picture
 * of itself, which paper gets too, and is drawn again when it comes back.
 */
import { type FigureJson, isObject, type JsonObject } from "./figure-filter.ts";

export function isInSpace({ data }: FigureJson): boolean {
  return data.some(({ type }) => type === "scatter3d" || type === "surface" || type === "mesh3d");
}

/** Plotly notes a turn in the layout it was given. */
export function cameraOf(canvas: HTMLElement): unknown {
  const { layout } = canvas as { layout?: { scene?: { camera?: unknown } } };
  return layout?.scene?.camera;
}

/** The layout seen from where the reader has turned it to. */
export function turned(layout: JsonObject, camera: unknown): JsonObject {
  const { scene } = layout;
  if (camera === null || typeof scene !== "object") return layout;
  return { ...layout, scene: { ...scene, camera } };
}

/** A figure of this shape shows all of a scene that is as wide as the kernel thinks of it. */
const WIDE = 1.5;

/** The layout seen from farther away where the column is narrow, so that nothing is cut off at its sides. */
export function inColumn(layout: JsonObject, widthPx: number, heightPx: number): JsonObject {
  const { scene } = layout;
  const camera = isObject(scene) ? scene["camera"] : undefined;
  const eye = isObject(camera) ? camera["eye"] : undefined;
  const factor = WIDE / (widthPx / heightPx);
  if (!isObject(scene) || !isObject(camera) || !isObject(eye) || !(factor > 1)) return layout;
  const far = Object.fromEntries(
    Object.entries(eye).map(([axis, at]) => [axis, Number(at) * factor]),
  );
  return { ...layout, scene: { ...scene, camera: { ...camera, eye: far } } };
}

/** What plotly makes pictures of scenes with, for its own export; its types do not name it. */
interface Scenes {
  readonly name: string;
  toSVG?(canvas: HTMLElement): void;
}

/** Puts a picture where the scene is and gives its WebGL context back. False: there is nothing to do so. */
export function freeze(canvas: HTMLElement): boolean {
  const { _fullLayout } = canvas as { _fullLayout?: { _basePlotModules?: readonly Scenes[] } };
  const scenes = _fullLayout?._basePlotModules?.find(({ name }) => name === "gl3d");
  if (scenes?.toSVG === undefined) return false;
  scenes.toSVG(canvas);
  return true;
}
