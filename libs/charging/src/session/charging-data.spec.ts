import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readChargingRequest as readRequest } from './charging-data';
import { type ChargingRefusal, problemDetailsOf } from './charging-refusal';

const head = {
  nfConsumerIdentification: { nodeFunctionality: 'SMF', nFName: 'smf-1' },
  invocationTimeStamp: '2026-06-20T04:00:00Z',
  invocationSequenceNumber: 1,
};

const readChargingRequest = (body: unknown) => readRequest(body, 'create');

function refusalOf(body: unknown): ChargingRefusal | undefined {
  try {
    readChargingRequest(body);
    return undefined;
  } catch (error) {
    return error as ChargingRefusal;
  }
}

interface Vector {
  id: string;
  interface: string;
  request: { body?: Record<string, unknown> };
  expected: { status?: number; problemCause?: string; validation?: string };
}
const { vectors } = JSON.parse(
  readFileSync(join(__dirname, '../../../../testdata/vectors/online_charging.json'), 'utf8'),
) as { vectors: Vector[] };
/** Their own policy; TS 32.291 lets a request report without asking. */
const notMandated = ['nchf-online-no-requestedunit'];
const published = vectors.filter(
  (vector) =>
    vector.interface === 'Nchf_ConvergedCharging' &&
    vector.id !== 'nchf-update-unknown-ref' &&
    !notMandated.includes(vector.id),
);

describe('a charging data request', () => {
  it.each(published)('$id', ({ request, expected }) => {
    // Fragments leave out what is mandatory; the head supplies it unless it is what the vector is about.
    const body =
      request.body && 'multipleUnitUsage' in request.body ? { ...head, ...request.body } : request.body;
    const refusal = refusalOf(body);
    expect(refusal && [refusal.status, refusal.cause]).toEqual(
      expected.problemCause ? [expected.status, expected.problemCause] : undefined,
    );
  });

  it('names every parameter that is wrong', () => {
    const refusal = refusalOf({ ...head, chargingId: -1, multipleUnitUsage: [{ ratingGroup: 'x' }] });
    expect(refusal && problemDetailsOf(refusal)).toMatchObject({
      status: 400,
      cause: 'OPTIONAL_IE_INCORRECT',
      invalidParams: [{ param: 'chargingId' }, { param: 'multipleUnitUsage/0/ratingGroup' }],
    });
    expect(refusalOf({ ...head, invocationSequenceNumber: -1 })?.cause).toBe('MANDATORY_IE_INCORRECT');
    expect(refusalOf(undefined)?.status).toBe(400);
    expect(refusalOf('text')?.status).toBe(400);
  });

  describe.each(['a\u0000b', 'a\ud83d', '\ude00b'])('with %j, which no database keeps', (odd) => {
    it.each<[string, object]>([
      ['subscriberIdentifier', { subscriberIdentifier: odd }],
      ['notifyUri', { notifyUri: `http://smf.example/${odd}` }],
      ['multipleUnitUsage/0/uPFID', { multipleUnitUsage: [{ ratingGroup: 1, uPFID: odd }] }],
      [
        'pDUSessionChargingInformation/userInformation/servedGPSI',
        { pDUSessionChargingInformation: { userInformation: { servedGPSI: odd } } },
      ],
      [
        'iMSChargingInformation/calledPartyAddress',
        { iMSChargingInformation: { calledPartyAddress: `tel:861390@${odd}` } },
      ],
      [
        'sMSChargingInformation/recipientInfo/0/recipientGPSI',
        { sMSChargingInformation: { recipientInfo: [{ recipientGPSI: odd }] } },
      ],
    ])('refuses it as %s', (param, more) => {
      expect(refusalOf({ ...head, ...more })).toMatchObject({
        status: 400,
        cause: 'OPTIONAL_IE_INCORRECT',
        invalidParams: [{ param }],
      });
    });

    it.each(['nodeFunctionality', 'nFName', 'nFFqdn', 'nFIPv4Address', 'nFIPv6Address'])(
      'refuses it as %s of the consumer, who is mandatory',
      (name) => {
        const nfConsumerIdentification = { ...head.nfConsumerIdentification, [name]: odd };
        expect(refusalOf({ ...head, nfConsumerIdentification })).toMatchObject({
          status: 400,
          cause: 'MANDATORY_IE_INCORRECT',
          invalidParams: [{ param: `nfConsumerIdentification/${name}` }],
        });
      },
    );
  });

  it('takes whole characters of any plane', () => {
    const asked = { ...head, multipleUnitUsage: [{ ratingGroup: 1, uPFID: '出口😀' }] };
    expect(readChargingRequest(asked).units[0]?.upfId).toBe('出口😀');
  });

  it('adds up both directions, and tells asking for nothing from not asking', () => {
    const { units } = readChargingRequest({
      ...head,
      multipleUnitUsage: [
        {
          ratingGroup: 1,
          usedUnitContainer: [
            { localSequenceNumber: 1, uplinkVolume: 3, downlinkVolume: 4 },
            { localSequenceNumber: 2, totalVolume: 5 },
          ],
        },
        { ratingGroup: 2, requestedUnit: {} },
        { ratingGroup: 3, uPFID: 'u', requestedUnit: { totalVolume: 9 } },
      ],
    });
    const none = { octets: null, seconds: null, units: null };
    const more = { ...none, at: null, endsTariff: false };
    expect(units).toEqual([
      {
        ratingGroup: 1,
        upfId: '',
        requested: undefined,
        used: [
          { ...more, octets: 7n },
          { ...more, octets: 5n },
        ],
      },
      { ratingGroup: 2, upfId: '', requested: none, used: [] },
      { ratingGroup: 3, upfId: 'u', requested: { ...none, octets: 9n }, used: [] },
    ]);
  });

  it('reads time, units, the other side and a change of tariff', () => {
    const request = readChargingRequest({
      ...head,
      oneTimeEvent: true,
      iMSChargingInformation: { calledPartyAddress: 'tel:+8613900000001' },
      multipleUnitUsage: [
        {
          ratingGroup: 9,
          usedUnitContainer: [
            {
              localSequenceNumber: 1,
              time: 30,
              triggers: [{ triggerCategory: 'IMMEDIATE_REPORT', triggerType: 'TARIFF_TIME_CHANGE' }],
              triggerTimestamp: '2026-06-20T22:00:00+08:00',
            },
            { localSequenceNumber: 2, serviceSpecificUnits: 2 },
          ],
        },
      ],
    });
    expect(request).toMatchObject({ oneTimeEvent: 'IEC', peer: '8613900000001', shownClass: 'voice' });
    expect(request.units[0]?.used).toEqual([
      { octets: null, seconds: 30n, units: null, at: '2026-06-20T14:00:00.000Z', endsTariff: true },
      { octets: null, seconds: null, units: 2n, at: null, endsTariff: false },
    ]);
  });

  it('hashes what is asked and of what, without the mark of a retransmission', () => {
    expect(readRequest(head, 'release').bodyHash).not.toBe(readRequest(head, 'update').bodyHash);
    const { bodyHash } = readChargingRequest(head);
    expect(readChargingRequest({ ...head, retransmissionIndicator: true }).bodyHash).toBe(bodyHash);
    expect(readChargingRequest({ ...head, chargingId: 1 }).bodyHash).not.toBe(bodyHash);
  });

  it('goes by the served GPSI where one is named', () => {
    const served = { pDUSessionChargingInformation: { userInformation: { servedGPSI: 'msisdn-861' } } };
    expect(readChargingRequest({ ...head, ...served, subscriberIdentifier: 'imsi-46000' }).subscriber).toBe(
      'msisdn-861',
    );
  });
});
