import { hash } from 'node:crypto';
import type { UsageClass } from '@ronghe/contracts';
import { canonicalJson, instantFromIso, type Instant } from '@ronghe/kernel';
import {
  chargingDataRequest,
  type ChargingDataBody,
  type UnitBody,
  type UsedBody,
} from './charging-data-schema';
import { ChargingRefusal } from './charging-refusal';
import { unitsByPlace } from './units-by-place';

/** What is asked of the charging data resource. */
export type Operation = 'create' | 'update' | 'release';

/** Volumes, time and units side by side, as the network names them; null where it does not. */
export interface Measures {
  octets: bigint | null;
  seconds: bigint | null;
  /** Service specific: messages, items. */
  units: bigint | null;
}

/** What was used since the last report. */
export interface UsedUnits extends Measures {
  /** When the container was closed; null where it does not say. */
  at: Instant | null;
  /** The tariff changed when it was closed: what follows belongs to the other side. */
  endsTariff: boolean;
}

/** What a network function wants to use, and what it used, for one rating group and user plane (TS 32.291 §6.1.6.2.1.2). */
export interface UnitUsage {
  ratingGroup: number;
  /** Empty where none is named. */
  upfId: string;
  /** Undefined: no quota is wanted. All null: quota of no particular size. */
  requested: Measures | undefined;
  used: UsedUnits[];
}

/** A ChargingDataRequest (TS 32.291 §6.1.6.2.1.1), read as far as charging needs it. */
export interface ChargingRequest {
  /** Null when only the session is named, as an update may. */
  subscriber: string | null;
  /** NF instance or name, with its function: who asks. */
  consumer: string;
  chargingId: number | null;
  sequenceNumber: number;
  units: UnitUsage[];
  notifyUri: string | null;
  /** Immediate or post event charging: no session follows (TS 32.290 §5.3.2). */
  oneTimeEvent: 'IEC' | 'PEC' | null;
  /** The other side's number of a call or message. */
  peer: string | null;
  /** A call or message that reaches the subscriber; an outgoing stop lets it through. */
  isIncoming: boolean;
  /** The class that the kind of the request shows, where no policy names its rating groups. */
  shownClass: UsageClass | null;
  /** 128 bits of the SHA-256 of what is asked, without the mark of a retransmission; a UUID without dashes. */
  bodyHash: string;
}

/**
 * Reads a request body.
 * @throws ChargingRefusal 400 with MANDATORY_IE_MISSING, MANDATORY_IE_INCORRECT or OPTIONAL_IE_INCORRECT and the
 *   parameters that are wrong
 */
export function readChargingRequest(body: unknown, operation: Operation): ChargingRequest {
  const read = chargingDataRequest.safeParse(body);
  if (!read.success) throw refusalOf(read.error.issues, body);
  const { data } = read;
  const oneTimeEvent = data.oneTimeEvent ? (data.oneTimeEventType ?? 'IEC') : null;
  return {
    subscriber: subscriberOf(data),
    consumer: consumerOf(data),
    chargingId: data.chargingId ?? null,
    sequenceNumber: data.invocationSequenceNumber,
    units: unitsByPlace((data.multipleUnitUsage ?? []).map(unitOf), oneTimeEvent),
    notifyUri: data.notifyUri ?? null,
    oneTimeEvent,
    peer: peerOf(data),
    isIncoming: isIncoming(data),
    shownClass: shownClassOf(data),
    bodyHash: hashOfRequest(body, operation),
  };
}

/** 128 bits of the SHA-256 of a text, as hex: a key of fixed size. */
export function keyOf(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 32);
}

/** The served GPSI, unless it is an external identifier, which nobody here holds, and the request names another one. */
function subscriberOf({
  subscriberIdentifier,
  pDUSessionChargingInformation: pdu,
}: ChargingDataBody): string | null {
  const served = pdu?.userInformation?.servedGPSI;
  const isKnown =
    served !== undefined && (subscriberIdentifier === undefined || !served.startsWith('extid-'));
  return isKnown ? served : (subscriberIdentifier ?? null);
}

function unitOf({ ratingGroup, uPFID, requestedUnit, usedUnitContainer }: UnitBody): UnitUsage {
  return {
    ratingGroup,
    upfId: uPFID ?? '',
    requested: requestedUnit && measuresOf(requestedUnit),
    used: (usedUnitContainer ?? []).map(usedOf),
  };
}

function usedOf(container: UsedBody): UsedUnits {
  const { triggers, triggerTimestamp } = container;
  const { octets, seconds, units } = measuresOf(container);
  return {
    octets,
    seconds,
    units,
    at: triggerTimestamp === undefined ? null : instantFromIso(triggerTimestamp),
    endsTariff: triggers?.some(({ triggerType }) => triggerType === 'TARIFF_TIME_CHANGE') ?? false,
  };
}

/** The total volume, or both directions added. */
function measuresOf(body: Partial<Omit<UsedBody, 'localSequenceNumber'>>): Measures {
  const { totalVolume, uplinkVolume, downlinkVolume, time, serviceSpecificUnits } = body;
  const hasDirection = uplinkVolume !== undefined || downlinkVolume !== undefined;
  const volume = totalVolume ?? (hasDirection ? (uplinkVolume ?? 0) + (downlinkVolume ?? 0) : undefined);
  return { octets: wholeOf(volume), seconds: wholeOf(time), units: wholeOf(serviceSpecificUnits) };
}

function wholeOf(value: number | undefined): bigint | null {
  return value === undefined ? null : BigInt(value);
}

function consumerOf({ nfConsumerIdentification: nf }: ChargingDataBody): string {
  return [nf.nodeFunctionality, nf.nFName ?? nf.nFFqdn ?? nf.nFIPv4Address ?? nf.nFIPv6Address ?? ''].join(
    '/',
  );
}

function shownClassOf(data: ChargingDataBody): UsageClass | null {
  if (data.sMSChargingInformation) return 'sms';
  return data.iMSChargingInformation || data.mMTelChargingInformation ? 'voice' : null;
}

/** A call at its terminating node (RoleOfIMSNode), a message that is delivered (SMMessageType); data never. */
function isIncoming(data: ChargingDataBody): boolean {
  return (
    data.iMSChargingInformation?.roleOfNode === 'TERMINATING' ||
    data.sMSChargingInformation?.sMMessageType === 'DELIVERY'
  );
}

/** Digits of the called or receiving party, as `tel:+861390…`, `msisdn-861390…` or plain. */
function peerOf(data: ChargingDataBody): string | null {
  const [recipient] = data.sMSChargingInformation?.recipientInfo ?? [];
  const address =
    data.iMSChargingInformation?.calledPartyAddress ??
    recipient?.recipientGPSI ??
    recipient?.recipientOtherAddress?.sMaddressData;
  return /^(?:tel:|sip:|msisdn-)?\+?(\d{3,20})(?:@.*)?$/.exec(address ?? '')?.[1] ?? null;
}

function hashOfRequest(body: unknown, operation: Operation): string {
  const { retransmissionIndicator: _repeated, ...asked } = body as Record<string, unknown>;
  return keyOf(`${operation} ${canonicalJson(asked)}`);
}

const MANDATORY = ['nfConsumerIdentification', 'invocationTimeStamp', 'invocationSequenceNumber'];

interface Issue {
  path: PropertyKey[];
  message: string;
}

function refusalOf(issues: readonly Issue[], body: unknown): ChargingRefusal {
  const params = issues.map((issue) => ({ param: issue.path.join('/') || 'body', reason: issue.message }));
  const first = String(issues[0]?.path[0] ?? '');
  if (!MANDATORY.includes(first))
    return new ChargingRefusal(400, 'OPTIONAL_IE_INCORRECT', 'a parameter is wrong', params);
  const isMissing = typeof body === 'object' && body !== null && !(first in body);
  const cause = isMissing ? 'MANDATORY_IE_MISSING' : 'MANDATORY_IE_INCORRECT';
  return new ChargingRefusal(400, cause, `${first} is ${isMissing ? 'missing' : 'wrong'}`, params);
}
