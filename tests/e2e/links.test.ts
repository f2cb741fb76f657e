/** `?open=<address>`: a notebook from the web is fetched, kept, and believed in nothing. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { eachOnANewPage, type NotebookPage } from "./harness.ts";
import { type Listener, listen } from "./listener.ts";

const text = `// ---
// title: From elsewhere
// ---

// %% id="a" tags=["auto"]
console.log("it ran");
`;

let notebook: NotebookPage;
let host: Listener;
// What a host refuses the browser logs as an error.
eachOnANewPage(
  (page) => {
    notebook = page;
  },
  { logsRefusals: true },
);
beforeEach(async () => {
  host = await listen();
  host.answer = ({ url }, response) => {
    if (url === "/latin.ts") return response.end(Buffer.from("// %%\n// \xe9", "latin1"));
    if (url !== "/notes.ts") response.statusCode = 404;
    response.end(text);
  };
});
afterEach(() => host.close());

const link = (address: string) => `?open=${encodeURIComponent(address)}`;

it("opens as the reader's own copy, in which nothing runs by itself, and is not fetched again", async () => {
  const { page } = notebook;
  await notebook.open(link(`${host.origin}/notes.ts`));
  await page.waitForURL("**/?notebook=*");
  await page.getByText("This notebook came from elsewhere").waitFor();
  await expect.poll(() => page.title()).toBe("From elsewhere · Descent");
  await notebook.saved();
  await page.reload();
  await notebook.cell(0).waitFor();
  expect(host.heard).toEqual(["/notes.ts"]);
  expect(await page.getByText("it ran").count()).toBe(1);
  await page.getByRole("button", { name: "Run the cells" }).click();
  await notebook.ended(0);
});

it("says why a notebook did not open, and what is wrong with an address", async () => {
  const { page } = notebook;
  await notebook.open(link(`${host.origin}/gone.ts`));
  const alert = page.locator(".notice[data-kind=error]");
  await expect
    .poll(() => alert.innerText())
    .toContain(`${host.origin}/gone.ts could not be opened: it answered 404.`);
  await notebook.open(link(`${host.origin}/latin.ts`));
  await expect
    .poll(() => alert.innerText())
    .toContain("/latin.ts could not be opened: it is not UTF-8 text.");
  await notebook.open(link("http://a.example/notes.ts"));
  await expect.poll(() => alert.innerText()).toContain("an address must begin with https://");
});
