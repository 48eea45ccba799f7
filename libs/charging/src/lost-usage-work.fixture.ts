import { Transactions } from '@ronghe/platform';
import { PARTS_HEADER, type LostWork, type LostWorkWorld } from './lost-work.fixture';
import { NetworkFunction } from './session/network-function.fixture';
import { passTimeOf } from './silent-session.fixture';
import { markTotals } from './usage/totals-mark.store';

const MB = 1_048_576;

/** What is left to do while a month goes on. */
export const usageWork = (world: LostWorkWorld): Record<string, LostWork> => ({
  'charging.collectFile': {
    leave: () => world.upload(calls(8), 'by-hand.csv'),
    done: async () =>
      expect(await world.value(`count(*) from charging.rated_usage where record_id like 'v%'`)).toBe('8'),
  },
  'charging.takeInboxFile': {
    leave: async () =>
      world.lay(
        'msc',
        'night.csv',
        `${PARTS_HEADER}\nwhole,V,${world.number},2026-06-13T07:00:00+08:00,61,,,\n`,
      ),
    done: async () => {
      expect(await world.value(`count(*) from charging.rated_usage where record_id = 'whole'`)).toBe('1');
      expect(await world.value(`count(*) from charging.usage_file where file_name = 'night.csv'`)).toBe('1');
    },
  },
  'charging.rerateGroups': {
    // Earlier than what was collected, and beyond the minutes of the plan.
    leave: async () => {
      await world.operator.settle();
      await world.upload(['early,voice,main,,2026-06-11T08:00:00+08:00,12000,,'], 'late.csv');
    },
    done: async () => {
      expect(await world.value('count(*) from charging.group_period where needs_rerate')).toBe('0');
      expect(await world.value(`count(*) from charging.rerate where changed > 0`)).not.toBe('0');
      // 1,802 minutes in any order: 1,334 of the plan, and 468 at 15 fen.
      expect(await world.value('sum(amount) from charging.rated_usage')).toBe('70200000');
    },
  },
  'charging.expireSessions': {
    leave: async () => {
      const { reference } = await new NetworkFunction(world.operator).create(world.number, [
        { requested: 10 * MB },
      ]);
      dead = reference;
      await passTimeOf(world.operator, reference);
    },
    done: async () => {
      const [session] = await world.operator.sql(
        'select state, reserved from charging.session where session_id = $1',
        [dead],
      );
      expect(session).toEqual({ state: 'expired', reserved: '[]' });
    },
  },
  'charging.notifySessions': {
    leave: () =>
      world.operator.sql(
        'insert into charging.credit_change select lane, account_id, opened_through from charging.account',
      ),
    done: async () => expect(await world.value('count(*) from charging.credit_change')).toBe('0'),
  },
  'charging.publishTotals': {
    leave: async () => {
      const { lane, accountId } = world.postpaid.account;
      await world.operator
        .get(Transactions)
        .run((tx) => markTotals(tx, [{ lane, accountId, period: '2026-06' }]));
    },
    done: async () => {
      expect(await world.value('count(*) from charging.totals_mark')).toBe('0');
      const told = await world.operator.sql<{ version: number; events: string }>(
        `select version, (select sum((t->>'eventCount')::integer) from jsonb_array_elements(payload->'totals') t) as events
         from charging.outbox where type = 'usage-totals.published.v1' and payload->>'accountId' = $1 order by version`,
        [world.idOf('postpaid')],
      );
      expect(told.map(({ version }) => version)).toEqual(told.map((_, at) => at + 1));
      expect(told.at(-1)?.events).toBe('10');
    },
  },
  'charging.giveTransfer': {
    leave: async () => {
      const input = { fromAccountId: world.idOf('rich'), toAccountId: world.idOf('poor'), amount: '4.00' };
      await world.ask('transferMoney', 'TransferMoneyInput', input, 'state');
      // As if whoever took it had died before it gave it.
      await world.operator.sql(`delete from charging.money_entry where account_id = $1`, [
        world.idOf('poor'),
      ]);
      await world.operator.sql(`update charging.money_bucket set remaining = 0 where account_id = $1`, [
        world.idOf('poor'),
      ]);
      await world.operator.sql(`update charging.money_transfer set state = 'taken'`);
    },
    done: async () => {
      expect(await world.entries(world.idOf('poor'), 'transfer-in')).toEqual(['4000000']);
      expect(await world.value('min(state) from charging.money_transfer')).toBe('given');
    },
  },
});

/** The session that its network function left. */
let dead = '';

/** More minutes than the plan has. */
function calls(count: number): string[] {
  return Array.from(
    { length: count },
    (_, n) => `v${n},voice,main,,2026-06-${12 + n}T08:00:00+08:00,12000,,`,
  );
}
