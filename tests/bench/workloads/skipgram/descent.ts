import { F, nn, optim, tensor } from "../../../../kernel/tensor/index.ts";
import { begin, training } from "../descent.ts";
import type { Maker } from "../workload.ts";
import { skipgramData } from "./data.ts";

export const skipgram: Maker<"skipgram"> = (spec) => {
  const data = skipgramData(spec);
  const candidates = 1 + spec.negatives;
  const inner = nn.Embedding(spec.vocabulary, spec.width);
  const outer = nn.Embedding(spec.vocabulary, spec.width);
  begin(inner.weight, data.inner);
  begin(outer.weight, data.outer);
  const centers = tensor(data.centers);
  const others = tensor(data.others).reshape([spec.batch, candidates]);
  const truth = tensor(data.truth).reshape([spec.batch, candidates]);
  const sgd = optim.SGD([...inner.parameters(), ...outer.parameters()], { lr: spec.lr });
  return training(sgd, () => {
    const likeness = outer(others).matmul(inner(centers).unsqueeze(2)).squeeze(2);
    return F.bceWithLogits(likeness, truth);
  });
};
