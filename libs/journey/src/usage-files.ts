/** A usage record as a CSV line, with what is needed to cut a file by month. */
export interface UsageLine {
  /** Local month of its start in Shanghai, `2026-06`; null where the line is torn. */
  month: string | null;
  text: string;
}

export const USAGE_HEADER = 'record_id,type,number,peer,start,duration_s,volume_kb,messages';

const SHANGHAI_OFFSET_MS = 8 * 3_600_000;
const CARD_COLUMN = 2;
const START_COLUMN = 4;

/** Reads CSV lines after the header. */
export function usageLines(csv: string): UsageLine[] {
  return csv
    .split('\n')
    .slice(1)
    .filter((text) => text.trim() !== '')
    .map((text) => ({ text, month: localMonth(text.split(',')[START_COLUMN]) }));
}

/** The golden file names cards; a real one names numbers. */
export function withNumbers(csv: string, numberOfCard: ReadonlyMap<string, string>): string {
  const lines = csv.split('\n').map((line, index) => {
    if (index === 0) return USAGE_HEADER;
    const columns = line.split(',');
    const card = columns[CARD_COLUMN];
    if (card === undefined) return line;
    columns[CARD_COLUMN] = numberOfCard.get(card) ?? card;
    return columns.join(',');
  });
  return lines.join('\n');
}

/** The part of a file whose records start in a month; torn lines go with the first month. */
export function partOfMonth(lines: readonly UsageLine[], month: string, isFirstMonth: boolean): string {
  const part = lines.filter((line) => line.month === month || (line.month === null && isFirstMonth));
  return [USAGE_HEADER, ...part.map((line) => line.text), ''].join('\n');
}

function localMonth(start: string | undefined): string | null {
  const ms = /T\d{2}:\d{2}:\d{2}/.test(start ?? '') ? Date.parse(start ?? '') : Number.NaN;
  return Number.isNaN(ms) ? null : new Date(ms + SHANGHAI_OFFSET_MS).toISOString().slice(0, 7);
}
