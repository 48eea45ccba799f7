import { timeLeft } from './time-left';

/** How often the terminal asks how far a job is. */
const POLL_MS = 500;

interface Progressing {
  progress: { done: number; total: number; secondsLeft: number | null };
}

/** Asks until a job has ended, and shows on a terminal how far it is. */
export async function untilEnded<T extends Progressing>(
  ask: () => Promise<T>,
  isRunning: (answer: T) => boolean,
): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (!isRunning(answer)) {
      if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
      return answer;
    }
    const { done, total, secondsLeft } = answer.progress;
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${done} of ${total}${timeLeft(secondsLeft)}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
