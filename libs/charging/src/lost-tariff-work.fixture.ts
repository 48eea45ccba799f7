import { withFee, type LostWork, type LostWorkWorld } from './lost-work.fixture';
import { command, corrected, look, PLAN, preview, publishOffer } from './rerating/rerating.fixture';

/** What is left to do when a tariff was wrong. */
export const tariffWork = (world: LostWorkWorld): Record<string, LostWork> => ({
  'charging.correctFees': {
    leave: () => publishOffer(world.operator, withFee(corrected('0.10'), '15.00')),
    done: async () => {
      expect(
        await world.value(
          `string_agg(paid::text, ' ' order by period) from charging.prepaid_fee
                                where account_id = $1`,
          world.idOf('rich'),
        ),
      ).toBe('10000000 15000000');
      // 200 and a bonus of 5, less what was transferred and the fees.
      expect(
        await world.value(
          'sum(remaining) from charging.money_bucket where account_id = $1',
          world.idOf('rich'),
        ),
      ).toBe('176000000');
    },
  },
  'charging.runWhatIf': {
    leave: async () => {
      const input = { period: '2026-06', files: [], replacements: [] };
      const { whatIfId } = await world.ask<{ whatIfId: string }>(
        'startWhatIf',
        'WhatIfInput',
        input,
        'whatIfId',
      );
      trial = whatIfId;
    },
    done: async () =>
      expect(await world.value('state from charging.what_if where what_if_id = $1', trial)).toBe('done'),
  },
  'charging.previewRerating': {
    leave: async () => {
      rerating = (await preview(world.operator, { offeringCode: PLAN })).reratingId;
    },
    done: async () => {
      const { state, problems } = await look(world.operator, rerating);
      expect({ state, problems }).toEqual({ state: 'PREVIEWED', problems: [] });
    },
  },
});

/** What is left to do once the deltas were seen. */
export const reratingWork = (world: LostWorkWorld): Record<string, LostWork> => ({
  'charging.applyRerating': {
    leave: () => command(world.operator, 'applyRerating', rerating),
    done: async () => {
      const { state, summary } = await look(world.operator, rerating);
      expect(state).toBe('APPLIED');
      expect(summary.applied).toBe(summary.periods);
      const again = await preview(world.operator, { offeringCode: PLAN });
      expect(again.summary).toMatchObject({ changed: 0, delta: '0.00' });
    },
  },
});

let trial = '';
let rerating = '';
