/** What the page and an output's frame say to each other. The frame runs scripts of cells: it is believed nothing. */

/** Page to frame, once. */
export interface FrameRequest {
  readonly kind: "show";
  readonly html: string;
  readonly theme: "light" | "dark";
  readonly ink: string;
  readonly font: string;
}

export type FrameReply =
  /** The document is there and waits. */
  | { readonly kind: "ready" }
  /** The document is not opaque: nothing may run in it. */
  | { readonly kind: "refused" }
  | { readonly kind: "size"; readonly heightPx: number };

/** What a frame sent, with a height that fits a page; null for anything else. */
export function parseFrameReply(sent: unknown): FrameReply | null {
  if (typeof sent !== "object" || sent === null) return null;
  const { kind, heightPx } = sent as { readonly kind?: unknown; readonly heightPx?: unknown };
  if (kind === "ready" || kind === "refused") return { kind };
  if (kind !== "size" || typeof heightPx !== "number" || !Number.isFinite(heightPx)) return null;
  return { kind, heightPx: Math.min(Math.max(Math.ceil(heightPx), 0), TALLEST_PX) };
}

/** A taller output scrolls in its frame. */
const TALLEST_PX = 2_000;
