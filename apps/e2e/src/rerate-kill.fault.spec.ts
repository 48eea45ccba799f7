import { applyDocuments, audit, midnight, moveClock, OperatorApi, settle } from '@ronghe/journey';
import { allDomains } from '@ronghe/operator';
import { faultSeeds, randomFrom, spawnOperator, TEST_PASSWORD, type SpawnedOperator } from '@ronghe/testing';
import { orderOf, placeOrder, registerParty } from './counter';
import { documentFiles } from './demonstration';
import { applyRerating, MENDED_PLAN, previewed, publishMended, settledRerating } from './mended-plan';
import { stockHall } from './stock';

/** More card groups than are applied in one transaction, so that the kill may fall between two. */
const FAMILIES = 30;
const SIMS = FAMILIES;
const UNDISTURBED_MS = 600;
const HEADER = 'record_id,type,number,peer,start,duration_s,volume_kb,messages';

describe('kill -9 while a re-rating is applied', () => {
  let operator: SpawnedOperator;
  let api: OperatorApi;
  let version = 1;

  beforeAll(async () => {
    operator = await spawnOperator({ shape: 'suite', domains: allDomains });
    api = new OperatorApi({ url: operator.url, password: TEST_PASSWORD });
    await applyDocuments(api, documentFiles());
    await stockHall(api, { sims: SIMS });
    await settle(api);
    const numbers: string[] = [];
    for (let family = 1; family <= FAMILIES; family += 1) {
      const party = await registerParty(api, String(family));
      const orderId = await placeOrder(api, party, String(family), { offerings: [MENDED_PLAN] });
      await settle(api);
      const { state, items } = await orderOf(api, orderId);
      expect(state).toBe('COMPLETED');
      numbers.push(...items.flatMap((item) => item.resources).flatMap(numberOf));
    }
    await moveClock(api, midnight('2026-07-01'));
    const csv = usageOf(numbers);
    await api.upload('operations', '/usage/files?source=mediation&name=june.csv', csv, 'text/csv', 'june');
    await settle(api);
  }, 300_000);
  afterAll(() => operator?.stop());

  it.each(faultSeeds())(
    'changes what was previewed, once: seed %i',
    async (seed) => {
      const random = randomFrom(seed);
      version += 1;
      await publishMended(api, version);
      await settle(api);
      const shown = await previewed(api, `preview ${seed}`);
      expect(shown).toMatchObject({ state: 'PREVIEWED', summary: { recomputed: 0 } });
      expect(shown.summary.periods).toBeGreaterThanOrEqual(FAMILIES);

      await applyRerating(api, shown.reratingId, `apply ${seed}`);
      await new Promise((resolve) => setTimeout(resolve, random() * UNDISTURBED_MS));
      await operator.apps.get('suite')?.kill();
      await operator.restart('suite');
      const applied = await settledRerating(api, shown.reratingId);

      const { summary } = applied;
      expect(applied.state).toBe('APPLIED');
      expect(summary).toEqual({ ...shown.summary, applied: shown.summary.periods });
      const none = await previewed(api, `again ${seed}`);
      expect(none.summary).toMatchObject({ changed: 0, delta: '0.00' });
      expect((await audit(api)).differences).toEqual([]);
    },
    240_000,
  );
});

function numberOf(resource: { kind: string; value: string }): string[] {
  return resource.kind === 'mobile_number' ? [resource.value] : [];
}

/** Each number talks beyond its 500 minutes. */
function usageOf(numbers: readonly string[]): string {
  const lines = numbers.flatMap((number, at) =>
    Array.from({ length: 20 }, (_, call) => {
      const start = `2026-06-${String(2 + call).padStart(2, '0')}T09:00:00+08:00`;
      return `n${at}-${call},voice,${number},10086,${start},3600,,`;
    }),
  );
  return [HEADER, ...lines, ''].join('\n');
}
