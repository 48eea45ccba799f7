const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHARACTERS = '10X98765432';

/** The last character of a resident identity number (GB 11643, ISO 7064 MOD 11-2) for its first 17 digits. */
export function residentIdCheckCharacter(digits: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return CHARACTERS.charAt(sum % 11);
}
