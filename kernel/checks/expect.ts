/** What check cells of lessons begin with: `expect(answer)`, and `expect.each` for several cases. */
import { Expectation } from "./expectation.ts";
import { each } from "./rounds.ts";

export { CheckError } from "./expectation.ts";

/**
 * Begins a chain of checks; `expect.each` makes them for several cases.
 * @throws CheckError from the first fact that does not hold.
 * @example expect(tensor([1, 2]).sum()).close(3) // Right.
 */
export function expect(value: unknown): Expectation {
  return new Expectation(value);
}

expect.each = each;
