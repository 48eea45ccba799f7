import type { OperatorApi } from './operator-api';

const BASE = '/nchf-convergedcharging/v3/chargingdata';
const RATING_GROUP = 1;
const MEGABYTE = 1_048_576;

export interface OnlineSession {
  grantedOctets: number;
  usedOctets: number;
}

interface ChargingDataAnswer {
  multipleUnitInformation?: { grantedUnit?: { totalVolume?: number } }[];
}

/** One data session charged online: reserve, use some of it, release (TS 32.291). */
export async function onlineSession(
  api: OperatorApi,
  number: string,
  startedAt: string,
  megabytes: { requested: number; used: number } = { requested: 100, used: 60 },
): Promise<OnlineSession> {
  const common = {
    subscriberIdentifier: `msisdn-${number}`,
    nfConsumerIdentification: { nodeFunctionality: 'SMF', nFName: 'demo-smf' },
    invocationTimeStamp: startedAt,
    chargingId: 4711,
  };
  const usedOctets = megabytes.used * MEGABYTE;
  const { answer, reference } = await create(api, {
    ...common,
    invocationSequenceNumber: 0,
    multipleUnitUsage: [
      { ratingGroup: RATING_GROUP, requestedUnit: { totalVolume: megabytes.requested * MEGABYTE } },
    ],
  });
  await api.rest('partner', 'POST', `${BASE}/${reference}/release`, {
    ...common,
    invocationSequenceNumber: 1,
    multipleUnitUsage: [
      {
        ratingGroup: RATING_GROUP,
        usedUnitContainer: [{ localSequenceNumber: 1, triggerTimestamp: startedAt, totalVolume: usedOctets }],
      },
    ],
  });
  return { grantedOctets: answer.multipleUnitInformation?.[0]?.grantedUnit?.totalVolume ?? 0, usedOctets };
}

async function create(
  api: OperatorApi,
  body: object,
): Promise<{ answer: ChargingDataAnswer; reference: string }> {
  const { body: answer, location } = await api.created<ChargingDataAnswer>('partner', BASE, body);
  const reference = location.slice(location.lastIndexOf('/') + 1);
  if (reference === '') throw new Error('The charging function gave no Location');
  return { answer, reference };
}
