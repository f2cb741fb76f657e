/**
 * Where a diagram is drawn: an SVG that can be moved and zoomed, whose parts are reached by Tab and the
 * arrow keys. What the parts are it does not know.
 */
import { el } from "../dom.ts";
import { svg } from "./svg.ts";

/** Something with a place in the drawing that can have the focus. */
export interface Part {
  readonly id: string;
  readonly element: SVGElement;
  /** Its middle, in the drawing's px. */
  readonly x: number;
  readonly y: number;
}

export type Way = "left" | "right" | "up" | "down";

export interface StageHost {
  /** The part that an arrow key leads to; null: the one that lies there. */
  next(id: string, way: Way): string | null;
  /** Enter, space or a press. */
  choose(id: string): void;
  /** The focus or the pointer is on a part; null: on none any more. */
  point(id: string | null): void;
  /** Any other key on a part; true: it meant something. */
  key(id: string, key: string): boolean;
  /** The column has another width, in px. */
  resized(width: number): void;
}

export interface Size {
  readonly width: number;
  readonly height: number;
  /** What is shown first where there is no room for all: from left to right, in px. */
  readonly middle: number;
}

export interface Stage {
  readonly element: HTMLElement;
  readonly picture: SVGSVGElement;
  /** What is drawn, in px of its own. */
  readonly content: SVGGElement;
  width(): number;
  /** Says what `content` holds now. */
  show(size: Size, parts: readonly Part[]): void;
  focus(id: string): void;
  zoom(factor: number): void;
  fit(): void;
  dispose(): void;
}

/** In px: the tallest stage, the room around a drawing. */
const TALLEST = 560;
const PAD = 8;
/** A drawing is not made smaller than that to fit; it can be moved instead. */
const SMALLEST = 0.65;
const ZOOM = { min: 0.2, max: 3, step: 1.25 };

const ways: Readonly<Record<string, Way>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

export function createStage(host: StageHost, hintId: string): Stage {
  const content = svg("g");
  const picture = svg(
    "svg",
    {
      // Its keys are its own: the notebook leaves those of an application alone.
      role: "application",
      class: "diagram-picture",
      "aria-label": "Drawing",
      "aria-roledescription": "diagram",
      "aria-describedby": hintId,
    },
    content,
  );
  const element = el("div", { class: "diagram-stage" });
  element.append(picture);
  let size: Size = { width: 1, height: 1, middle: 0 };
  let parts = new Map<string, Part>();
  let current: string | null = null;
  let look = { x: 0, y: 0, scale: 1 };
  let isMoved = false;
  let drag: { x: number; y: number; isFar: boolean } | null = null;

  const width = () => element.clientWidth || 640;

  function place(next: typeof look): void {
    look = next;
    content.setAttribute("transform", `translate(${look.x} ${look.y}) scale(${look.scale})`);
  }

  function fit(): void {
    isMoved = false;
    const room = width() - 2 * PAD;
    const scale = Math.min(1, Math.max(SMALLEST, room / size.width));
    const height = Math.min(TALLEST, size.height * scale + 2 * PAD);
    picture.style.height = `${Math.ceil(height)}px`;
    const free = room - size.width * scale;
    const wanted = room / 2 - size.middle * scale;
    const x = PAD + (free >= 0 ? free / 2 : Math.max(free, Math.min(0, wanted)));
    place({ x, y: PAD + Math.max(0, (height - 2 * PAD - size.height * scale) / 2), scale });
  }

  function zoomAt(factor: number, x: number, y: number): void {
    const scale = Math.min(ZOOM.max, Math.max(ZOOM.min, look.scale * factor));
    const ratio = scale / look.scale;
    isMoved = true;
    place({ scale, x: x - (x - look.x) * ratio, y: y - (y - look.y) * ratio });
  }

  function zoom(factor: number): void {
    zoomAt(factor, picture.clientWidth / 2, picture.clientHeight / 2);
  }

  /** Moves the drawing so that a part can be seen. */
  function reveal({ x, y }: Part): void {
    const margin = 60;
    const [px, py] = [x * look.scale + look.x, y * look.scale + look.y];
    const into = (at: number, end: number) =>
      end < 2 * margin ? end / 2 - at : Math.max(0, margin - at) + Math.min(0, end - margin - at);
    const [dx, dy] = [into(px, picture.clientWidth), into(py, picture.clientHeight)];
    const isSeen = size.width * look.scale + 2 * PAD <= width() + 1;
    if (isSeen && size.height * look.scale + 2 * PAD <= picture.clientHeight + 1) return;
    if (dx !== 0 || dy !== 0) place({ ...look, x: look.x + dx, y: look.y + dy });
  }

  function settle(): void {
    if (current === null || !parts.has(current)) current = [...parts.keys()].at(-1) ?? null;
    for (const { id, element: part } of parts.values())
      part.setAttribute("tabindex", id === current ? "0" : "-1");
  }

  function focus(id: string): void {
    const part = parts.get(id);
    if (part === undefined) return;
    current = id;
    settle();
    part.element.focus({ preventScroll: true });
    reveal(part);
  }

  /** The nearest part in a direction, what lies straight on before what lies aside. */
  function beside(id: string, way: Way): string | null {
    const from = parts.get(id);
    if (from === undefined) return null;
    let best: { id: string; cost: number } | null = null;
    for (const part of parts.values()) {
      const [dx, dy] = [part.x - from.x, part.y - from.y];
      const along = { left: -dx, right: dx, up: -dy, down: dy }[way];
      const aside = Math.abs(way === "left" || way === "right" ? dy : dx);
      if (along <= 1) continue;
      const cost = along + 2 * aside;
      if (best === null || cost < best.cost) best = { id: part.id, cost };
    }
    return best?.id ?? null;
  }

  const idAt = (target: EventTarget | null) =>
    target instanceof Element
      ? (target.closest("[data-part]")?.getAttribute("data-part") ?? null)
      : null;

  picture.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const id = idAt(event.target);
    const way = ways[event.key];
    let isOurs = true;
    if (event.key === "+" || event.key === "=") zoom(ZOOM.step);
    else if (event.key === "-") zoom(1 / ZOOM.step);
    else if (event.key === "0") fit();
    else if (id === null) isOurs = false;
    else if (event.key === "Enter" || event.key === " ") host.choose(id);
    else if (host.key(id, event.key)) isOurs = true;
    else if (way !== undefined) {
      const next = host.next(id, way) ?? beside(id, way);
      if (next !== null) focus(next);
    } else isOurs = false;
    if (!isOurs) return;
    // The notebook's own keys are not for who walks through a diagram.
    event.stopPropagation();
    event.preventDefault();
  });
  picture.addEventListener("focusin", (event) => {
    const id = idAt(event.target);
    if (id === null) return;
    current = id;
    settle();
    host.point(id);
  });
  picture.addEventListener("focusout", () => host.point(null));
  picture.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "touch") host.point(idAt(event.target));
  });
  picture.addEventListener("pointerleave", () => {
    const focused = idAt(document.activeElement);
    host.point(focused !== null && picture.contains(document.activeElement) ? focused : null);
  });
  picture.addEventListener("pointerdown", (event) => {
    if (event.button === 0) drag = { x: event.clientX, y: event.clientY, isFar: false };
  });
  picture.addEventListener("pointermove", (event) => {
    if (drag === null || event.buttons === 0) return;
    const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
    if (!drag.isFar && Math.hypot(dx, dy) < 5) return;
    if (!drag.isFar) picture.setPointerCapture(event.pointerId);
    drag = { x: event.clientX, y: event.clientY, isFar: true };
    isMoved = true;
    // One finger up or down scrolls the page.
    const isTouch = event.pointerType === "touch";
    place({ ...look, x: look.x + dx, y: look.y + (isTouch ? 0 : dy) });
  });
  picture.addEventListener("pointercancel", () => (drag = null));
  picture.addEventListener("click", (event) => {
    const wasFar = drag?.isFar === true;
    drag = null;
    const id = idAt(event.target);
    if (wasFar || id === null) return;
    focus(id);
    host.choose(id);
  });
  picture.addEventListener(
    "wheel",
    (event) => {
      // Without a key the wheel scrolls the page, as everywhere.
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const { left, top } = picture.getBoundingClientRect();
      zoomAt(Math.exp(-event.deltaY / 300), event.clientX - left, event.clientY - top);
    },
    { passive: false },
  );
  let known = 0;
  const sized = new ResizeObserver(() => {
    const now = element.clientWidth;
    if (now === 0 || now === known) return;
    known = now;
    host.resized(now);
    fit();
  });
  sized.observe(element);

  return {
    element,
    picture,
    content,
    width,
    show(next, all) {
      const had = picture.contains(document.activeElement) ? current : null;
      const isOther = next.width !== size.width || next.height !== size.height;
      size = next;
      parts = new Map(all.map((part) => [part.id, part]));
      if (isOther || !isMoved) fit();
      settle();
      if (had !== null && parts.has(had) && !picture.contains(document.activeElement)) focus(had);
    },
    focus,
    zoom,
    fit,
    dispose: () => sized.disconnect(),
  };
}
