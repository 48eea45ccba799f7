import type { Progress } from '@ronghe/journey';

/** Progress as plain lines with the seconds since the start. */
export class TerminalProgress implements Progress {
  private readonly started = Date.now();

  step(text: string): void {
    const seconds = ((Date.now() - this.started) / 1000).toFixed(1).padStart(6);
    console.log(`${seconds} s  ${text}`);
  }

  detail(text: string): void {
    console.log(`          ${text}`);
  }
}
