/** Counts of what a kernel wants to know about a cell: did it train, did it draw from the generator. */

export const activity = {
  /** Calls of `backward()`. */
  backwards: 0,
  /** Calls of an optimiser's `step()`. */
  steps: 0,
  /** Draws from the default generator. */
  draws: 0,
};
