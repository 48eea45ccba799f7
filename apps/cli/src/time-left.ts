import { quantityInWords } from '@ronghe/rating';

/** How long work takes yet, to end a line of progress: `, 1 h 2 min 5 s left`; nothing where nobody knows. */
export function timeLeft(secondsLeft: number | null): string {
  return secondsLeft === null ? '' : `, ${quantityInWords('second', BigInt(secondsLeft)).en} left`;
}
