/** How a call of a kernel is divided into calls for parts of its items, which are rows, elements, images ... */

export interface Division {
  /** What is added to each argument for each item before the first; 0 where left out. */
  readonly steps: readonly number[];
  /** The argument that is how many items there are, if any. */
  readonly size?: number;
  /** The argument that is the item after the last, if any. */
  readonly end?: number;
  /** Bytes from a thread's room to the next one's, for each argument that lies in one. */
  readonly rooms?: Readonly<Record<number, number>>;
  /** Parts begin at multiples of so many items; 1 unless given. */
  readonly grain?: number;
  /** Parts for each thread, where each costs something of its own; else 4, and more in long calls. */
  readonly parts?: number;
  /**
   * So many items in each part, with one thread too: what a part adds up is rounded on its own, and
   * may not depend on who is there.
   */
  readonly part?: number;
  /** What is added to each argument for each part before, where `part` is given. */
  readonly partSteps?: readonly number[];
  /** What is there is changed: to end in the middle would leave it half done. */
  readonly isInPlace?: boolean;
}

/** How many items each part has, but the last, with at least `parts` parts if there are items enough. */
export function partOf(count: number, { grain = 1, part }: Division, parts: number): number {
  return part ?? Math.max(grain, Math.ceil(count / parts / grain) * grain);
}
