/**
 * What the reader lets a notebook do in this browser. Kept beside the document and never in it: a
 * file cannot bring its own permissions along.
 */
import { isOrigin } from "../../kernel/protocol.ts";
import { isJsonObject } from "./document.ts";

export interface Permissions {
  /** Made in this page, and no file from elsewhere. */
  readonly own: boolean;
  /** Scripts in its outputs may run, each in a frame of its own: the reader said so. */
  readonly trusted: boolean;
  /** Hosts its cells may reach: `https://cdn.example`. */
  readonly origins: readonly string[];
}

/** Of a notebook from elsewhere, until the reader says more. */
export const noPermissions: Permissions = { own: false, trusted: false, origins: [] };
export const ownPermissions: Permissions = { ...noPermissions, own: true };

/** What the storage had, believed as far as it makes sense. */
export function parsePermissions(value: unknown): Permissions {
  if (!isJsonObject(value)) return noPermissions;
  const { own, trusted, origins } = value;
  return {
    own: own === true,
    trusted: trusted === true,
    origins: Array.isArray(origins) ? [...new Set(origins.filter(isOrigin))] : [],
  };
}

export function withOrigin(permissions: Permissions, origin: string): Permissions {
  return { ...permissions, origins: [...new Set([...permissions.origins, origin])] };
}

export function withoutOrigin(permissions: Permissions, origin: string): Permissions {
  return { ...permissions, origins: permissions.origins.filter((each) => each !== origin) };
}

/** `https://cdn.example` as people say it; what is not encrypted shows. */
export function hostOf(origin: string): string {
  return origin.replace(/^https:\/\//, "");
}
