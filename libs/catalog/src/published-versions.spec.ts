import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { changed, demonstration } from '../test/document-files.adapter';
import { checkPublished, type PublishedVersions } from './published-versions';

const published = JSON.parse(
  readFileSync(join(__dirname, '../published-versions.json'), 'utf8'),
) as PublishedVersions;

describe('published versions', () => {
  it('are in the repository as they were when they were published, and all of them on the list', () => {
    const { versions, problems } = checkPublished(demonstration, published);
    expect(problems).toEqual([]);
    expect(versions).toEqual(published);
  });

  it('are what the first operators have applied', () => {
    // Taken from the documents of November 2026, before anything was added to them.
    expect(published).toMatchObject({
      'billing@1': '5cfe941e28ba51a8b41213496740c8be884d3f9b858147d01158299754c851ed',
      'provisioning@1': '2dd755042962abc1e7cccbb2e32a89bfd9ff295522cf60aa139d7e50c53b1c99',
    });
  });

  it('must not be edited in place', () => {
    const edited = changed(demonstration, 'policy/billing.yaml', 'dueDays: 30', 'dueDays: 31');
    expect(checkPublished(edited, published).problems).toEqual([
      'billing version 1 was published and must stay as it was (only its end may change): undo the edit, end version 1 ' +
        'and write version 2 beside it; only if nobody can have applied it, take it off the list',
    ]);
  });

  it('must not go, and may end', () => {
    const without = demonstration.filter(({ path }) => path !== 'policy/discount-three-plans.yaml');
    expect(checkPublished(without, published).problems).toEqual([
      'three-plans version 1 was published and must not go: end it instead',
    ]);
    const from = 'effectiveFrom: 2026-01-01';
    const ended = changed(
      demonstration,
      'policy/discount-three-plans.yaml',
      from,
      `${from}\neffectiveTo: 2027-01-01`,
    );
    expect(checkPublished(ended, published).problems).toEqual([]);
  });

  it('come onto the list once they are written', () => {
    const { 'billing@1': _, ...fewer } = published;
    expect(checkPublished(demonstration, fewer)).toEqual({ versions: published, problems: [] });
  });
});
