/** Entry of a hostile script in an output's frame: sends the page 250 messages of any kind. */
import { hostileMessage } from "./messages.ts";
import { createChance, hostileValue } from "./values.ts";

const chance = createChance(Number("SEED"));
let sent = 0;
while (sent < 250) {
  const message: unknown =
    chance.next() < 0.4
      ? { kind: chance.one(["size", "ready", "refused", "show"]), heightPx: hostileValue(chance) }
      : chance.next() < 0.5
        ? hostileMessage(chance)
        : hostileValue(chance);
  try {
    parent.postMessage(message, "*");
  } catch {
    // What a port would not take either; it counts all the same.
  }
  sent += 1;
}
setTimeout(() => {
  document.body.append(`sent ${sent}`);
}, 50);
