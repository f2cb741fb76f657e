import { expect, test } from "vitest";
import type { Notice } from "../../../kernel/hosts/notices.ts";
import type { RunId } from "../../../kernel/protocol.ts";
import { openRuntime, transitionAll } from "../../../app/notebook/runtime.ts";
import { logged, openRunLog } from "../../../app/notebook/training-runs.ts";
import {
  noWeights,
  oldWeights,
  oldWeightsWords,
  weightsAfter,
} from "../../../app/notebook/weights.ts";
import { cell, told } from "./runs.fixture.ts";

/** A notebook where cell `a` trains `net`, and what its figures in other cells are drawn with. */
function notebook() {
  let state = { runtime: openRuntime(), log: openRunLog(), weights: noWeights };
  return {
    tell(...notices: Notice[]) {
      const runtime = transitionAll(state.runtime, notices);
      const log = logged(state.log, notices, () => "", 0);
      state = { runtime, log, weights: weightsAfter(state.weights, notices, runtime, log) };
    },
    words(of: string) {
      const old = oldWeights(state.weights, state.log, cell(of));
      return old && oldWeightsWords(old);
    },
  };
}

function started(of: string, run: number, uses: readonly string[]): Notice {
  const names = { defines: [], uses, assigns: [], imports: [], later: [] };
  return {
    kind: "started",
    cell: cell(of),
    run: run as RunId,
    executionCount: run,
    names,
    source: "",
  };
}

function drew(of: string, run: number): Notice {
  const output = { kind: "display", data: {}, metadata: {} } as const;
  return { kind: "output", cell: cell(of), run: run as RunId, output };
}

test("a figure says which weights it shows when another cell has trained since", () => {
  const page = notebook();
  page.tell(told(1), started("b", 2, ["net"]), drew("b", 2));
  expect(page.words("b")).toBeNull();
  page.tell(told(3), told(4));
  expect(page.words("b")).toBe("Drawn with the weights of run 1; you are at run 3.");
  page.tell(drew("b", 2));
  expect(page.words("b")).toBeNull();
});

test("a figure drawn before the first training says so", () => {
  const page = notebook();
  page.tell(started("b", 1, ["net"]), drew("b", 1), told(2));
  expect(page.words("b")).toBe("Drawn before anything was trained; you are at run 1.");
});

test("figures of other networks, and of the cell that trains, say nothing", () => {
  const page = notebook();
  page.tell(
    told(1),
    started("b", 2, ["other"]),
    drew("b", 2),
    started("a", 3, ["net"]),
    drew("a", 3),
  );
  page.tell(told(3));
  expect(page.words("b")).toBeNull();
  expect(page.words("a")).toBeNull();
});

test("a new kernel knows no weights", () => {
  const page = notebook();
  page.tell(told(1), started("b", 2, ["net"]), drew("b", 2), told(3));
  expect(page.words("b")).not.toBeNull();
  page.tell({ kind: "kernel", status: "starting", shared: true });
  expect(page.words("b")).toBeNull();
});
