import type { Instant } from '@ronghe/kernel';
import { VALIDITY_SECONDS, type Grant } from './quota';

/** What one rating group was granted. */
export interface GrantedUnits {
  ratingGroup: number;
  upfId: string;
  grant: Grant;
}

/** What is sent, and stored to be sent again for the same request. */
export interface ChargingAnswer {
  status: number;
  body: Record<string, unknown> | null;
}

/** A ChargingDataResponse (TS 32.291 §6.1.6.2.1.3). */
export function chargingAnswer(
  status: number,
  sequenceNumber: number,
  now: Instant,
  granted: readonly GrantedUnits[],
): ChargingAnswer {
  const multipleUnitInformation = granted.map(unitInformation);
  return {
    status,
    body: {
      invocationTimeStamp: now,
      invocationSequenceNumber: sequenceNumber,
      ...(multipleUnitInformation.length > 0 ? { multipleUnitInformation } : {}),
    },
  };
}

/** The last grant carries the final unit; without any left the group is told so. */
function unitInformation({ ratingGroup, upfId, grant }: GrantedUnits): Record<string, unknown> {
  const about = { ratingGroup, ...(upfId === '' ? {} : { uPFID: upfId }) };
  const final = { finalUnitIndication: { finalUnitAction: 'TERMINATE' } };
  if (grant.octets === 0n) return { ...about, resultCode: 'QUOTA_LIMIT_REACHED', ...final };
  return {
    ...about,
    resultCode: 'SUCCESS',
    // Not beyond what was asked for, which JSON carried exactly.
    grantedUnit: { totalVolume: Number(grant.octets) },
    validityTime: VALIDITY_SECONDS,
    ...(grant.isFinal ? final : {}),
  };
}
