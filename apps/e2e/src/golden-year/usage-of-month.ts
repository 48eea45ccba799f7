import { deliverUsage, type OperatorApi } from '@ronghe/journey';
import type { StoryUsage } from './story';

const HEADER = 'record_id,type,number,peer,start,duration_s,volume_kb,messages';
const REPEATED_AFTER_MS = 2 * 3_600_000;

/** Local time of Shanghai as the API takes it; a date alone is its midnight. */
export function instantOf(local: string): string {
  return `${local.length === 10 ? `${local}T00:00` : local}:00+08:00`;
}

/**
 * Usage as a file, where `until` is given what starts before it; `name` makes its records unlike those of other files. Cards
 * stand where numbers have to.
 */
export function usageFile(name: string, usage: readonly StoryUsage[], until?: string): string {
  const end = until === undefined ? Infinity : Date.parse(instantOf(until));
  const records = usage.flatMap(({ at, card, times, ...used }, row) =>
    Array.from({ length: Number(times ?? 1) }, (_, time) => {
      const startMs = Date.parse(instantOf(at)) + time * REPEATED_AFTER_MS;
      if (startMs >= end) return [];
      const start = new Date(startMs).toISOString();
      const id = `${name}/${String(row + 1).padStart(2, '0')}/${String(time + 1).padStart(2, '0')}`;
      const type = used.voice !== undefined ? 'voice' : used.data !== undefined ? 'data' : 'sms';
      const quantities = [used.voice, used.data, used.sms].map((quantity) => quantity ?? '');
      return [[id, type, card, '', start, ...quantities].join(',')];
    }).flat(),
  );
  return [HEADER, ...records, ''].join('\n');
}

/** Delivers a file whose records must all be rated, or set aside, once. @throws Error if not */
export async function deliverAs(
  api: OperatorApi,
  name: string,
  csv: string,
  as: 'rated' | 'suspended',
): Promise<void> {
  const file = await deliverUsage(api, `${name}.csv`, csv, name);
  if (file[as] + file.duplicates !== file.read) {
    throw new Error(`${name}: ${file[as]} of ${file.read} records were ${as}`);
  }
}
