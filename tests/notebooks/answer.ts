/** What a learner wrote into an exercise, and what the check should say to it. */
export interface Answer {
  readonly exercise: string;
  readonly source: string;
  /** What the check says; absent where the answer is right. */
  readonly told?: RegExp;
}
