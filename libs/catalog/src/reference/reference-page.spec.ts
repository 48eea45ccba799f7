import { basename } from 'node:path';
import { examples } from '../../test/document-files.adapter';
import { fieldRows, fieldSchemaOf } from './field-table';
import { calendarSchema, discountSchema, zonePlanSchema } from '../rating-policy-schema';
import { allFields, referencePage } from './reference-page';

const texts = new Map(examples.map(({ path, text }) => [basename(path, '.yaml'), text]));
const page = referencePage(texts);

it('describes every field of the catalog and of the policies of rating', () => {
  const ofPolicies = [zonePlanSchema, calendarSchema, discountSchema].flatMap((schema) =>
    fieldRows(fieldSchemaOf(schema), () => false).map((row) => ({ ...row, section: 'policies' })),
  );
  const undescribed = [...allFields(), ...ofPolicies].filter(({ meaning }) => meaning === '');
  expect(undescribed.map(({ section, field }) => `${section}: ${field}`)).toEqual([]);
});

it('shows every example as it is read, and every kind of policy', () => {
  for (const text of texts.values()) expect(page).toContain(text.trimEnd());
  for (const kind of ['tax', 'usage-source', 'zone-plan', 'calendar', 'discount']) {
    expect(page).toContain(`\n### ${kind}\n`);
  }
});

it('leads to the sections that it names', () => {
  const named = [...page.matchAll(/\]\(#([a-z-]+)\)/g)].map(([, anchor]) => anchor);
  const there = [...page.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title.toLowerCase().replaceAll(' ', '-'),
  );
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((anchor) => !there.includes(anchor ?? ''))).toEqual([]);
});

it('fails for an example that is missing or that nobody shows', () => {
  expect(() => referencePage(new Map([...texts, ['new-idea', 'offers: []']]))).toThrow(
    'no section shows new-idea',
  );
  expect(() => referencePage(new Map([...texts].filter(([name]) => name !== 'bundle')))).toThrow(
    'no example bundle',
  );
});
