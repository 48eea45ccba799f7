import { changed, demonstration, problemsOf } from '../test/document-files.adapter';
import { readDocuments } from './read-documents';

/** How prepaid accounts get a discount is said by its document, and left out of it where it is not said. */

const path = 'policy/discount-three-plans.yaml';
const withoutMaximum = changed(demonstration, path, 'atMost: 60.00', '# no maximum');
const written = (word: string, files = withoutMaximum) =>
  changed(files, path, 'priority: 100', `priority: 100\nprepaid: ${word}`);
const policyOf = (files: typeof demonstration) =>
  readDocuments(files).policies.find(({ code }) => code === 'three-plans');

it('reads on use, at period end, and nothing', () => {
  expect(policyOf(written('on use'))).toMatchObject({ prepaid: 'on-use' });
  expect(policyOf(written('at period end', demonstration))).toMatchObject({ prepaid: 'at-period-end' });
  expect(policyOf(demonstration)).not.toHaveProperty('prepaid');
});

it('refuses on use where the whole period, or others, must be known', () => {
  const broken = [
    written('on use', demonstration),
    written('on use', changed(withoutMaximum, path, 'takes: 10 %', 'takes: 10.00')),
    written('on use', changed(withoutMaximum, path, 'scope: account', 'scope: balance group')),
    written('on use', changed(withoutMaximum, path, 'when:\n', 'when:\n  - totalAtLeast: 10.00\n')),
    written('sometimes'),
  ];
  for (const files of broken)
    expect(problemsOf(files)).toMatchObject([{ file: path, message: expect.stringContaining('on use') }]);
});
