/** Tells a person what the journey is doing. */
export interface Progress {
  /** A step begins. */
  step(text: string): void;
  /** Something worth knowing inside a step. */
  detail(text: string): void;
}
