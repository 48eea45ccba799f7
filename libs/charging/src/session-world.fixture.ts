import { newId } from '@ronghe/kernel';
import { Transactions } from '@ronghe/platform';
import type { TestOperator } from '@ronghe/testing';
import { deliver, type Family } from './family.fixture';
import { lockSessions } from './session/batch-read.store';
import type { SessionAnswer } from './session/charging-answer';
import { readChargingRequest } from './session/charging-data';
import { lockGroupPeriods } from './session/group-lock.store';
import { findHolders } from './session/holder-read.store';
import type { SessionMemory } from './session/session-memory.service';
import type { Sessions } from './session/session.service';
import { passTimeOf } from './silent-session.fixture';

/** What a step asks for and reports, in octets. */
export interface Asked {
  requested?: number;
  used?: number;
}

/** A family that is served by some instances. Its steps are told by what they answer, without ids. */
export class World {
  private readonly open: string[] = [];
  private sequence = 0;
  private records = 0;

  constructor(
    private readonly operator: TestOperator,
    readonly family: Family,
    private readonly instances: readonly Sessions[],
    private readonly name: string,
  ) {}

  async create(at: number, asked: Asked): Promise<unknown> {
    this.sequence += 1;
    const subscriberIdentifier = `msisdn-${this.family.numberOf('sub1')}`;
    const body = { ...this.body(asked), chargingId: this.sequence, subscriberIdentifier };
    const answer = await this.served(at).create(readChargingRequest(body, 'create'));
    if (answer.status === 201 && answer.sessionId) this.open.push(answer.sessionId);
    return toldOf(answer);
  }

  async report(at: number, which: number, kind: 'update' | 'release', asked: Asked): Promise<unknown> {
    const index = Math.floor(which * this.open.length);
    const session = this.open[index];
    if (!session) return 'none';
    this.sequence += 1;
    if (kind === 'release') this.open.splice(index, 1);
    return toldOf(await this.served(at)[kind](session, readChargingRequest(this.body(asked), kind)));
  }

  async expire(at: number, which: number): Promise<unknown> {
    const session = this.open[Math.floor(which * this.open.length)];
    if (!session) return 'none';
    await passTimeOf(this.operator, session);
    await this.served(at).expire([session]);
    return 'expired';
  }

  /** Usage of the card that is charged offline, out of the same allowance. */
  async file(day: number, kilobytes: number): Promise<unknown> {
    this.records += 1;
    const name = `${this.name}-${this.records}`;
    const file = await deliver(
      this.operator,
      `record_id,type,number,peer,start,duration_s,volume_kb,messages\n${name},data,${this.family.numberOf('main')},,2026-06-${day}T08:00:00+08:00,,${kilobytes},\n`,
      name,
    );
    return [file.state, file.rated];
  }

  async grant(quantity: number): Promise<unknown> {
    const productId = this.family.products['main']?.productId ?? '';
    await this.operator.command(
      'charging.grantUnits',
      {
        ...{ productId, usageClasses: ['data'], unit: 'kb', quantity: String(quantity), reason: 'voucher' },
        label: { en: 'Gift', 'zh-CN': '赠送' },
      },
      { key: newId() },
    );
    return 'granted';
  }

  async topUp(amount: string): Promise<unknown> {
    const { accountId } = this.family.account;
    if (this.family.account.paymentMode !== 'prepaid') return 'none';
    const paymentId = newId();
    await this.operator.command('charging.topUp', { accountId, paymentId, amount }, { key: paymentId });
    return 'paid';
  }

  async block(isBlocked: boolean): Promise<unknown> {
    const text = `with held as (update charging.number_holder set is_blocked = $2 where number = $1 returning account_id)
      update charging.account a set products_version = products_version + 1 from held
        where a.account_id = held.account_id and a.payment_mode <> 'prepaid'`;
    await this.operator.sql(text, [this.family.numberOf('sub1'), isBlocked]);
    return isBlocked;
  }

  /** What it all came to. */
  async outcome(): Promise<unknown> {
    const of = [this.family.account.accountId];
    const code = `regexp_replace(code, '[0-9a-f-]{36}', 'ID')`;
    return {
      buckets: await this.operator.sql(
        `select period, ${code} as code, granted, remaining, reserved from charging.bucket_balance where account_id = $1
         order by period, code, granted, remaining, reserved`,
        of,
      ),
      totals: await this.operator.sql(
        `select period, charge_code, card, amount, event_count, units_total, units_charged from charging.usage_sum
         where account_id = $1 order by period, charge_code, card`,
        of,
      ),
      money: await this.operator.sql(
        'select kind, remaining, reserved, overrun from charging.money_bucket where account_id = $1 order by kind',
        of,
      ),
    };
  }

  /** What would be read of it with each of some memories, under the same locks. */
  read(memories: readonly SessionMemory[]): Promise<unknown[]> {
    const { lane } = this.family.account;
    const cardGroupId = this.family.products['main']?.cardGroupId ?? '';
    return this.operator.get(Transactions).run(async (tx) => {
      const read: unknown[] = [];
      for (const memory of memories)
        read.push([
          await lockSessions(tx, this.open, memory),
          await findHolders(tx, [this.family.numberOf('sub1')], memory),
          await lockGroupPeriods(tx, [{ lane, cardGroupId, period: '2026-06' }], [], memory.groups),
        ]);
      return read;
    });
  }

  private served(at: number): Sessions {
    const sessions = this.instances[Math.floor(at * this.instances.length)];
    if (!sessions) throw new Error('no instance');
    return sessions;
  }

  private body({ requested, used }: Asked): object {
    return {
      nfConsumerIdentification: { nodeFunctionality: 'SMF', nFName: this.name },
      invocationTimeStamp: '2026-06-20T04:00:00Z',
      invocationSequenceNumber: this.sequence,
      multipleUnitUsage: [
        {
          ratingGroup: 1,
          ...(requested === undefined ? {} : { requestedUnit: { totalVolume: requested } }),
          ...(used === undefined
            ? {}
            : { usedUnitContainer: [{ localSequenceNumber: this.sequence, totalVolume: used }] }),
        },
      ],
    };
  }
}

/** What an answer says, without what is another each time. */
function toldOf({ status, body }: SessionAnswer): unknown {
  const told = body === null ? {} : (JSON.parse(body) as Record<string, unknown>);
  return [status, told['cause'], told['multipleUnitInformation']];
}
