import type { DiscountPolicy, OfferDocument, QueryAnswer } from '@ronghe/contracts';
import { amountFromDecimal, newId, type LocalDate } from '@ronghe/kernel';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { chargingDomain } from '../charging.domain';
import {
  auditDifferences,
  deliver,
  publishDocuments,
  sellFamily,
  usageCsv,
  type Family,
} from '../family.fixture';
import type { WhatIf } from '../generated/graphql';
import { corrected, offerOf, PLAN, ratingHash } from '../rerating/rerating.fixture';

/** Drafts over June's real usage: what they would bring in, without writing. */

let operator: TestOperator;
let family: Family;
let draft: QueryAnswer<'catalog.resolveDraft'>;

beforeAll(async () => {
  operator = await startOperator({
    domains: [chargingDomain],
    startsAt: '2026-06-11T00:00:00+08:00',
    stubs: { queries: { 'catalog.resolveDraft': () => draft } },
  });
  await publishDocuments(operator);
  family = await sellFamily(operator, ['main', 'sub1', 'broadband']);
  const others = [
    await sellFamily(operator, ['main'], { bundle: false }),
    await sellFamily(operator, ['broadband'], { bundle: false }),
  ];
  await operator.settle();
  await operator.moveClock('2026-07-01T00:00:00+08:00');
  const calls = Array.from(
    { length: 9 },
    (_, n) => `v${n},voice,main,,2026-06-${12 + n}T08:00:00+08:00,12000,,`,
  );
  await deliver(operator, usageCsv(calls, family), 'family.csv');
  const alone = [...calls, 's,sms,main,,2026-06-12T08:00:00+08:00,,,3'].map((line) => `o${line}`);
  await deliver(operator, usageCsv(alone, others[0]), 'other.csv');
});
afterAll(() => operator?.stop());

const resolved = (...offers: OfferDocument[]): QueryAnswer<'catalog.resolveDraft'> => ({
  offers: [offerOf(PLAN), offerOf('sub-card'), ...offers],
  policies: [],
  drafted: offers.map(({ code, version }) => `${code}@${version}`),
  problems: [],
  conflicts: [],
});

const FIGURES = `revenue { before after delta } usage { before after delta } fees { before after delta }
  lines { offeringCode kind chargeCode count before after delta }
  accounts { changed rising falling problems percentiles { percent delta } histogram { from to accounts }
    mostRising { accountId delta usage { delta } fees { delta } } mostFalling { accountId delta } unchargeable { reason } }`;

let keys = 0;
async function attempt(replacements: object[] = []): Promise<WhatIf> {
  const started = await operator.graphql<{ startWhatIf: WhatIf }>(
    `mutation ($input: WhatIfInput!, $key: String!) { startWhatIf(input: $input, idempotencyKey: $key) { whatIfId } }`,
    { input: { period: '2026-06', files: [], replacements }, key: `trial ${(keys += 1)}` },
    'billing',
  );
  if (!started.data || started.errors) throw new Error(JSON.stringify(started.errors));
  await operator.settle();
  const answer = await operator.graphql<{ whatIf: WhatIf }>(
    `query ($id: ID!) { whatIf(whatIfId: $id) { state replacements { offering by } progress { done total }
       figures { ${FIGURES} } } }`,
    { id: started.data.startWhatIf.whatIfId },
    'billing',
  );
  if (!answer.data || answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data.whatIf;
}

const line = (trial: WhatIf, chargeCode: string, offeringCode = PLAN) =>
  trial.figures.lines.find((each) => each.chargeCode === chargeCode && each.offeringCode === offeringCode);

it('rates real usage by a draft and leaves everything as it was', async () => {
  const before = await ratingHash(operator);
  draft = resolved(corrected('0.30'));
  const trial = await attempt();
  expect(trial).toMatchObject({ state: 'DONE', progress: { done: 3, total: 3 } });
  expect(trial.replacements).toEqual([{ offering: PLAN, by: `${PLAN}@2` }]);
  // Twice the price a minute doubles what was out of bundle, and nothing else.
  const voice = line(trial, 'voice-out');
  expect(amountFromDecimal(voice?.after ?? '')).toBe(amountFromDecimal(voice?.before ?? '') * 2n);
  expect(voice?.count).toBe(18);
  expect(line(trial, 'sms')).toMatchObject({ count: 1, delta: '0.00' });
  expect(trial.figures.revenue.delta).toBe(voice?.delta);
  expect(trial.figures.fees.delta).toBe('0.00');
  const stored = await operator.sql<{ sum: string }>('select sum(amount) from charging.rated_usage');
  expect(amountFromDecimal(trial.figures.usage.before)).toBe(BigInt(stored[0]?.sum ?? 0));
  const { accounts } = trial.figures;
  expect(accounts).toMatchObject({ changed: 2, rising: 2, falling: 0, problems: 0 });
  expect(accounts.mostRising.map(({ delta }) => amountFromDecimal(delta)).reduce((a, b) => a + b, 0n)).toBe(
    amountFromDecimal(trial.figures.revenue.delta),
  );
  expect(accounts.histogram.reduce((sum, range) => sum + range.accounts, 0)).toBe(2);
  expect(accounts.percentiles.map(({ percent }) => percent)).toEqual([5, 25, 50, 75, 95]);
  expect(await ratingHash(operator)).toBe(before);
  expect(await auditDifferences(operator)).toEqual([]);
});

it('adds fees, also of an offer that takes the place of another', async () => {
  const plan = offerOf(PLAN);
  const dearer = {
    ...plan,
    code: 'mobile-5g-new',
    recurringPrices: plan.recurringPrices.map((price) => ({ ...price, amount: '259.00' })),
  };
  draft = resolved(dearer);
  const trial = await attempt([{ offering: PLAN, by: 'mobile-5g-new' }]);
  expect(trial.replacements).toEqual([{ offering: PLAN, by: 'mobile-5g-new@1' }]);
  const fee = line(trial, 'monthly-fee');
  expect(fee?.count).toBe(2);
  expect(trial.figures.usage.delta).toBe('0.00');
  // Twenty of thirty days of 60 yuan more; the family's bundle overrides its fee.
  expect(trial.figures.fees.delta).toBe(fee?.delta);
  expect(trial.figures.accounts.mostRising.map(({ delta }) => delta)).toEqual(['40.00']);
});

it('tells what drafts cannot charge, and refuses what is not there', async () => {
  const plan = corrected('0.30');
  draft = resolved({ ...plan, usagePrices: plan.usagePrices.filter(({ code }) => code !== 'sms') });
  const trial = await attempt();
  expect(trial.figures.accounts).toMatchObject({ problems: 1, changed: 1 });
  expect(trial.figures.accounts.unchargeable[0]?.reason).toMatch(/^usage_price_missing/);
  draft = resolved();
  await expect(attempt([{ offering: PLAN, by: 'nothing' }])).rejects.toThrow('what_if_offer_unknown');
  draft = { ...resolved(), problems: ['catalog/x.yaml:1 offers: wrong'] };
  await expect(attempt()).rejects.toThrow('what_if_documents_invalid');
});

it('rates the usage of prepaid accounts by a drafted discount that they get as they use', async () => {
  const prepaid = await sellFamily(operator, ['main'], {
    ...{ bundle: false, account: { paymentMode: 'prepaid' } },
  });
  await operator.settle();
  const { accountId } = prepaid.account;
  const paymentId = newId();
  await operator.command('charging.topUp', { accountId, paymentId, amount: '300.00' }, { key: paymentId });
  const messages = [1, 2, 3].map((n) => `p${n},sms,main,,2026-06-${12 + n}T08:00:00+08:00,,,10`);
  await deliver(operator, usageCsv(messages, prepaid), 'prepaid.csv');
  const loyal: DiscountPolicy = {
    ...{ kind: 'discount', code: 'loyal', version: 1, effectiveFrom: '2026-08-01' as LocalDate },
    ...{ effectiveTo: null, label: { en: 'Loyal', 'zh-CN': '老用户优惠' }, scope: 'account', when: [] },
    ...{ takes: { percent: '10' }, on: { chargeClasses: null, specifications: null }, priority: 1 },
    ...{ exclusiveGroup: null, maximum: null, prepaid: 'on-use' },
  };
  const before = await ratingHash(operator);
  draft = { ...resolved(), policies: [loyal], drafted: ['loyal@1'] };
  const trial = await attempt();
  // 30 messages of 0.10; what postpaid accounts get of it is a discount on their bills.
  expect(line(trial, 'sms')).toMatchObject({ delta: '-0.30' });
  const own = trial.figures.accounts.mostFalling.find((each) => each.accountId === accountId);
  // Its fee gets the tenth of 132.67 at the end of the period.
  expect(own?.delta).toBe('-13.57');
  expect(trial.figures.usage.delta).toBe('-0.30');
  expect(await ratingHash(operator)).toBe(before);
  // The same without the word leaves prepaid usage as it is.
  const { prepaid: _, ...onBills } = loyal;
  draft = { ...resolved(), policies: [onBills], drafted: ['loyal@1'] };
  expect(line(await attempt(), 'sms')).toMatchObject({ delta: '0.00' });
});
