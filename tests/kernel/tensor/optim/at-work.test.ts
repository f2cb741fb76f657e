import { expect, test } from "vitest";
import { optim, tensor } from "../../../../kernel/tensor/index.ts";
import { followSteps } from "../../../../kernel/tensor/optim/at-work.ts";

const leaf = () => tensor([1, 2], { requiresGrad: true });

test("followSteps() hears of a step before and after it, whoever else is learned beside", () => {
  const [a, b] = [leaf(), leaf()];
  const opt = optim.SGD([a, b], { lr: 1 });
  const heard: string[] = [];
  const stop = followSteps([b], (optimizer) => {
    expect(optimizer).toBe(opt);
    heard.push(`before ${b.data.join()}`);
    return () => heard.push(`after ${b.data.join()}`);
  });
  a.add(b).sum().backward();
  opt.step();
  expect(heard).toEqual(["before 1,2", "after 0,1"]);
  stop();
  opt.step();
  expect(heard).toHaveLength(2);
});

test("followSteps() hears once of a step that changes several of its parameters, and of no other", () => {
  const [a, b, c] = [leaf(), leaf(), leaf()];
  let steps = 0;
  const stop = followSteps([a, b], () => {
    steps++;
    return () => {};
  });
  a.add(b).add(c).sum().backward();
  optim.SGD([a, b], { lr: 1 }).step();
  optim.SGD([c], { lr: 1 }).step();
  expect(steps).toBe(1);
  stop();
});
