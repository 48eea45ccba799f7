import { PARTS_HEADER, type LostWork, type LostWorkWorld } from './lost-work.fixture';

/** What is left to do when a month begins, and some days of it have passed. */
export const monthWork = (world: LostWorkWorld): Record<string, LostWork> => ({
  'charging.openPeriods': {
    leave: () => world.operator.moveClock('2026-07-05T12:00:00+08:00'),
    done: async () => {
      const grants = await world.operator.sql<{ grants: string }>(
        `select count(*) filter (where kind = 'grant') as grants from charging.bucket
         left join charging.bucket_entry using (lane, bucket_id) where account_id = $1 and period = '2026-07'
         group by bucket_id`,
        [world.idOf('postpaid')],
      );
      expect(grants.length).toBeGreaterThan(0);
      expect(new Set(grants.map((row) => row.grants))).toEqual(new Set(['1']));
    },
  },
  'charging.debitFees': {
    // Of 20 days of June, the bonus first, and of July.
    done: async () =>
      expect(await world.entries(world.idOf('rich'), 'fee')).toEqual(['-5000000', '-15000000', '-30000000']),
  },
  'charging.orderStops': { done: async () => expect([...world.orders]).toHaveLength(1) },
  'charging.expireMoney': {
    done: async () => expect(await world.entries(world.saver.accountId, 'expire')).toEqual(['-5000000']),
  },
  'charging.askBalanceGroups': {
    leave: () =>
      world.operator.sql(
        'update charging.account set balance_group_id = account_id, is_group_known = false where account_id = $1',
        [world.saver.accountId],
      ),
    done: async () => {
      const groups = await world.operator.sql(
        'select balance_group_id from charging.account where account_id = $1',
        [world.saver.accountId],
      );
      expect(groups).toEqual([{ balance_group_id: world.saver.balanceGroupId }]);
    },
  },
  'charging.postConsumption': {
    done: async () => {
      const days = await world.operator.sql<{ aggregate_id: string }>(
        `select aggregate_id from charging.outbox where type = 'consumption.closed.v1' order by aggregate_id`,
      );
      const told = days.map(({ aggregate_id }) => aggregate_id);
      expect(new Set(told).size).toBe(told.length);
      expect(told.at(-1)).toBe('Asia/Shanghai/2026-07-04');
    },
  },
  'charging.flagCalls': {
    leave: async () => {
      const part = `part,V,${world.number},2026-06-13T08:00:00+08:00,60,c1,1,0`;
      world.lay('msc', 'part.csv', `${PARTS_HEADER}\n${part}\n`);
      await world.operator.settle();
      await world.close('msc');
    },
    done: async () =>
      expect(
        await world.value(
          `string_agg(reason || ' ' || state, ', ') from charging.suspended_usage where record_id = 'part'`,
        ),
      ).toBe('part_missing open'),
  },
  'charging.closeSource': {
    // It is closed once its last file is collected.
    leave: async () => {
      await world.upload(['last,sms,main,10086,2026-06-30T23:00:00+08:00,,,1'], 'last.csv');
      await world.close('mediation');
    },
    done: async () =>
      expect(
        await world.value(
          `string_agg(payload->>'through', ', ') from charging.outbox
           where type = 'usage-source.closed.v1' and aggregate_id = 'mediation'`,
        ),
      ).toBe('2026-06-30T16:00:00.000Z'),
  },
  'charging.tellFees': {
    leave: async () => {
      await world.operator.sql('update charging.prepaid_fee set told = 0 where account_id = $1', [
        world.idOf('rich'),
      ]);
      told = Number(await feesTold(world));
    },
    done: async () => {
      expect(await world.value('count(*) from charging.prepaid_fee where told <> paid')).toBe('0');
      expect(Number(await feesTold(world)) - told).toBe(2);
    },
  },
});

/** How often billing had been told of fees. */
let told = 0;
const feesTold = (world: LostWorkWorld) =>
  world.value(`count(*) from charging.outbox where type = 'prepaid-fee.debited.v1'`);
