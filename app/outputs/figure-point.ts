/**
 * A place on a figure that the reader moves: a ring, by a drag, by a click or tap anywhere on the
 * drawing, or by arrow keys. Its two numbers are knobs; what they mean is the cell's business.
 */
import type { FigurePoint } from "../../kernel/protocol.ts";
import { el } from "./dom.ts";
import { formatValue } from "./knob-scale.ts";
import type { OutputContext } from "./renderer.ts";

export interface FigurePointHandle {
  /** Takes over where a kernel says that the point is; null: there is none. */
  show(point: FigurePoint | null): void;
  /** Puts the ring where the point is on the drawing as it is now. */
  place(): void;
  dispose(): void;
}

/** What plotly knows of an axis once it is drawn: px from its own beginning, and where that is. */
interface DrawnAxis {
  readonly _offset: number;
  readonly _length: number;
  d2p(value: number): number;
  p2d(px: number): number;
}

const names = ["x", "y"] as const;
type Name = (typeof names)[number];

/** `canvas` is plotly's element; `page` gives the context of now, which changes with the theme. */
export function createFigurePoint(
  canvas: HTMLElement,
  page: () => OutputContext,
): FigurePointHandle {
  const ring = el("div", {
    class: "figure-point",
    role: "slider",
    tabindex: "0",
    "aria-label": "Start, on both axes: arrow keys move it",
  });
  ring.hidden = true;
  canvas.after(ring);
  let point: FigurePoint | null = null;
  let stops: readonly (() => void)[] = [];
  /** The reader's hand has been on it: what it set is newer than what a kernel says. */
  let isTouched = false;

  function axesOf(): Readonly<Record<Name, DrawnAxis>> | null {
    const { _fullLayout: full } = canvas as {
      _fullLayout?: { readonly xaxis?: DrawnAxis; readonly yaxis?: DrawnAxis };
    };
    return full?.xaxis && full.yaxis ? { x: full.xaxis, y: full.yaxis } : null;
  }

  function place(): void {
    const axes = axesOf();
    ring.hidden = point === null || axes === null;
    if (point === null || axes === null) return;
    // A figure that could not be drawn for a while has lost what stood beside its drawing.
    if (!ring.isConnected) canvas.after(ring);
    const at = (name: Name) => axes[name]._offset + axes[name].d2p(valueOf(name));
    ring.style.left = `${canvas.offsetLeft + at("x")}px`;
    ring.style.top = `${canvas.offsetTop + at("y")}px`;
    const { x, y } = point;
    const words = `x ${formatValue(x, x.value)}, y ${formatValue(y, y.value)}`;
    const values = { valuemin: x.min, valuemax: x.max, valuenow: x.value, valuetext: words };
    for (const [name, value] of Object.entries(values))
      ring.setAttribute(`aria-${name}`, String(value));
  }

  function valueOf(name: Name): number {
    return point?.[name].value ?? 0;
  }

  /** The nearest place that both knobs have, if it is another. */
  function move(to: Readonly<Record<Name, number>>): void {
    if (point === null) return;
    const before = point;
    for (const name of names) {
      const { id, min, max, step, value } = before[name];
      const near = min + Math.round((to[name] - min) / step) * step;
      const next = Number(Math.min(max, Math.max(min, near)).toPrecision(12));
      if (next === value) continue;
      isTouched = true;
      point = { ...point, [name]: { ...point[name], value: next } };
      page().onKnob(id, next);
    }
    place();
  }

  /** Where on the drawing a pointer is; null outside of the axes. */
  function under(event: MouseEvent, isFree: boolean): Readonly<Record<Name, number>> | null {
    const axes = axesOf();
    if (axes === null) return null;
    const box = canvas.getBoundingClientRect();
    const px = {
      x: event.clientX - box.left - axes.x._offset,
      y: event.clientY - box.top - axes.y._offset,
    };
    const isInside = names.every((name) => px[name] >= 0 && px[name] <= axes[name]._length);
    if (!isInside && !isFree) return null;
    return { x: axes.x.p2d(px.x), y: axes.y.p2d(px.y) };
  }

  function follow(event: PointerEvent): void {
    const to = under(event, true);
    if (to !== null) move(to);
  }

  function clicked(event: MouseEvent): void {
    const isButton = event.target instanceof Element && event.target.closest(".modebar") !== null;
    const to = isButton ? null : under(event, false);
    if (to !== null) move(to);
  }

  ring.addEventListener("pointerdown", (event) => {
    ring.setPointerCapture(event.pointerId);
    ring.addEventListener("pointermove", follow);
  });
  ring.addEventListener("lostpointercapture", () =>
    ring.removeEventListener("pointermove", follow),
  );
  ring.addEventListener("keydown", (event) => {
    const way = ways[event.key];
    if (way === undefined || point === null || event.altKey || event.ctrlKey || event.metaKey)
      return;
    event.preventDefault();
    event.stopPropagation();
    const steps = event.shiftKey ? 10 : 1;
    const to = (name: Name) => valueOf(name) + steps * way[name] * (point?.[name].step ?? 0);
    move({ x: to("x"), y: to("y") });
  });
  canvas.addEventListener("click", clicked);

  return {
    show(next) {
      const isSame = next !== null && names.every((name) => next[name].id === point?.[name].id);
      if (isSame && isTouched) return place();
      for (const stop of stops) stop();
      point = next;
      isTouched = false;
      stops =
        next === null
          ? []
          : names.map((name) =>
              page().watchKnob(next[name].id, (value) => {
                if (typeof value !== "number" || point === null || value === valueOf(name)) return;
                isTouched = true;
                point = { ...point, [name]: { ...point[name], value } };
                place();
              }),
            );
      place();
    },
    place,
    dispose() {
      for (const stop of stops) stop();
      canvas.removeEventListener("click", clicked);
      ring.remove();
    },
  };
}

/** Which way a key moves the point. */
const ways: Readonly<Record<string, Readonly<Record<Name, number>>>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: 1 },
  ArrowDown: { x: 0, y: -1 },
};
