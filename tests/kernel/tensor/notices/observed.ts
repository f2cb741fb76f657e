/** What the tests of notices share: an observer, and a small classification to train. */
import { beforeEach } from "vitest";
import {
  F,
  Generator,
  manualSeed,
  nn,
  optim,
  rand,
  randn,
} from "../../../../kernel/tensor/index.ts";
import {
  endNotices,
  type Notice,
  observeNotices,
} from "../../../../kernel/tensor/notices/notice.ts";

/** What was told since the test began. */
export const told: Notice[] = [];
beforeEach(() => {
  told.length = 0;
  manualSeed(0);
  observeNotices((notice) => told.push(notice));
});

/** The rules that spoke by the end of the run. */
export function rules(): string[] {
  endNotices();
  return told.map(({ rule }) => rule);
}

export const x = randn([16, 4], { generator: new Generator(1) });
export const y = Array.from({ length: 16 }, (_, i) => i % 3);
export const target = rand([16, 1], { generator: new Generator(2) });

export interface Step {
  readonly net: (input: typeof x) => typeof x;
  readonly opt: { zeroGrad(): void; step(): void };
}

export function train(
  steps: number,
  { net, opt }: Step,
  each?: { zero?: boolean; first?: () => void },
): void {
  for (let i = 0; i < steps; i++) {
    each?.first?.();
    const loss = F.crossEntropy(net(x), y);
    if (each?.zero !== false) opt.zeroGrad();
    loss.backward();
    opt.step();
  }
}

export function linearStep(): Step {
  const net = nn.Linear(4, 3);
  return { net, opt: optim.SGD(net.parameters(), { lr: 0.01 }) };
}
