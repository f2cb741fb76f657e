import { expect, it } from "vitest";
import type { Answer, Question } from "../engines/messages.ts";
import { type Spec, specs } from "../workloads/specs.ts";
import type { Laboratory } from "./browser.ts";
import { contest, type Outcome } from "./contest.ts";
import type { Contestant } from "./contestants.ts";

/** A worker's part: what it answers, or an error. */
interface Part {
  readonly seen?: readonly number[];
  readonly ms?: number;
  readonly fails?: Question["ask"];
  readonly missing?: string;
}

const [spec] = specs;
const truth = [3, 2, 1];

const entry = (name: string, side: Contestant["side"] = "peer"): Contestant => ({
  name,
  script: `${name}.js`,
  side,
  threads: 1,
  kinds: ["mlp"],
  calls: 1,
});

interface Played {
  /** Who was asked for what. */
  readonly asked: readonly string[];
  /** For how many steps. */
  readonly questions: readonly string[];
  readonly lab: Laboratory;
}

/** A laboratory whose workers play `parts`. */
function playing(parts: Readonly<Record<string, Part>>): Played {
  const [asked, questions]: [string[], string[]] = [[], []];
  const answer = (name: string, question: Question): Answer<Question> => {
    const { seen = truth, ms = 50, fails, missing = "" } = parts[name] ?? {};
    asked.push(`${name} ${question.ask}`);
    if (question.ask === "time")
      questions.push(`${name} ${question.lead} untimed, ${question.steps} timed`);
    if (question.ask === fails) throw new Error(`${name} broke`);
    if (question.ask === "make") return { device: missing === "" ? "paper" : null, missing };
    return question.ask === "begin" ? { first: 7, seen: seen.map((each) => [each]) } : ms;
  };
  const lab: Laboratory = {
    version: "0",
    open: async (name) => ({
      // The answer is made for this question's kind.
      ask: async (question) => answer(name, question) as never,
      close: async () => void asked.push(`${name} close`),
    }),
    [Symbol.asyncDispose]: async () => {},
  };
  return { asked, questions, lab };
}

async function held(
  parts: Readonly<Record<string, Part>>,
  taking: readonly Contestant[],
  given: Spec | undefined = spec,
): Promise<Omit<Played, "lab"> & { outcome: (name: string) => Outcome | undefined }> {
  if (given === undefined) throw new Error("no workloads");
  const { lab, ...told } = playing(parts);
  const { outcomes } = await contest(lab, given, taking);
  const byName = new Map([...outcomes].map(([{ name }, outcome]) => [name, outcome]));
  return { ...told, outcome: (name) => byName.get(name) };
}

const plain = entry("plain JavaScript");

it("contest() times whoever agrees, with minimum and median", async () => {
  const { outcome } = await held({ fast: { ms: 41 } }, [plain, entry("fast")]);
  expect(outcome("fast")).toMatchObject({ kind: "timed", min: 41, median: 41, first: 7 });
});

it("contest() does not time who disagrees by more than a thousandth", async () => {
  const { outcome, asked } = await held({ off: { seen: [3, 2, 1.0021] } }, [plain, entry("off")]);
  expect(outcome("off")).toMatchObject({ kind: "wrong", wanted: truth });
  expect(asked).not.toContain("off time");
});

it("contest() takes a thousandth for agreement", async () => {
  const { outcome } = await held({ near: { seen: [3, 2, 1.0009] } }, [plain, entry("near")]);
  expect(outcome("near")?.kind).toBe("timed");
});

it("contest() visits each contestant once a round", async () => {
  const { asked } = await held({}, [plain, entry("a"), entry("b")]);
  const rounds = asked.filter((each) => each.endsWith("time")).slice(3);
  expect(rounds.slice(0, 6)).toEqual(
    [plain.name, "a", "b", plain.name, "a", "b"].map((name) => `${name} time`),
  );
});

it("contest() visits who takes long in the first four rounds, and the others in all", async () => {
  const parts = { slow: { ms: 9_000 }, hopeless: { ms: 201 }, near: { ms: 200 }, own: { ms: 300 } };
  const taking = [plain, entry("slow"), entry("hopeless"), entry("near"), entry("own", "ours")];
  const { outcome } = await held(parts, taking);
  const counts = taking.map(({ name }) => {
    const told = outcome(name);
    return told?.kind === "timed" ? told.rounds.length : 0;
  });
  // Fifteen seconds hold so many of 50, 200 and 300 ms, each with a lead as long.
  expect(counts).toEqual([14, 4, 4, 14, 14]);
});

it("contest() lets who takes less than a second work a while before each measurement", async () => {
  const quick = { ...entry("quick"), calls: 200 };
  const parts = { quick: { ms: 2 }, middle: { ms: 8 }, slow: { ms: 1_001 } };
  const { questions } = await held(parts, [plain, quick, entry("middle"), entry("slow")]);
  const last = (name: string) => questions.findLast((each) => each.startsWith(name));
  expect(last("quick")).toBe("quick 5 untimed, 200 timed");
  expect(last("middle")).toBe("middle 4 untimed, 1 timed");
  expect(last(plain.name)).toBe("plain JavaScript 1 untimed, 1 timed");
  expect(last("slow")).toBe("slow 0 untimed, 1 timed");
});

it("contest() goes on without a contestant that breaks", async () => {
  const taking = [plain, entry("early"), entry("late"), entry("well")];
  const { outcome } = await held({ early: { fails: "begin" }, late: { fails: "time" } }, taking);
  expect(outcome("early")).toEqual({ kind: "cannot", why: "early broke" });
  expect(outcome("late")).toEqual({ kind: "cannot", why: "late broke" });
  expect(outcome("well")?.kind).toBe("timed");
});

it("contest() says why an engine has no version of a workload", async () => {
  const { outcome } = await held({ few: { missing: "no tape" } }, [plain, entry("few")]);
  expect(outcome("few")).toEqual({ kind: "cannot", why: "no tape" });
});

it("contest() lets plain JavaScript judge where it is no peer, and closes every worker", async () => {
  const judge = { ...plain, kinds: [], judges: ["mlp"] } as const;
  const { outcome, asked } = await held({}, [judge, entry("a")]);
  expect(outcome(plain.name)?.kind).toBe("cannot");
  expect(asked).not.toContain("plain JavaScript time");
  expect(asked.filter((each) => each.endsWith("close"))).toHaveLength(2);
});

it("contest() does not compare what the peaks see", async () => {
  const peak = entry("peak", "peak");
  const { outcome } = await held({ peak: { seen: [9] } }, [plain, peak]);
  expect(outcome("peak")?.kind).toBe("timed");
});

it("contest() refuses to go on when nobody says what is right", async () => {
  await expect(held({}, [entry("a")])).rejects.toThrow(
    "bench: plain JavaScript did not say what is right in mlp-tiny",
  );
});
