/**
 * The zip format (PKWARE's APPNOTE 6.3), as far as .npz needs it: written without compression, read
 * stored or deflated, with every checksum checked. Reading trusts nothing in the file.
 */

/** The last 22 bytes of an archive, before its comment. */
const endBytes = 22;
const longestComment = 0xffff;
const centralBytes = 46;
const localBytes = 30;
/** No deflated byte can stand for more than this many. */
const largestRatio = 1032;
/** 1 January 1980, the first day of the format: the same tensors give the same file. */
const date = 0x21;
const utf8 = 0x800;

const signature = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50 };

/** Files by name, as an archive. @throws RangeError when it would need more than 4 GB. */
export function encodeZip(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const entries = Object.entries(files).map(([name, bytes]) => ({
    name: new TextEncoder().encode(name),
    bytes,
    sum: crc32(bytes),
  }));
  const headers = entries.reduce((sum, { name }) => sum + 2 * name.length, 0);
  const content = entries.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const fixed = entries.length * (localBytes + centralBytes) + endBytes;
  if (headers + content + fixed > 0xffffffff || entries.length > 0xfffe)
    throw new RangeError(
      `zip: ${entries.length} files of ${content} bytes - wanted less than 4 GB and 65535 files`,
    );
  const out = new Uint8Array(headers + content + fixed);
  const view = new DataView(out.buffer);
  let at = 0;
  const starts: number[] = [];
  /** What both headers of an entry say, from the version that is needed to the length of the name. */
  const describe = (start: number, size: number, sum: number, nameBytes: number) => {
    view.setUint16(start, 20, true);
    view.setUint16(start + 2, utf8, true);
    view.setUint16(start + 8, date, true);
    view.setUint32(start + 10, sum, true);
    view.setUint32(start + 14, size, true);
    view.setUint32(start + 18, size, true);
    view.setUint16(start + 22, nameBytes, true);
  };
  for (const { name, bytes, sum } of entries) {
    starts.push(at);
    view.setUint32(at, signature.local, true);
    describe(at + 4, bytes.length, sum, name.length);
    out.set(name, at + localBytes);
    out.set(bytes, at + localBytes + name.length);
    at += localBytes + name.length + bytes.length;
  }
  const directory = at;
  entries.forEach(({ name, bytes, sum }, i) => {
    view.setUint32(at, signature.central, true);
    view.setUint16(at + 4, 20, true);
    describe(at + 6, bytes.length, sum, name.length);
    view.setUint32(at + 42, starts[i] ?? 0, true);
    out.set(name, at + centralBytes);
    at += centralBytes + name.length;
  });
  view.setUint32(at, signature.end, true);
  view.setUint16(at + 8, entries.length, true);
  view.setUint16(at + 10, entries.length, true);
  view.setUint32(at + 12, at - directory, true);
  view.setUint32(at + 16, directory, true);
  return out;
}

interface Entry {
  readonly name: string;
  readonly isDeflated: boolean;
  readonly sum: number;
  /** As it lies in the file, from `start` on. */
  readonly packed: number;
  readonly size: number;
  readonly start: number;
}

/** Files by name. @throws SyntaxError saying what is wrong with the archive. */
export async function decodeZip(bytes: Uint8Array): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const entry of readDirectory(bytes)) {
    const packed = bytes.subarray(entry.start, entry.start + entry.packed);
    const file = entry.isDeflated ? await inflate(entry.name, packed, entry.size) : packed;
    if (crc32(file) !== entry.sum)
      throw broken(`the checksum of "${entry.name}" does not fit - the file is damaged`);
    files.set(entry.name, file);
  }
  return files;
}

function broken(what: string): SyntaxError {
  return new SyntaxError(`zip: ${what}`);
}

function readDirectory(bytes: Uint8Array): Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  const size = view.getUint32(end + 12, true);
  const directory = view.getUint32(end + 16, true);
  if (count === 0xffff || size === 0xffffffff || directory === 0xffffffff)
    throw broken("the archive is in zip64 form, for more than 4 GB - wanted a plain one");
  if (view.getUint16(end + 4, true) !== 0 || view.getUint16(end + 8, true) !== count)
    throw broken("the archive is one part of several - wanted a whole one");
  if (directory + size > end)
    throw broken(`the directory claims bytes ${directory} to ${directory + size} of ${end}`);
  const entries: Entry[] = [];
  let at = directory;
  for (let i = 0; i < count; i++) {
    if (at + centralBytes > end || view.getUint32(at, true) !== signature.central)
      throw broken(`the directory ends after ${i} of ${count} entries`);
    const lengths = [28, 30, 32].map((field) => view.getUint16(at + field, true));
    const next = lengths.reduce((sum, length) => sum + length, at + centralBytes);
    if (next > end) throw broken(`the directory ends after ${i} of ${count} entries`);
    entries.push(readEntry(bytes, view, at, directory));
    at = next;
  }
  refuseOverlap(entries);
  return entries;
}

/** The end record, which is last but for a comment. */
function findEnd(view: DataView): number {
  const first = Math.max(0, view.byteLength - endBytes - longestComment);
  for (let at = view.byteLength - endBytes; at >= first; at--)
    if (view.getUint32(at, true) === signature.end) return at;
  throw broken("no directory at the end - it is no zip file, or was cut off");
}

function readEntry(bytes: Uint8Array, view: DataView, at: number, limit: number): Entry {
  const nameBytes = bytes.subarray(
    at + centralBytes,
    at + centralBytes + view.getUint16(at + 28, true),
  );
  const name = new TextDecoder().decode(nameBytes);
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  const packed = view.getUint32(at + 20, true);
  const size = view.getUint32(at + 24, true);
  const local = view.getUint32(at + 42, true);
  if ((flags & 1) !== 0) throw broken(`"${name}" is encrypted`);
  if (method !== 0 && method !== 8)
    throw broken(`"${name}" is packed by method ${method} - wanted 0 (stored) or 8 (deflated)`);
  if (packed === 0xffffffff || size === 0xffffffff || local === 0xffffffff)
    throw broken(`"${name}" is in zip64 form, for more than 4 GB - wanted a plain one`);
  if (local + localBytes > limit || view.getUint32(local, true) !== signature.local)
    throw broken(`"${name}" does not begin at byte ${local}`);
  const start =
    local + localBytes + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (start + packed > limit)
    throw broken(`"${name}" claims bytes ${start} to ${start + packed} of ${limit}`);
  if (method === 0 ? size !== packed : size > packed * largestRatio)
    throw broken(`"${name}" claims ${size} bytes in ${packed} - that cannot be`);
  return {
    name,
    isDeflated: method === 8,
    sum: view.getUint32(at + 16, true),
    packed,
    size,
    start,
  };
}

/** Entries that share bytes are how a small file claims to hold a huge one. */
function refuseOverlap(entries: readonly Entry[]): void {
  const names = new Set<string>();
  let free = 0;
  for (const { name, start, packed } of entries.toSorted((a, b) => a.start - b.start)) {
    if (names.has(name)) throw broken(`"${name}" is there twice`);
    if (start < free) throw broken(`"${name}" overlaps another file`);
    names.add(name);
    free = start + packed;
  }
}

async function inflate(name: string, packed: Uint8Array, size: number): Promise<Uint8Array> {
  const stream = new Blob([new Uint8Array(packed)])
    .stream()
    .pipeThrough(new DecompressionStream("deflate-raw"));
  const out = new Uint8Array(size);
  let at = 0;
  try {
    // A reader, and not `for await`, which streams of browsers have only lately.
    const reader = stream.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      if (at + part.value.length > size) {
        await reader.cancel();
        throw broken(`"${name}" unpacks to more than the ${size} bytes it claims`);
      }
      out.set(part.value, at);
      at += part.value.length;
    }
  } catch (cause) {
    if (cause instanceof SyntaxError) throw cause;
    throw new SyntaxError(`zip: "${name}" cannot be unpacked - the file is damaged`, { cause });
  }
  if (at !== size) throw broken(`"${name}" unpacks to ${at} bytes and claims ${size}`);
  return out;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? 0xedb88320 ^ (sum >>> 1) : sum >>> 1;
  return sum;
});

function crc32(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  // The table has an entry for each byte.
  for (const byte of bytes) sum = crcTable[(sum ^ byte) & 0xff]! ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}
