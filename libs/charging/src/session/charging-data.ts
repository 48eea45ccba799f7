import { createHash } from 'node:crypto';
import { canonicalJson } from '@ronghe/kernel';
import { z } from 'zod';
import { ChargingRefusal } from './charging-refusal';

/** What a network function wants to use, and what it used, for one rating group and user plane (TS 32.291 §6.1.6.2.1.2). */
export interface UnitUsage {
  ratingGroup: number;
  /** Empty where none is named. */
  upfId: string;
  /** Octets; null: no number asked for, but quota is wanted; undefined: no quota is wanted. */
  requestedOctets: bigint | null | undefined;
  usedOctets: bigint;
}

/** A ChargingDataRequest (TS 32.291 §6.1.6.2.1.1), read as far as a data session needs it. */
export interface ChargingRequest {
  /** Null when only the session is named, as an update may. */
  subscriber: string | null;
  /** NF instance or name, with its function: who asks. */
  consumer: string;
  chargingId: number | null;
  sequenceNumber: number;
  units: UnitUsage[];
  /** SHA-256 of what is asked, without the mark of a retransmission. */
  bodyHash: string;
}

/** A Uint64 that JSON carries exactly. */
const octets = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const uint32 = z.number().int().min(0).max(4_294_967_295);
const volumes = {
  totalVolume: octets.optional(),
  uplinkVolume: octets.optional(),
  downlinkVolume: octets.optional(),
};
/** More than this in one request is a mistake. */
const UNITS_LIMIT = 100;

const chargingDataRequest = z.object({
  subscriberIdentifier: z.string().min(1).max(256).optional(),
  chargingId: uint32.optional(),
  nfConsumerIdentification: z.object({
    nFName: z.string().max(256).optional(),
    nFIPv4Address: z.string().max(64).optional(),
    nFIPv6Address: z.string().max(64).optional(),
    nFFqdn: z.string().max(256).optional(),
    nodeFunctionality: z.string().min(1).max(64),
  }),
  invocationTimeStamp: z.iso.datetime({ offset: true }),
  invocationSequenceNumber: uint32,
  multipleUnitUsage: z
    .array(
      z.object({
        ratingGroup: uint32,
        uPFID: z.string().max(64).optional(),
        requestedUnit: z.object(volumes).optional(),
        usedUnitContainer: z
          .array(z.object({ localSequenceNumber: z.number().int(), ...volumes }))
          .max(UNITS_LIMIT)
          .optional(),
      }),
    )
    .max(UNITS_LIMIT)
    .optional(),
  pDUSessionChargingInformation: z
    .object({ userInformation: z.object({ servedGPSI: z.string().max(256).optional() }).optional() })
    .optional(),
});

type Body = z.infer<typeof chargingDataRequest>;

/**
 * Reads a request body.
 * @throws ChargingRefusal 400 with MANDATORY_IE_MISSING, MANDATORY_IE_INCORRECT or OPTIONAL_IE_INCORRECT and the
 *   parameters that are wrong
 */
export function readChargingRequest(body: unknown): ChargingRequest {
  const read = chargingDataRequest.safeParse(body);
  if (!read.success) throw refusalOf(read.error.issues, body);
  const { subscriberIdentifier, chargingId, invocationSequenceNumber, multipleUnitUsage } = read.data;
  const served = read.data.pDUSessionChargingInformation?.userInformation?.servedGPSI;
  return {
    subscriber: served ?? subscriberIdentifier ?? null,
    consumer: consumerOf(read.data),
    chargingId: chargingId ?? null,
    sequenceNumber: invocationSequenceNumber,
    units: (multipleUnitUsage ?? []).map(unitOf),
    bodyHash: hashOfRequest(body),
  };
}

function unitOf(usage: NonNullable<Body['multipleUnitUsage']>[number]): UnitUsage {
  const { ratingGroup, uPFID, requestedUnit, usedUnitContainer } = usage;
  const used = (usedUnitContainer ?? []).reduce((sum, container) => sum + (volumeOf(container) ?? 0n), 0n);
  return {
    ratingGroup,
    upfId: uPFID ?? '',
    requestedOctets: requestedUnit && volumeOf(requestedUnit),
    usedOctets: used,
  };
}

/** The total, or both directions added; null when no volume is named. */
function volumeOf(volume: {
  totalVolume?: number | undefined;
  uplinkVolume?: number | undefined;
  downlinkVolume?: number | undefined;
}) {
  const { totalVolume, uplinkVolume, downlinkVolume } = volume;
  if (totalVolume !== undefined) return BigInt(totalVolume);
  if (uplinkVolume === undefined && downlinkVolume === undefined) return null;
  return BigInt(uplinkVolume ?? 0) + BigInt(downlinkVolume ?? 0);
}

function consumerOf({ nfConsumerIdentification: nf }: Body): string {
  return [nf.nodeFunctionality, nf.nFName ?? nf.nFFqdn ?? nf.nFIPv4Address ?? nf.nFIPv6Address ?? ''].join(
    '/',
  );
}

function hashOfRequest(body: unknown): string {
  const { retransmissionIndicator: _repeated, ...asked } = body as Record<string, unknown>;
  return createHash('sha256').update(canonicalJson(asked)).digest('hex');
}

const MANDATORY = ['nfConsumerIdentification', 'invocationTimeStamp', 'invocationSequenceNumber'];

function refusalOf(issues: readonly z.core.$ZodIssue[], body: unknown): ChargingRefusal {
  const params = issues.map((issue) => ({ param: issue.path.join('/') || 'body', reason: issue.message }));
  const first = String(issues[0]?.path[0] ?? '');
  if (!MANDATORY.includes(first))
    return new ChargingRefusal(400, 'OPTIONAL_IE_INCORRECT', 'a parameter is wrong', params);
  const isMissing = typeof body === 'object' && body !== null && !(first in body);
  const cause = isMissing ? 'MANDATORY_IE_MISSING' : 'MANDATORY_IE_INCORRECT';
  return new ChargingRefusal(400, cause, `${first} is ${isMissing ? 'missing' : 'wrong'}`, params);
}
