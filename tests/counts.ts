/** How much a run of the tests asks for: `npm test` little, `npm run soak` everything. */
export const soaking = process.env["DESCENT_SOAK"] === "1";

/** Parameters of a property test: twenty times as many cases in a soak. */
export function propertyRuns(seed: number, numRuns: number): { seed: number; numRuns: number } {
  return { seed, numRuns: soaking ? numRuns * 20 : numRuns };
}

/** How long a whole lesson may take: in a soak its long cells run in full, beside other files. */
export const lessonMs = soaking ? 600_000 : 120_000;
