/** One half of the notebooks that ship, in Chromium; `notebooks.test.ts` has the other. */
import { runNotebooks, secondHalf } from "./run-notebooks.ts";

runNotebooks(secondHalf);
