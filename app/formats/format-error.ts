/** A file that cannot be read as what it claims to be. The message is a sentence for the reader. */
export class FormatError extends Error {
  override name = "FormatError";
  /** 1-based line of the file, where one is to blame. */
  readonly line: number | undefined;

  constructor(message: string, line?: number) {
    super(line === undefined ? message : `line ${line}: ${message}`);
    this.line = line;
  }
}
