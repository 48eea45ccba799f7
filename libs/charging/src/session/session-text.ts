import { instantToMs } from '@ronghe/kernel';
import { counterToJson } from '../balance/counter-json';
import type { GrantPace, Reservation, SessionLine } from './session';

/**
 * What a session holds, as JSON for its row. Field by field: objects with text for each bigint, made to be read once, took twice as
 * long. Ids, instants and names of classes need no escaping.
 */

/** Its lines. */
export function linesToText(lines: readonly SessionLine[]): string {
  return listOf(lines, ({ usageId, usageClass, from, used, priced }) => {
    const line = `"usageId":"${usageId}","usageClass":"${usageClass}","from":"${from}","used":"${used}"`;
    if (!priced) return `{${line}}`;
    return `{${line},"priced":{"ratingGroup":${priced.ratingGroup},"each":"${priced.each}"}}`;
  });
}

/** What is reserved for it. */
export function reservedToText(reserved: readonly Reservation[]): string {
  return listOf(reserved, (held) => {
    const { usageClass, kind, bucket, units, member, sharingId, counted } = held;
    const of = member === undefined ? '' : `,"member":${JSON.stringify(member)}`;
    const by = sharingId === undefined ? '' : `,"sharingId":"${sharingId}"`;
    const count = counted === undefined ? '' : `,"counted":${JSON.stringify(counterToJson(counted))}`;
    const what = `"usageClass":"${usageClass}","kind":"${kind}","bucket":${JSON.stringify(bucket)},"units":"${units}"`;
    return `{${placeText(held)},${what}${of}${by}${count}}`;
  });
}

/** What it was granted last. */
export function paceToText(pace: readonly GrantPace[]): string {
  return listOf(
    pace,
    (each) => `{${placeText(each)},"at":${instantToMs(each.at)},"granted":"${each.granted}"}`,
  );
}

function placeText({ ratingGroup, upfId }: { ratingGroup: number; upfId: string }): string {
  return `"ratingGroup":${ratingGroup},"upfId":${JSON.stringify(upfId)}`;
}

function listOf<T>(values: readonly T[], textOf: (value: T) => string): string {
  return values.length === 0 ? '[]' : `[${values.map(textOf).join(',')}]`;
}
