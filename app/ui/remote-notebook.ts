/**
 * `?open=<address>`: a notebook somewhere on the web. It is nobody's word for anything: the text is read
 * as a file from elsewhere would be, and runs nothing by itself.
 */

export interface RemoteFile {
  /** The last part of the address, with an ending that says how to read it. */
  readonly name: string;
  readonly text: string;
}

/** On this machine there is nobody in between. */
const HERE = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * Reads what an address answers.
 * @throws Error with a sentence for the reader: no address, not https, or what `fetchText` says
 */
export async function readLink(
  address: string,
  fetchText: (address: URL) => Promise<string>,
): Promise<RemoteFile> {
  if (!URL.canParse(address)) {
    throw new Error(`"${address}" is no address: ?open= wants https://… of a notebook.`);
  }
  const url = new URL(address);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && HERE.test(url.hostname))) {
    throw new Error(`${url.href} is not fetched: an address must begin with https://.`);
  }
  const text = await fetchText(url);
  return { name: nameOf(url, text), text };
}

function nameOf({ pathname, hostname }: URL, text: string): string {
  const last = pathname.split("/").findLast((part) => part !== "") ?? hostname;
  const name = decoded(last);
  if (/\.(ipynb|ts)$/i.test(name)) return name;
  // Addresses of pastes often end in no name: JSON is the one form, cells between comments the other.
  return `${name}.${text.trimStart().startsWith("{") ? "ipynb" : "ts"}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray % is part of the name.
    return text;
  }
}
