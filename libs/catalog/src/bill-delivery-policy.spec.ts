import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { policyFileSchema } from './policy-schema';

const file = readFileSync(join(__dirname, '../../../policy/bill-delivery.yaml'), 'utf8');
const tax = readFileSync(join(__dirname, '../../../policy/tax.yaml'), 'utf8');
const written = parse(file, { schema: 'failsafe' }) as Record<string, unknown>;

it('names what the tax platform calls every tax class of services', () => {
  const policy = policyFileSchema.parse(written);
  if (policy.kind !== 'bill-delivery') throw new Error(policy.kind);
  expect(policy).toMatchObject({ channel: 'none', language: 'zh-CN', seller: { address: null } });
  const classes = (parse(tax) as { classes: { code: string }[] }).classes.map(({ code }) => code);
  const named = policy.items.map(({ taxClass }) => taxClass);
  expect(classes.filter((code) => !named.includes(code))).toEqual(['goods']);
});

it.each([
  ['a channel that needs an address', { channel: 'email' }],
  ['a sender that is none', { sender: 'bills' }],
  ['a tax number that is none', { seller: { name: 'x', taxNumber: '12', address: 'none', bank: 'none' } }],
  ['a code of goods that is none', { items: [{ taxClass: 'voice', code: '303', name: 'x' }] }],
  ['nothing that goes with it', { attachments: [] }],
  ['endless attempts', { retry: { firstSeconds: '1', longestSeconds: '1', attempts: '0' } }],
])('refuses %s', (_what, change) => {
  expect(policyFileSchema.safeParse({ ...written, ...change }).success).toBe(false);
});
