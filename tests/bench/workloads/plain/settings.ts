export interface AdamSettings {
  readonly lr: number;
  /** Decoupled, as in AdamW. */
  readonly weightDecay?: number;
}
