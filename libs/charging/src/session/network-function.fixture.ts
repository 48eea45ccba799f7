import type { RestAnswer, TestOperator } from '@ronghe/testing';

export const CHARGING_DATA = '/nchf-convergedcharging/v3/chargingdata';

/** What a test reports and asks for in one rating group. */
export interface Unit {
  requested?: number | null;
  used?: number;
  group?: number;
  upf?: string;
}

/** What the answer says of one rating group. */
export interface UnitInformation {
  ratingGroup: number;
  resultCode: string;
  grantedUnit?: { totalVolume: number };
  finalUnitIndication?: { finalUnitAction: string };
}

/** A network function that charges sessions online. */
export class NetworkFunction {
  private chargingId = 0;

  constructor(private readonly operator: TestOperator) {}

  post(path: string, content: unknown): Promise<RestAnswer> {
    return this.operator.rest('POST', path, content, { role: 'partner' });
  }

  /** Creates a session with a charging id of its own. */
  async create(number: string, units: Unit[], sequence = 0): Promise<RestAnswer & { reference: string }> {
    this.chargingId += 1;
    const content = this.body(sequence, units, { subscriberIdentifier: `msisdn-${number}` });
    const answer = await this.post(CHARGING_DATA, content);
    return { ...answer, reference: answer.headers.get('location')?.split('/').at(-1) ?? '' };
  }

  /** A request of the session that was created last. */
  body(sequence: number, units: Unit[], more: object = {}): object {
    return {
      nfConsumerIdentification: { nodeFunctionality: 'SMF', nFName: '6f1b1c3e-0b3e-4c6e-9d2a-0f2e3d4c5b6a' },
      invocationTimeStamp: '2026-06-20T04:00:00Z',
      invocationSequenceNumber: sequence,
      chargingId: this.chargingId,
      multipleUnitUsage: units.map(({ requested, used, group, upf }) => ({
        ratingGroup: group ?? 1,
        ...(upf ? { uPFID: upf } : {}),
        ...(requested === undefined
          ? {}
          : { requestedUnit: requested === null ? {} : { totalVolume: requested } }),
        ...(used === undefined
          ? {}
          : { usedUnitContainer: [{ localSequenceNumber: sequence, totalVolume: used }] }),
      })),
      ...more,
    };
  }
}

/** What an answer grants. */
export function granted(answer: RestAnswer): UnitInformation[] {
  return (answer.body as { multipleUnitInformation?: UnitInformation[] }).multipleUnitInformation ?? [];
}

/** The cause in ProblemDetails. */
export function causeOf(answer: RestAnswer): string {
  return (answer.body as { cause: string }).cause;
}
