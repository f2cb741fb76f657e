/** Compiled, the tables are read by products with ones: see the transformer. */
import { numpy as np } from "@jax-js/jax";
import { array, type JaxArray, oneHot, type Running, sgdTraining } from "../jax.ts";
import type { Maker } from "../workload.ts";
import { skipgramData } from "./data.ts";

export const skipgramWith =
  (running: Running): Maker<"skipgram"> =>
  (spec) => {
    const { batch, vocabulary, width } = spec;
    const candidates = 1 + spec.negatives;
    const data = skipgramData(spec);
    const tables = [array(data.inner, [vocabulary, width]), array(data.outer, [vocabulary, width])];
    const index = (words: Int32Array<ArrayBuffer>) =>
      running.compiled ? oneHot(words, vocabulary) : array(words, [words.length]);
    const look = (table: JaxArray, words: JaxArray) =>
      running.compiled ? np.matmul(words, table) : np.take(table, words, 0);
    /** max(z, 0) - z t + log(1 + e^-|z|) */
    const loss = ([inner, outer]: JaxArray[], [centers, others, truth]: JaxArray[]): JaxArray => {
      const a = look(inner!, centers!).reshape([batch, 1, width]);
      const b = look(outer!, others!).reshape([batch, candidates, width]);
      const z = a.mul(b).sum(-1);
      const tail = np.log(np.exp(np.abs(z.ref).neg()).add(1));
      return np.maximum(z.ref, 0).sub(z.mul(truth!)).add(tail).mean();
    };
    const given = [index(data.centers), index(data.others), array(data.truth, [batch, candidates])];
    return sgdTraining(loss, tables, given, spec.lr, running);
  };
