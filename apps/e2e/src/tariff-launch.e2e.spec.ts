import {
  ApiRefusal,
  applyDocuments,
  audit,
  deliverUsage,
  midnight,
  moveClock,
  OperatorApi,
  settle,
} from '@ronghe/journey';
import { allDomains } from '@ronghe/operator';
import { spawnOperator, TEST_PASSWORD, type SpawnedOperator } from '@ronghe/testing';
import { orderOf, placeOrder, registerParty, type Party } from './counter';
import { documentFiles } from './demonstration';
import { stockHall } from './stock';

const HEADER = 'record_id,type,number,peer,start,duration_s,volume_kb,messages';

/** A tariff that nobody has heard of when the operator starts. */
const launch = [
  {
    path: 'policy/launch-zones.yaml',
    text: `
kind: zone-plan
code: launch-zones
version: 1
effectiveFrom: 2026-01-01
zones:
  - { code: home, label: { en: at home, zh-CN: 国内 }, prefixes: [any] }
  - { code: hong-kong, label: { en: Hong Kong, zh-CN: 香港 }, prefixes: [00852] }
`,
  },
  {
    path: 'policy/launch-hours.yaml',
    text: `
kind: calendar
code: launch-hours
version: 1
effectiveFrom: 2026-01-01
holidays: [2026-06-19 to 2026-06-21]
bands:
  - { code: evening, label: { en: evening, zh-CN: 夜间 }, days: [Mon-Fri], from: 21:00, to: 08:00 }
`,
  },
  {
    path: 'catalog/launch.yaml',
    text: `
offers:
  - code: launch-59
    version: 1
    name: { en: Launch 59, zh-CN: 新品59元套餐 }
    specification: mobile-main
    sale: { from: 2026-01-01, alone: yes }
    fee: 59.00
    usage: launch-tariff
tariffs:
  - code: launch-tariff
    prices:
      - code: calls
        usage: voice
        chargeClass: calls
        label: { en: Calls, zh-CN: 语音通话 }
        taxClass: voice
        zonePlan: launch-zones
        calendar: launch-hours
        rates:
          - { zone: home, band: evening, price: 0.06 per min }
          - { zone: home, price: 0.12 per min }
          - { zone: hong-kong, price: 0.90 per min }
        counted: 1+1 s
        counter: product
      - code: messages
        usage: sms
        chargeClass: SMS
        label: { en: Messages, zh-CN: 短信 }
        taxClass: messaging
        price: 0.10 per message
        counter: product
        inForce: { from: 2026-01-01, to: 2026-06-28 }
      - code: messages
        usage: sms
        chargeClass: SMS
        label: { en: Messages, zh-CN: 短信 }
        taxClass: messaging
        price: 0.07 per message
        counter: product
        inForce: { from: 2026-06-28 }
`,
  },
];

async function publish(api: OperatorApi, files: readonly { path: string; text: string }[], key: string) {
  await api.graphql(
    'operations',
    `mutation ($files: [CatalogFileInput!]!, $key: String!) {
       applyCatalogDocuments(files: $files, idempotencyKey: $key) { published }
     }`,
    { files, key },
  );
}

describe('a tariff that is published while the operator runs', () => {
  let operator: SpawnedOperator;
  let api: OperatorApi;
  let party: Party;

  beforeAll(async () => {
    operator = await spawnOperator({ shape: 'suite', domains: allDomains });
    api = new OperatorApi({ url: operator.url, password: TEST_PASSWORD });
    await applyDocuments(api, documentFiles());
    await stockHall(api, { sims: 5 });
    await settle(api);
    party = await registerParty(api, '1');
    await publish(api, launch, 'launch');
    await settle(api);
  }, 180_000);
  afterAll(() => operator?.stop());

  it('is quoted at once', async () => {
    const { quote } = await api.graphql<{ quote: { monthly: { total: string } } }>(
      'counter',
      'query ($input: OrderInput!) { quote(input: $input) { monthly { total } } }',
      { input: { ...party, items: [{ offeringCode: 'launch-59' }] } },
    );
    expect(quote.monthly.total).toBe('59.00');
  });

  it('is sold, and rates what is used by zone, band and date', async () => {
    const orderId = await placeOrder(api, party, '1', { offerings: ['launch-59'] });
    await settle(api);
    const { state, items } = await orderOf(api, orderId);
    expect(state).toBe('COMPLETED');
    const number = items[0]?.resources.find(({ kind }) => kind === 'mobile_number')?.value ?? '';
    await moveClock(api, midnight('2026-07-01'));
    const records = [
      // Monday: half a minute before the evening, half a minute in it.
      ['r1', 'voice', number, '13800138000', '2026-06-29T20:59:30+08:00', '60', '', ''],
      ['r2', 'voice', number, '0085223456789', '2026-06-29T12:00:00+08:00', '100', '', ''],
      ['r3', 'sms', number, '13800138000', '2026-06-27T23:59:59+08:00', '', '', '1'],
      ['r4', 'sms', number, '13800138000', '2026-06-28T00:00:00+08:00', '', '', '1'],
    ];
    const csv = [HEADER, ...records.map((record) => record.join(','))].join('\n');
    expect(await deliverUsage(api, 'launch.csv', csv, 'launch/usage')).toMatchObject({
      rated: 4,
      suspended: 0,
    });
    const { usage } = await api.graphql<{
      usage: { edges: { node: { recordId: string; amount: string } }[] };
    }>(
      'billing',
      'query ($accountId: ID!) { usage(accountId: $accountId, period: "2026-06") { edges { node { recordId amount } } } }',
      { accountId: party.accountId },
    );
    const amounts = Object.fromEntries(usage.edges.map(({ node }) => [node.recordId, Number(node.amount)]));
    expect(amounts).toEqual({ r1: 0.09, r2: 1.5, r3: 0.1, r4: 0.07 });
    expect((await audit(api)).differences).toEqual([]);
  });

  it.each([
    [
      'policy/launch-zones.yaml',
      'code: hong-kong',
      'code: macao',
      /catalog\/launch\.yaml:\d+ tariffs\[0\]\.prices\[0\]\.rates\[2\]\.zone: the zone plan launch-zones has no zone hong-kong/,
    ],
    [
      'catalog/launch.yaml',
      'to: 2026-06-28',
      'to: 2026-06-27',
      /prices\[2\]\.inForce\.from: leaves sms without a price from 2026-06-27/,
    ],
    [
      'catalog/launch.yaml',
      'to: 2026-06-28',
      'to: 2026-06-29',
      /prices\[2\]\.inForce\.from: overlaps prices\[1\], which ends 2026-06-29/,
    ],
    [
      'catalog/launch.yaml',
      'fee: 59.00',
      'fee: 58.00',
      /published versions cannot change \(launch-59 version 1\): publish a new version/,
    ],
    [
      'policy/launch-hours.yaml',
      'version: 1\neffectiveFrom: 2026-01-01',
      'version: 2\neffectiveFrom: 2026-09-01',
      /in force while an earlier version is \(launch-hours version 2\)/,
    ],
  ])('in %s, %s → %s is refused with a sentence', async (path, from, to, sentence) => {
    const file = launch.find((each) => each.path === path);
    expect(file?.text).toContain(from);
    const changed = { path, text: file?.text.replace(from, to) ?? '' };
    const refusal = await publish(api, [changed], `refused/${to}`).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ApiRefusal);
    expect((refusal as ApiRefusal).message).toMatch(sentence);
  });
});
