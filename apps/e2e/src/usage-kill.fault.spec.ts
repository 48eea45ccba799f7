import { applyDocuments, audit, midnight, moveClock, OperatorApi, settle } from '@ronghe/journey';
import { allDomains } from '@ronghe/operator';
import { faultSeeds, randomFrom, spawnOperator, TEST_PASSWORD, type SpawnedOperator } from '@ronghe/testing';
import { orderOf, placeOrder, registerParty } from './counter';
import { documentFiles } from './demonstration';
import { stockHall } from './stock';

/** Of two accounts, so that each is a part of the file: the kill falls before, between, inside or after their batches. */
const RECORDS = 4_000;
const BATCH_LINES = '500';
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
  let accountIds: string[];
  let numbers: string[];

  beforeAll(async () => {
    operator = await spawnOperator({
      shape: 'suite',
      domains: allDomains,
      environment: { RONGHE_USAGE_BATCH_LINES: BATCH_LINES },
    });
    api = new OperatorApi({ url: operator.url, password: TEST_PASSWORD });
    await applyDocuments(api, documentFiles());
    await stockHall(api, { sims: SIMS });
    await settle(api);
    accountIds = [];
    numbers = [];
    for (const key of ['1', '2']) {
      const party = await registerParty(api, key);
      accountIds.push(party.accountId);
      const offerings = ['mobile-5g-199', 'sub-card', 'broadband-line'];
      const orderId = await placeOrder(api, party, key, { bundle: 'convergent-199', offerings });
      await settle(api);
      const { state, items } = await orderOf(api, orderId);
      expect(state).toBe('COMPLETED');
      for (const { kind, value } of items.flatMap((item) => item.resources))
        if (kind === 'mobile_number') numbers.push(value);
    }
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
    let events = 0;
    for (const accountId of accountIds) {
      const { usageTotals } = await api.graphql<{ usageTotals: { eventCount: number }[] }>(
        'billing',
        'query ($accountId: ID!) { usageTotals(accountId: $accountId, period: "2026-06") { eventCount } }',
        { accountId },
      );
      for (const { eventCount } of usageTotals) events += eventCount;
    }
    return events;
  }
});

async function wait(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
