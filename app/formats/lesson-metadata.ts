/**
 * What lessons say of a cell besides its tags, in a file for Jupyter: under `descent`, where nobody else
 * writes, and in the document beside the tags, as on the cell's line in the percent format.
 */
import { isJsonObject, type Json, type Metadata } from "../notebook/document.ts";

/** The exercise it belongs to, other forms of a term, quick settings. */
const KEYS = ["for", "also", "quick"];
/** A key counts as ours beside these tags, or with them alone where a stranger might use the word. */
const ROLES = ["exercise", "check", "hint", "solution", "predict", "setup", "auto", "quiz", "term"];

/** A cell's metadata for the file. */
export function fileMetadata(metadata: Metadata): Metadata {
  const ours = KEYS.filter((key) => Object.hasOwn(metadata, key) && isOurs(key, metadata));
  if (ours.length === 0) return metadata;
  const rest = Object.entries(metadata).filter(([key]) => !ours.includes(key));
  const { descent } = metadata;
  const said = Object.fromEntries(ours.map((key) => [key, metadata[key] as Json]));
  return {
    ...Object.fromEntries(rest),
    descent: { ...(isJsonObject(descent) ? descent : {}), ...said },
  };
}

/** The metadata that a file gave a cell, as the document has it. */
export function ownMetadata(metadata: Metadata): Metadata {
  const { descent, ...rest } = metadata;
  if (!isJsonObject(descent)) return metadata;
  const ours = KEYS.filter((key) => Object.hasOwn(descent, key) && !Object.hasOwn(rest, key));
  if (ours.length === 0) return metadata;
  const kept = Object.entries(descent).filter(([key]) => !ours.includes(key));
  const said = Object.fromEntries(ours.map((key) => [key, descent[key] as Json]));
  return {
    ...rest,
    ...said,
    ...(kept.length === 0 ? {} : { descent: Object.fromEntries(kept) }),
  };
}

function isOurs(key: string, { tags, descent }: Metadata): boolean {
  // A file of somebody else's may hold anything under that name.
  if (descent !== undefined && !isJsonObject(descent)) return false;
  if (isJsonObject(descent) && Object.hasOwn(descent, key)) return false;
  return (
    key === "quick" || (Array.isArray(tags) && tags.some((tag) => ROLES.includes(String(tag))))
  );
}
