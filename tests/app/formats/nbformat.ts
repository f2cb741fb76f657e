/** The published schema of nbformat 4.5, as a judge of what we write. */
import Ajv from "ajv-draft-04";
import { readFileSync } from "node:fs";
import { expect } from "vitest";

const schema = JSON.parse(
  readFileSync(new URL("schema/nbformat.v4.5.schema.json", import.meta.url), "utf8"),
) as object;
const validate = new Ajv({ allErrors: true, strict: false }).compile(schema);

/** Fails the test with the schema's complaints if this is not a file of nbformat 4.5. */
export function expectNbformat(text: string): void {
  expect({ valid: validate(JSON.parse(text)), errors: validate.errors }).toEqual({
    valid: true,
    errors: null,
  });
}
