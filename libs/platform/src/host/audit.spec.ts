import type { DomainAudit } from '@ronghe/contracts';
import { compareAudits } from './audit';

const audit = (domain: DomainAudit['domain'], part: Partial<DomainAudit>): DomainAudit => ({
  domain,
  checks: [],
  figures: [],
  ...part,
});
const figure = (scope: string, value: string, name = 'billed-total') => ({ name, scope, value });

it('finds nothing where everything agrees, whatever the trailing zeros', () => {
  const audits = [
    audit('charging', {
      checks: [{ name: 'entries', scope: 'all', left: '4.1', right: '4.100000' }],
      figures: [figure('a', '-0.00')],
    }),
    audit('billing', { figures: [figure('a', '0')] }),
  ];
  expect(compareAudits(audits)).toEqual({ checks: 2, differences: [] });
});

it('finds a check inside a domain that does not hold', () => {
  const { differences } = compareAudits([
    audit('billing', { checks: [{ name: 'lines', scope: 'b1', left: '1.00', right: '1.01' }] }),
  ]);
  expect(differences).toEqual([
    {
      name: 'lines',
      scope: 'b1',
      values: [
        { domain: 'billing (left)', value: '1.00' },
        { domain: 'billing (right)', value: '1.01' },
      ],
    },
  ]);
});

it('counts a figure that one of its reporters lacks as zero', () => {
  const audits = [
    audit('billing', { figures: [figure('a', '1'), figure('b', '2')] }),
    audit('receivables', { figures: [figure('a', '1')] }),
  ];
  expect(compareAudits(audits).differences).toEqual([
    {
      name: 'billed-total',
      scope: 'b',
      values: [
        { domain: 'billing', value: '2' },
        { domain: 'receivables', value: '0' },
      ],
    },
  ]);
});

it('compares among all reporters, not only the first two', () => {
  const of = (domain: DomainAudit['domain'], value: string) =>
    audit(domain, { figures: [figure('all', value, 'products')] });
  const { differences } = compareAudits([of('ordering', '3'), of('provisioning', '3'), of('inventory', '4')]);
  expect(differences).toHaveLength(1);
});

it('does not compare a figure that only one domain knows', () => {
  expect(compareAudits([audit('billing', { figures: [figure('a', '1')] })])).toEqual({
    checks: 0,
    differences: [],
  });
});
