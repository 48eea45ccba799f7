/** What a round says about the next one: at once, when woken or idle time has passed, or after a pause. */
export type RoundResult = 'again' | 'idle' | 'backoff';

export interface LoopOptions {
  idleMs: number;
  backoffMs?: number;
  onError: (error: unknown) => void;
}

/** Runs a round again and again, one at a time, until stopped; a wake cuts the waiting short. */
export class Loop {
  private stopping = false;
  private woken = false;
  private wakeUp: (() => void) | undefined;
  private running: Promise<void> | undefined;

  constructor(
    readonly name: string,
    private readonly round: () => Promise<RoundResult>,
    private readonly options: LoopOptions,
  ) {}

  start(): void {
    this.running ??= this.run();
  }

  wake(): void {
    this.woken = true;
    this.wakeUp?.();
  }

  /** Waits for the round that is running; no other starts. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wakeUp?.();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      this.woken = false;
      let result: RoundResult = 'backoff';
      try {
        result = await this.round();
      } catch (error) {
        if (!this.stopping) this.options.onError(error);
      }
      if (result === 'again' || (this.woken && result === 'idle')) continue;
      await this.pause(result === 'idle' ? this.options.idleMs : (this.options.backoffMs ?? 250));
    }
  }

  private async pause(milliseconds: number): Promise<void> {
    if (this.stopping) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wakeUp = undefined;
  }
}
