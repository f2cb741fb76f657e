/**
 * Labels beside their points, none over another: taken in the order given, each at the first of its
 * places that is free. A label that was there before comes before others, so that labels do not flicker.
 */

export interface WantedLabel {
  readonly row: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** How far from the point it stands, in px. */
  readonly gap: number;
  /** Shown whatever it covers: what the reader has chosen. */
  readonly isCertain: boolean;
}

export interface PlacedLabel {
  readonly row: number;
  /** Left end and middle of its line. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export const LINE = 14;
/** Squares in which taken room is noted, in px. */
const CELL = 48;
const AIR = 2;

interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** At most `most` of the labels, inside `width` by `height`. */
export function placeLabels(
  wanted: Iterable<WantedLabel>,
  {
    width,
    height,
    most,
  }: { readonly width: number; readonly height: number; readonly most: number },
): readonly PlacedLabel[] {
  const taken = new Map<number, Rectangle[]>();
  const placed: PlacedLabel[] = [];
  for (const label of wanted) {
    if (placed.length >= most) break;
    const places = placesOf(label).filter(
      ({ left, right, top, bottom }) => left >= 0 && right <= width && top >= 0 && bottom <= height,
    );
    const free = places.find((each) => !overlaps(taken, each));
    const place = free ?? (label.isCertain ? places[0] : undefined);
    if (place === undefined) continue;
    take(taken, place);
    placed.push({
      row: label.row,
      x: place.left + AIR,
      y: (place.top + place.bottom) / 2,
      width: label.width,
    });
  }
  return placed;
}

/** Right of the point, left, above, below. */
function placesOf({ x, y, width, gap }: WantedLabel): readonly Rectangle[] {
  const wide = width + 2 * AIR;
  const at = (left: number, middle: number): Rectangle => ({
    left,
    right: left + wide,
    top: middle - LINE / 2,
    bottom: middle + LINE / 2,
  });
  return [
    at(x + gap, y),
    at(x - gap - wide, y),
    at(x - wide / 2, y - gap - LINE / 2),
    at(x - wide / 2, y + gap + LINE / 2),
  ];
}

function overlaps(taken: ReadonlyMap<number, readonly Rectangle[]>, each: Rectangle): boolean {
  return cellsOf(each).some((cell) =>
    (taken.get(cell) ?? []).some(
      (other) =>
        each.left < other.right &&
        other.left < each.right &&
        each.top < other.bottom &&
        other.top < each.bottom,
    ),
  );
}

function take(taken: Map<number, Rectangle[]>, each: Rectangle): void {
  for (const cell of cellsOf(each)) {
    const there = taken.get(cell);
    if (there === undefined) taken.set(cell, [each]);
    else there.push(each);
  }
}

function cellsOf({ left, right, top, bottom }: Rectangle): readonly number[] {
  const cells: number[] = [];
  for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y++) {
    for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x++)
      cells.push(y * 4096 + x);
  }
  return cells;
}
