import { deliveryTable, taxInvoiceText } from './bill-documents';

it('shows deliveries with why they failed', () => {
  const text = deliveryTable([
    {
      id: 'b.1',
      accountId: 'a',
      channel: 'EMAIL',
      address: 'li@example.cn',
      state: 'DEAD',
      attempts: 12,
      nextTryAt: null,
      lastError: '550 no such user',
    },
  ]);
  expect(text.split('\n').at(-1)).toMatch(/^b\.1 +a +EMAIL +li@example\.cn +DEAD +12 +550 no such user$/);
});

it('shows tax invoices, and why there are none', () => {
  const red = {
    number: '9'.repeat(20),
    kind: 'RED',
    credits: '8'.repeat(20),
    net: '-9.17',
    tax: '-0.83',
    gross: '-10.00',
  };
  expect(taxInvoiceText({ state: 'DONE', lastError: null, invoices: [red] })).toContain(
    '-9.17  -0.83  -10.00',
  );
  expect(taxInvoiceText({ state: 'DEAD', lastError: 'no item', invoices: [] })).toBe('DEAD: no item');
});
