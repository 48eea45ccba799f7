import { applyDocuments, audit, midnight, moveClock, OperatorApi, settle } from '@ronghe/journey';
import { allDomains } from '@ronghe/operator';
import { faultSeeds, randomFrom, spawnOperator, TEST_PASSWORD, type SpawnedOperator } from '@ronghe/testing';
import { orderOf, placeOrder, registerParty } from './counter';
import { documentFiles } from './demonstration';
import { stockHall } from './stock';

/** Batches of a thousand: the kill falls before, between, inside or after them. */
const RECORDS = 4_000;
const SIMS = 20;
const HEADER = 'record_id,type,number,peer,start,duration_s,volume_kb,messages';
const UNDISTURBED_MS = 4_000;

interface CollectedFile {
  fileId: string;
  state: string;
  read: number;
  rated: number;
  duplicates: number;
  suspended: number;
}

describe('kill -9 while a usage file is collected', () => {
  let operator: SpawnedOperator;
  let api: OperatorApi;
  let accountId: string;
  let numbers: string[];

  beforeAll(async () => {
    operator = await spawnOperator({ shape: 'suite', domains: allDomains });
    api = new OperatorApi({ url: operator.url, password: TEST_PASSWORD });
    await applyDocuments(api, documentFiles());
    await stockHall(api, { sims: SIMS });
    await settle(api);
    const party = await registerParty(api, '1');
    accountId = party.accountId;
    const offerings = ['mobile-5g-199', 'sub-card', 'broadband-line'];
    const orderId = await placeOrder(api, party, '1', { bundle: 'convergent-199', offerings });
    await settle(api);
    const { state, items } = await orderOf(api, orderId);
    expect(state).toBe('COMPLETED');
    numbers = items
      .flatMap((item) => item.resources)
      .filter((resource) => resource.kind === 'mobile_number')
      .map((resource) => resource.value);
    await moveClock(api, midnight('2026-07-01'));
  }, 180_000);
  afterAll(() => operator?.stop());

  it.each(faultSeeds())(
    'loses and doubles no record: seed %i',
    async (seed) => {
      const random = randomFrom(seed);
      const csv = usageOf(seed, random);
      const before = await totalEvents();
      const fileIds = [await upload(`${seed}-a.csv`, csv), await upload(`${seed}-b.csv`, csv)];
      await wait(random() * UNDISTURBED_MS);
      await operator.apps.get('suite')?.kill();
      await operator.restart('suite');
      await settle(api);

      const files = await Promise.all(fileIds.map((fileId) => fileOf(fileId)));
      expect(files.map(({ state, read, suspended }) => [state, read, suspended])).toEqual([
        ['collected', RECORDS, 0],
        ['collected', RECORDS, 0],
      ]);
      // Both bring the same records: each is rated once, in whichever file came to it first.
      expect(files.reduce((sum, file) => sum + file.rated, 0)).toBe(RECORDS);
      expect(files.reduce((sum, file) => sum + file.duplicates, 0)).toBe(RECORDS);
      expect((await totalEvents()) - before).toBe(RECORDS);
      expect((await audit(api)).differences).toEqual([]);
    },
    180_000,
  );

  function usageOf(seed: number, random: () => number): string {
    const lines = Array.from({ length: RECORDS }, (_, index) => {
      const number = numbers[Math.floor(random() * numbers.length)];
      const start = new Date(Date.parse(midnight('2026-06-02')) + Math.floor(random() * 28 * 86_400_000));
      return `k${seed}-${index},voice,${number},10086,${start.toISOString()},${Math.floor(random() * 600)},,`;
    });
    return [HEADER, ...lines, ''].join('\n');
  }

  async function upload(name: string, csv: string): Promise<string> {
    const path = `/usage/files?source=mediation&name=${name}`;
    const { fileId } = await api.upload<{ fileId: string }>('operations', path, csv, 'text/csv', name);
    return fileId;
  }

  function fileOf(fileId: string): Promise<CollectedFile> {
    return api.rest<CollectedFile>('operations', 'GET', `/usage/files/${fileId}`);
  }

  /** Events in the totals that billing is told. */
  async function totalEvents(): Promise<number> {
    const { usageTotals } = await api.graphql<{ usageTotals: { eventCount: number }[] }>(
      'billing',
      'query ($accountId: ID!) { usageTotals(accountId: $accountId, period: "2026-06") { eventCount } }',
      { accountId },
    );
    return usageTotals.reduce((sum, total) => sum + total.eventCount, 0);
  }
});

async function wait(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
