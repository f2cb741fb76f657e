/**
 * Messages of a kernel that has been taken over: true ones with a field or two replaced, others'
 * protocols, and rubbish.
 */
import { trueEvents } from "./events.ts";
import { type Chance, hostileValue, texts } from "./values.ts";

type Fields = Record<string, unknown>;

/** A copy in which each field, at any depth, may have become something else. */
function altered(value: unknown, chance: Chance): unknown {
  if (chance.next() < 0.08) return hostileValue(chance);
  if (chance.next() < 0.04) return chance.one(texts);
  if (value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map((item) => altered(item, chance));
  if (typeof value !== "object" || value === null) return value;
  const pairs = Object.entries(value).map(([key, item]): [string, unknown] => [
    chance.next() < 0.02 ? chance.one(texts) : key,
    altered(item, chance),
  ]);
  return Object.fromEntries(pairs);
}

/** A batch of events of this cell's run; some are true, and most nearly. */
export function hostileBatch(
  chance: Chance,
  batch: number,
  cell: string,
  run: number,
  size: number,
): { readonly batch: number; readonly events: readonly unknown[] } {
  const sent = Array.from({ length: size }, () => {
    const event = chance.one(trueEvents);
    const owner = {
      cell: chance.next() < 0.9 ? cell : chance.one(texts),
      run: chance.next() < 0.9 ? run : chance.whole(9),
    };
    return { ...owner, event: chance.next() < 0.4 ? event : altered(event, chance) };
  });
  return { batch, events: sent };
}

/** A message that is no batch to be drawn: others' protocols, replays, and anything at all. */
export function hostileMessage(chance: Chance): unknown {
  switch (chance.whole(6)) {
    case 0:
      return altered({ batch: chance.whole(5), events: [] }, chance);
    case 1:
      // Comlink's own words, as to an object that is exposed.
      return {
        id: "x",
        type: chance.one(["SET", "APPLY", "CONSTRUCT", "GET", "ENDPOINT", "RELEASE"]),
        path: chance.one([["__proto__", "pwned"], ["constructor"], [], hostileValue(chance)]),
        value: { type: "RAW", value: hostileValue(chance) },
        argumentList: [{ type: "RAW", value: "globalThis.pwned = true" }],
      };
    case 2:
      return hostileAnswer(chance, `x${chance.whole(9)}`);
    default:
      return hostileValue(chance);
  }
}

/** What a call may be answered with, in comlink's words. */
export function hostileAnswer(chance: Chance, id: unknown): Fields {
  const report = {
    status: "ok",
    durationMs: 1,
    left: 0,
    wrote: ["x"],
    readKnobs: [],
    trained: false,
    drew: false,
  };
  switch (chance.whole(4)) {
    case 0:
      return { id, type: "RAW", value: altered(report, chance) };
    case 1:
      return {
        id,
        type: "HANDLER",
        name: "throw",
        value: { isError: chance.next() < 0.5, value: hostileValue(chance) },
      };
    case 2:
      return {
        id,
        type: "HANDLER",
        name: chance.one(["proxy", "constructor", "__proto__"]),
        value: hostileValue(chance),
      };
    default:
      return { id, type: "RAW", value: chance.next() < 0.5 ? report : hostileValue(chance) };
  }
}
