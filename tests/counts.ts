/** How much a run of the tests asks for: `npm test` little, `npm run soak` everything. */
export const soaking = process.env["DESCENT_SOAK"] === "1";

/** Parameters of a property test: twenty times as many cases in a soak. */
export function propertyRuns(seed: number, numRuns: number): { seed: number; numRuns: number } {
  return { seed, numRuns: soaking ? numRuns * 20 : numRuns };
}
