/** Grades of a number (靓号) from plain to sought after; a higher rank is sold with conditions. */
export const numberGrades = ['ordinary', 'bronze', 'silver', 'gold', 'platinum', 'diamond'] as const;
export type NumberGrade = (typeof numberGrades)[number];

/** Tails from the most sought after on; the first that fits decides. */
const tails: readonly { grade: NumberGrade; fits: (digits: string) => boolean }[] = [
  { grade: 'diamond', fits: (digits) => sameTail(digits) >= 5 || straightTail(digits) >= 6 },
  { grade: 'platinum', fits: (digits) => sameTail(digits) === 4 || straightTail(digits) === 5 },
  { grade: 'gold', fits: (digits) => sameTail(digits) === 3 || straightTail(digits) === 4 },
  // 5566, 5656, 123123
  { grade: 'silver', fits: (digits) => /(\d)\1(\d)\2$|(\d\d)\3$|(\d{3})\4$/.test(digits) },
  { grade: 'bronze', fits: (digits) => sameTail(digits) === 2 || straightTail(digits) === 3 },
];

/** The grade of a number's tail: `…8888` is platinum, `…1234` gold, `…71` ordinary. */
export function gradeOf(digits: string): NumberGrade {
  return tails.find((tail) => tail.fits(digits))?.grade ?? 'ordinary';
}

/** 0 for ordinary … 5 for diamond: the order in which numbers that nobody chose are handed out. */
export function gradeRank(grade: NumberGrade): number {
  return numberGrades.indexOf(grade);
}

/** How many equal digits stand at the end. */
function sameTail(digits: string): number {
  return /(\d)\1*$/.exec(digits)?.[0].length ?? 0;
}

/** How many digits at the end rise, or fall, by one each. */
function straightTail(digits: string): number {
  return Math.max(runLength(digits, 1), runLength(digits, -1));
}

function runLength(digits: string, step: number): number {
  let length = 1;
  for (let index = digits.length - 1; index > 0; index -= 1) {
    if (Number(digits[index]) - Number(digits[index - 1]) !== step) break;
    length += 1;
  }
  return length;
}
