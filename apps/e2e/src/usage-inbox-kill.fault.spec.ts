import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyDocuments, audit, midnight, moveClock, OperatorApi, settle } from '@ronghe/journey';
import { allDomains } from '@ronghe/operator';
import { faultSeeds, randomFrom, spawnOperator, TEST_PASSWORD, type SpawnedOperator } from '@ronghe/testing';
import { orderOf, placeOrder, registerParty } from './counter';
import { documentFiles } from './demonstration';
import { stockHall } from './stock';

/** More than one batch: the kill falls before, between, inside or after them, or while files are moved. */
const RECORDS = 20_000;
const SIMS = 20;
const UNDISTURBED_MS = 6_000;
/** A file is taken once nobody has written to it for three seconds. */
const STABLE_MS = 3_500;

const head = (source: string) =>
  `kind: usage-source\ncode: ${source}\nversion: 1\neffectiveFrom: 2020-01-01\nsource: ${source}\nzone: Asia/Shanghai\n` +
  `subscriberBy: number\nlateAfterPeriods: 2\n`;
const sources = [
  {
    path: 'policy/usage-msc.yaml',
    text: `${head('msc')}format: fixed-width
fixedWidth:
  - { name: id, start: 1, length: 16 }
  - { name: number, start: 17, length: 13 }
  - { name: begin, start: 30, length: 14 }
  - { name: seconds, start: 44, length: 6 }
derived: { type: "'V'" }
startFormat: compact
columns: { recordId: id, type: type, subscriber: number, start: begin }
types: [{ value: V, usage: voice, quantity: seconds, unit: second }]
`,
  },
  {
    path: 'policy/usage-smsc.yaml',
    text: `${head('smsc')}format: json-lines
json: { id: id, number: from.number, begin: at }
derived: { type: "'S'", count: "'1'" }
startFormat: epoch-seconds
columns: { recordId: id, type: type, subscriber: number, start: begin }
types: [{ value: S, usage: sms, quantity: count, unit: message }]
`,
  },
];

interface CollectedFile {
  source: string;
  state: string;
  read: number;
  rated: number;
  duplicates: number;
  suspended: number;
}

describe('kill -9 while files of the watched folder are collected', () => {
  const inbox = mkdtempSync(join(tmpdir(), 'ronghe-inbox-'));
  let operator: SpawnedOperator;
  let api: OperatorApi;
  let accountId: string;
  let numbers: string[];

  beforeAll(async () => {
    operator = await spawnOperator({
      shape: 'suite',
      domains: allDomains,
      environment: { RONGHE_USAGE_INBOX: inbox },
    });
    api = new OperatorApi({ url: operator.url, password: TEST_PASSWORD });
    await applyDocuments(api, [...documentFiles(), ...sources]);
    await stockHall(api, { sims: SIMS });
    await settle(api);
    const party = await registerParty(api, '1');
    accountId = party.accountId;
    const offerings = ['mobile-5g-199', 'sub-card', 'broadband-line'];
    const orderId = await placeOrder(api, party, '1', { bundle: 'convergent-199', offerings });
    await settle(api);
    const { items } = await orderOf(api, orderId);
    numbers = items
      .flatMap((item) => item.resources)
      .filter((resource) => resource.kind === 'mobile_number')
      .map((resource) => resource.value);
    await moveClock(api, midnight('2026-07-01'));
  }, 180_000);
  afterAll(async () => {
    await operator?.stop();
    rmSync(inbox, { recursive: true, force: true });
  });

  it.each(faultSeeds())(
    'loses and doubles no record: seed %i',
    async (seed) => {
      const random = randomFrom(seed);
      const before = await totalEvents();
      lay('msc', `${seed}.txt`, linesOf(seed, random, fixedWidthLine));
      lay('smsc', `${seed}.jsonl`, linesOf(seed, random, jsonLine));
      await wait(STABLE_MS + random() * UNDISTURBED_MS);
      await operator.apps.get('suite')?.kill();
      await operator.restart('suite');
      await wait(STABLE_MS);
      await settle(api);

      const files = await filesOf(seed);
      expect(files).toEqual(
        ['msc', 'smsc'].map((source) => ({
          source,
          state: 'COLLECTED',
          read: RECORDS,
          rated: RECORDS,
          duplicates: 0,
          suspended: 0,
        })),
      );
      expect((await totalEvents()) - before).toBe(2 * RECORDS);
      for (const source of ['msc', 'smsc'])
        expect(readdirSync(join(inbox, source)).filter((name) => name !== 'done')).toEqual([]);
      expect((await audit(api)).differences).toEqual([]);
    },
    240_000,
  );

  type LineOf = (id: string, number: string, start: Date, random: () => number) => string;

  function linesOf(seed: number, random: () => number, lineOf: LineOf): string {
    const lines = Array.from({ length: RECORDS }, (_, index) => {
      const number = numbers[Math.floor(random() * numbers.length)] ?? '';
      const start = new Date(Date.parse(midnight('2026-06-02')) + Math.floor(random() * 28 * 86_400) * 1000);
      return lineOf(`${seed}-${index}`, number, start, random);
    });
    return `${lines.join('\n')}\n`;
  }

  function fixedWidthLine(id: string, number: string, start: Date, random: () => number): string {
    const local = new Date(start.getTime() + 8 * 3_600_000).toISOString().replace(/\D/g, '').slice(0, 14);
    return `${id.padEnd(16)}${number.padEnd(13)}${local}${String(Math.floor(random() * 600)).padStart(6)}`;
  }

  function jsonLine(id: string, number: string, start: Date): string {
    return JSON.stringify({ id, from: { number }, at: start.getTime() / 1000 });
  }

  /** Written under a name that is left alone, then renamed. */
  function lay(source: string, name: string, content: string): void {
    mkdirSync(join(inbox, source), { recursive: true });
    writeFileSync(join(inbox, source, `.${name}`), content);
    renameSync(join(inbox, source, `.${name}`), join(inbox, source, name));
  }

  async function filesOf(seed: number): Promise<CollectedFile[]> {
    const { usageFiles } = await api.graphql<{
      usageFiles: { edges: { node: CollectedFile & { fileName: string } }[] };
    }>(
      'operations',
      '{ usageFiles(first: 100) { edges { node { source fileName state read rated duplicates suspended } } } }',
      {},
    );
    return usageFiles.edges
      .map(({ node: { fileName, ...file } }) => ({ fileName, file }))
      .filter(({ fileName }) => fileName.startsWith(`${seed}.`))
      .map(({ file }) => file)
      .sort((a, b) => (a.source < b.source ? -1 : 1));
  }

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
