import { startOperator, type TestOperator } from '@ronghe/testing';
import { laneOf } from '@ronghe/kernel';
import { Desk } from '../../test/desk';
import { familyOf, usageTotalsOf, type Family } from '../../test/golden-family';
import { closeSource, publishDocuments, publishFamily, publishUsage } from '../../test/publish';
import { readPdf } from '../../test/read-pdf.adapter';
import { billingDomain } from '../index';

const [named, unnamed] = [1, 2].map(familyOf) as [Family, Family];

let operator: TestOperator;
const desk = new Desk(() => operator);

async function tell(version: number, name: string): Promise<void> {
  const { customerId } = named.account;
  const of = { aggregateId: customerId, lane: laneOf(customerId), version };
  const contact = { customerId, name, phone: '+8613800138000', address: '上海市世纪大道100号' };
  if (version === 1) {
    const payload = { ...contact, registeredAt: '2026-06-10T00:00:00.000Z' as never };
    await operator.publish('customer.registered.v1', { ...of, payload });
  } else {
    const payload = { ...contact, changedAt: '2026-06-10T00:00:00.000Z' as never };
    await operator.publish('customer.contact-changed.v1', { ...of, payload });
  }
  await operator.settle();
}

/** The bill on paper and on the page, as text. */
async function shown(family: Family, language: string): Promise<{ paper: string; page: string }> {
  const [bill] = await desk.bills(family.account.accountId);
  const [path, query] = (bill?.pageUrl ?? '').split('?');
  const own = (path ?? '').replace(/^.*\/bills/, `${operator.url}/bills`);
  const page = await (await fetch(`${own}?${query}&lang=${language}`)).text();
  const pdf = await (await fetch(`${own}.pdf?${query}&lang=${language}`)).arrayBuffer();
  const { pages } = await readPdf(Buffer.from(pdf));
  return { paper: pages.join('').replace(/[\s|]/g, ''), page };
}

const storedNames = () =>
  operator.sql<{ version: number; name: string }>(
    'select version, name from billing.customer_name order by customer_id, version',
  );

beforeAll(async () => {
  operator = await startOperator({ domains: [billingDomain], startsAt: '2026-06-11T00:00:00+08:00' });
  await publishDocuments(operator);
  await tell(1, '李雷');
  for (const family of [named, unnamed]) {
    await publishFamily(operator, family);
    const totals = usageTotalsOf(family, '2026-06');
    await publishUsage(operator, family, { period: '2026-06', version: 1, totals });
  }
  await operator.settle();
  await closeSource(operator, '2026-07-01T00:00:00+08:00');
  await operator.moveClock('2026-07-01T06:00:00+08:00');
});

afterAll(() => operator?.stop());

it('names the customer on the bill, and who is not known by name by the account alone', async () => {
  const { accountId } = named.account;
  const chinese = await shown(named, 'zh-CN');
  expect(chinese.paper).toContain(`客户名称李雷账户${accountId}`);
  expect(chinese.page).toContain('<dt>客户名称</dt><dd>李雷</dd>');
  const english = await shown(named, 'en');
  expect(english.paper).toContain(`Customer李雷Account${accountId}`);
  expect(english.page).not.toContain('13800138000');
  const other = await shown(unnamed, 'en');
  expect(other.paper).toContain(`Account${unnamed.account.accountId}`);
  expect(other.paper + other.page).not.toContain('Customer');
});

it('says what the customer was called when the bill was issued; a name that is told again is kept once', async () => {
  await tell(2, '李雷');
  expect(await storedNames()).toEqual([{ version: 1, name: '李雷' }]);
  await operator.moveClock('2026-07-02T06:00:00+08:00');
  await tell(3, '李雷雷');
  expect(await storedNames()).toEqual([
    { version: 1, name: '李雷' },
    { version: 3, name: '李雷雷' },
  ]);
  expect((await shown(named, 'zh-CN')).paper).toContain('客户名称李雷账户');
});
