import { changed, demonstration, problemsOf } from '../test/document-files.adapter';
import { pack, plan, tariff, voiceOf, withVoice } from '../test/voice-documents.adapter';
import type { DocumentFile } from './read-documents';

/** A price uses only allowances in what it counts: offers of mobile-main count minutes, prepaid-8 counts seconds. */

const sold = (...offers: string[]): DocumentFile => ({
  path: 'catalog/sold.yaml',
  text: ['offers:', ...offers, ''].join('\n'),
});
const messagesOf = (files: readonly DocumentFile[]) =>
  problemsOf(files).map(({ field, message }) => `${field}: ${message}`);

describe('an allowance of voice of a pack', () => {
  const beside = (requires: string, voice: string) => [...withVoice, sold(pack({ requires, voice }))];

  it.each([
    ['mobile-main', '100 min', 'minute', '100'],
    ['mobile-prepaid', '6000 s', 'second', '6000'],
    ['mobile-prepaid', '90 s', 'second', '90'],
  ])('beside %s of %s is %s: %s', (requires, voice, unit, quantity) => {
    expect(voiceOf('voice-pack', beside(requires, voice))).toMatchObject({ unit, quantity });
  });

  it.each([
    ['mobile-prepaid', '100 min', /^is in minutes, .* beside prepaid-8, .* in seconds: write 6000 s$/],
    ['mobile-main', '6000 s', /^is in seconds, .* beside mobile-5g-129, .* in minutes: write 100 min$/],
    ['mobile-main', '90 s', /in minutes: write whole minutes$/],
    ['mobile-main, mobile-prepaid', '100 min', /beside prepaid-8, .*: sell another of 6000 s there, /],
  ])('beside %s of %s would never be used', (requires, voice, message) => {
    expect(problemsOf(beside(requires, voice))).toMatchObject([
      { field: 'offers[0].allowances.voice', message: expect.stringMatching(message) as string },
    ]);
  });

  it('is mended by a later version, and is right where one offer of a kind counts so', () => {
    const first = pack({ requires: 'mobile-prepaid', voice: '100 min', to: '2026-07-01' });
    const next = { requires: 'mobile-prepaid', voice: '6000 s', version: 2, from: '2026-07-01' };
    expect(problemsOf([...withVoice, sold(first, pack({ ...next, corrects: 1 }))])).toEqual([]);
    expect(problemsOf([...withVoice, sold(first, pack(next))])).toHaveLength(1);
    const minutes = plan({ specification: 'mobile-prepaid', usage: 'mobile-national' });
    expect(problemsOf([...withVoice, sold(first, minutes)])).toEqual([]);
  });
});

describe('an allowance of voice beside prices of its own offer', () => {
  const halves = ['inForce: { from: 2026-01-01, to: 2026-07-01 }', 'inForce: { from: 2026-07-01 }'];
  const dated = (first: string, then: string) =>
    tariff('dated', `${first}, ${halves[0]}`, `${then}, ${halves[1]}`);
  const planFrom = (from: string) =>
    sold(plan({ specification: 'mobile-main', usage: 'dated', voice: '100 min', from }));
  const mixed = dated('price: 0.15 per min, counted: 60+60 s', 'price: 0.15 per min, counted: 30+6 s');

  it('is refused where they count both minutes and seconds', () => {
    expect(messagesOf([...withVoice, mixed, planFrom('2026-01-01')])).toEqual([
      'offers[0].allowances.voice: calls from 2026-01-01 of voice-plan version 1 counts minutes and calls from ' +
        '2026-07-01 of voice-plan version 1 counts seconds, and only one of them would use it: let both count the ' +
        'same: seconds with rates in place of price, or whole minutes in both; or leave one out',
    ]);
  });

  it('is in seconds where both count them, or the one in minutes ended before', () => {
    const rates = dated(
      'rates: [{ price: 0.15 per min }], counted: 60+60 s',
      'price: 0.15 per min, counted: 30+6 s',
    );
    const inSeconds = { unit: 'second', quantity: '6000' };
    expect(voiceOf('voice-plan', [...withVoice, rates, planFrom('2026-01-01')])).toMatchObject(inSeconds);
    expect(voiceOf('voice-plan', [...withVoice, mixed, planFrom('2026-07-01')])).toMatchObject(inSeconds);
  });

  it('is refused where the price in its unit ended before', () => {
    const backwards = dated(
      'rates: [{ price: 0.15 per min }], counted: 60+60 s',
      'price: 0.15 per min, counted: 60+60 s',
    );
    expect(messagesOf([...withVoice, backwards, planFrom('2026-07-01')])).toEqual([
      expect.stringContaining('counts minutes and calls from 2026-01-01'),
    ]);
  });

  it('is no matter without one', () => {
    const without = sold(plan({ specification: 'mobile-main', usage: 'dated' }));
    expect(problemsOf([...withVoice, mixed, without])).toEqual([]);
  });

  it('caps members in whole minutes', () => {
    const capped = (cap: string) =>
      sold(plan({ specification: 'mobile-main', usage: 'mobile-national', voice: '100 min', cap }));
    expect(messagesOf([...withVoice, capped('90 s')])).toEqual([
      'offers[0].membersAtMost.voice: must be whole minutes, as the tariff counts',
    ]);
    expect(voiceOf('voice-plan', [...withVoice, capped('120 s')])).toMatchObject({ memberCap: '2' });
    const sale = { specification: 'mobile-main', usage: 'mobile-national', voice: '100 min' };
    const first = plan({ ...sale, cap: '90 s', to: '2026-07-01' });
    const next = { ...sale, cap: '120 s', version: 2, from: '2026-07-01' };
    expect(messagesOf([...withVoice, sold(first, plan({ ...next, corrects: 1 }))])).toEqual([]);
    expect(messagesOf([...withVoice, sold(first, plan(next))])).toHaveLength(1);
  });
});

describe('an allowance of voice of a bundle', () => {
  const seconds = tariff('by-second', 'price: 0.15 per min, counted: 30+6 s');
  const versions = (from: string) =>
    sold(
      plan({ specification: 'mobile-main', usage: 'by-second', to: from }),
      plan({ specification: 'mobile-main', usage: 'mobile-national', version: 2, from }),
    );
  const bundled = (to: string): DocumentFile => ({
    path: 'catalog/voice-bundle.yaml',
    text: `bundles:
  - code: voice-bundle
    version: 1
    name: { en: Voice bundle, zh-CN: 语音融合 }
    sale: { from: 2026-01-01${to} }
    members:
      - { role: main, offer: voice-plan, count: 1 }
      - { role: broadband, offer: broadband-line, count: 1 }
    holdsWhile: [voice-plan]
    allowances:
      - { member: voice-plan, includes: { voice: 100 min }, afterEnd: ends }
`,
  });

  it('is refused where versions of its member count both', () => {
    expect(messagesOf([...withVoice, seconds, versions('2026-07-01'), bundled('')])).toEqual([
      expect.stringMatching(
        /^bundles\[0\]\.allowances\[0\]\.includes\.voice: voice-out of voice-plan version 2 counts minutes and calls of voice-plan version 1 counts seconds/,
      ),
    ]);
  });

  it('is in what the version counts that mends the other', () => {
    const mended = versions('2026-07-01');
    const text = mended.text.replace('version: 2\n', 'version: 2\n    corrects: 1\n');
    const files = [...withVoice, seconds, { ...mended, text }, bundled('')];
    expect(voiceOf('voice-bundle', files)).toMatchObject({ unit: 'minute', quantity: '100' });
  });

  it('is refused where whoever has what it mends has a version that counts otherwise', () => {
    const first = bundled(', to: 2026-07-01');
    const next = bundled('').text.replace('bundles:\n', '').replace('from: 2026-01-01', 'from: 2026-07-01');
    const files = (corrects: string) => [
      ...[...withVoice, seconds, versions('2026-07-01')],
      { ...first, text: first.text + next.replace('version: 1\n', `version: 2\n${corrects}`) },
    ];
    expect(messagesOf(files(''))).toEqual([]);
    expect(messagesOf(files('    corrects: 1\n'))).toEqual([
      expect.stringMatching(
        /^bundles\[1\]\.allowances\[0\]\.includes\.voice: .* counts minutes and .* counts seconds/,
      ),
    ]);
  });

  it('is in what the versions count that are sold with it', () => {
    const files = [...withVoice, seconds, versions('2026-07-01'), bundled(', to: 2026-07-01')];
    expect(voiceOf('voice-bundle', files)).toMatchObject({ unit: 'second', quantity: '6000' });
  });
});

describe('units of voice with a top-up', () => {
  const given = (quantity: string, files: readonly DocumentFile[]) =>
    changed(
      files,
      'policy/balance.yaml',
      'notices:\n',
      `  units:
    - code: talk
      label: { en: Talk, zh-CN: 通话 }
      from: 50.00
      usage: [voice]
      quantity: ${quantity}
      validDays: 30
notices:
`,
    );
  const prepaid = ['catalog/mobile-prepaid.yaml', 'catalog/prepaid-tariff.yaml'];
  const onlyMinutes = demonstration.filter(({ path }) => !prepaid.includes(path));

  it('are refused where no offer counts so', () => {
    expect(problemsOf(given('100 min', demonstration))).toEqual([]);
    expect(problemsOf(given('6000 s', demonstration))).toEqual([]);
    expect(messagesOf(given('6000 s', onlyMinutes))).toEqual([
      expect.stringMatching(/^topUp\.units\[0\]\.quantity: is in seconds, .*: write 100 min$/),
    ]);
  });
});
