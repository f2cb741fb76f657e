/** Why the browser did not keep or give back what it was asked to, in a sentence for the reader. */
export class StorageError extends Error {
  override name = "StorageError";
  readonly reason: "unavailable" | "full" | "corrupt" | "newer";
  /** What could be saved of a corrupt record, as text to download. */
  readonly salvage: string | undefined;

  constructor(reason: StorageError["reason"], message: string, salvage?: string) {
    super(message);
    this.reason = reason;
    this.salvage = salvage;
  }
}

/** Turns whatever IndexedDB threw into a sentence that says what to do. */
export function toStorageError(error: unknown): StorageError {
  if (error instanceof StorageError) return error;
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (name === "QuotaExceededError") {
    return new StorageError(
      "full",
      "This browser has no room left for notebooks. Download this one, then delete others or free disk space.",
    );
  }
  if (name === "VersionError") {
    return new StorageError(
      "newer",
      "A newer Descent has used this browser's notebooks. Reload the page to get it.",
    );
  }
  if (name === "DataCloneError") {
    return new StorageError(
      "corrupt",
      `Something in this notebook cannot be saved (${message}). Download the notebook to keep the rest.`,
    );
  }
  return new StorageError(
    "unavailable",
    `This browser does not let the page keep notebooks (${name}: ${message}). Download what you want to keep.`,
  );
}
