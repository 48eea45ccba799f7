import { z } from 'zod';
import { storableText } from '../usage/mapping/storable-text';

/** The parts of a ChargingDataRequest (TS 32.291 §6.1.6.2.1.1) that charging reads; others pass, later releases' too. */

/** A Uint64 that JSON carries exactly. */
const uint64 = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const uint32 = z.number().int().min(0).max(4_294_967_295);
/** What PostgreSQL can hold: what is kept of a request is kept as the network wrote it, or the request is refused. */
const isStorable = (text: string): boolean => storableText(text) === text;
const NOT_STORABLE = 'holds NUL or half a surrogate pair';
const storable = z.string().refine(isStorable, NOT_STORABLE);
const text = storable.max(256);
const measures = {
  time: uint32.optional(),
  totalVolume: uint64.optional(),
  uplinkVolume: uint64.optional(),
  downlinkVolume: uint64.optional(),
  serviceSpecificUnits: uint64.optional(),
};
/** More than this in one request is a mistake. */
const UNITS_LIMIT = 100;
const URI_LENGTH = 2048;

const usedUnitContainer = z.object({
  localSequenceNumber: z.number().int(),
  triggers: z
    .array(z.object({ triggerType: text.optional() }))
    .max(UNITS_LIMIT)
    .optional(),
  triggerTimestamp: z.iso.datetime({ offset: true }).optional(),
  ...measures,
});

const multipleUnitUsage = z.object({
  ratingGroup: uint32,
  uPFID: storable.max(64).optional(),
  requestedUnit: z.object(measures).optional(),
  usedUnitContainer: z.array(usedUnitContainer).max(UNITS_LIMIT).optional(),
});

const recipient = z.object({
  recipientGPSI: text.optional(),
  recipientOtherAddress: z.object({ sMaddressData: text.optional() }).optional(),
});

export const chargingDataRequest = z.object({
  subscriberIdentifier: storable.min(1).max(256).optional(),
  chargingId: uint32.optional(),
  nfConsumerIdentification: z.object({
    nFName: text.optional(),
    nFIPv4Address: storable.max(64).optional(),
    nFIPv6Address: storable.max(64).optional(),
    nFFqdn: text.optional(),
    nodeFunctionality: storable.min(1).max(64),
  }),
  invocationTimeStamp: z.iso.datetime({ offset: true }),
  invocationSequenceNumber: uint32,
  oneTimeEvent: z.boolean().optional(),
  oneTimeEventType: z.enum(['IEC', 'PEC']).optional(),
  notifyUri: z
    .url({ protocol: /^https?$/ })
    .max(URI_LENGTH)
    .refine(isStorable, NOT_STORABLE)
    .optional(),
  multipleUnitUsage: z.array(multipleUnitUsage).max(UNITS_LIMIT).optional(),
  pDUSessionChargingInformation: z
    .object({ userInformation: z.object({ servedGPSI: text.optional() }).optional() })
    .optional(),
  sMSChargingInformation: z
    .object({
      recipientInfo: z.array(recipient).max(UNITS_LIMIT).optional(),
      sMMessageType: text.optional(),
    })
    .optional(),
  iMSChargingInformation: z
    .object({ calledPartyAddress: text.optional(), roleOfNode: text.optional() })
    .optional(),
  mMTelChargingInformation: z.object({}).optional(),
});

export type ChargingDataBody = z.infer<typeof chargingDataRequest>;
export type UnitBody = NonNullable<ChargingDataBody['multipleUnitUsage']>[number];
export type UsedBody = NonNullable<UnitBody['usedUnitContainer']>[number];
