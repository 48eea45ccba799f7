import {
  changed,
  examples,
  fileAt,
  offerWith,
  problemsOf,
  tableOf,
  withExamples as all,
} from '../test/document-files.adapter';
import type { DocumentFile } from './read-documents';

/** Example | what is there | what the author wrote instead | field | message. */
const mistakes = tableOf(`
  price-linear.yaml | price: 0.15 per min | prise: 0.15 per min | tariffs[0].prices[0].prise | unknown field
  price-linear.yaml | price: 0.15 per min | atMost: 1.00 per min | tariffs[0].prices[0].price | needs what usage costs
  price-linear.yaml | price: 0.15 per min | price: 0.15 per KB | tariffs[0].prices[0].price | voice is not priced by this unit
  price-linear.yaml | counted: 30+6 s | counted: 30+0 s | tariffs[0].prices[0].counted | must be increments
  price-linear.yaml | free: 10 min | free: 10 MB | tariffs[0].prices[0].free | voice is not priced by this unit
  price-linear.yaml | roundEach: 2 decimals | roundEach: 2 | tariffs[0].prices[0].roundEach | must be a rounding such as
  price-block.yaml | price: 0.03 per MB | package: { price: 0.03 per MB, begun: free } | tariffs[0].prices[0].atMost | goes with a price per unit
  price-per-event.yaml | minimumSpend: 1.00 | minimumSpend: 30.00 | tariffs[0].prices[0].minimumSpend | is more than the most that a period costs
  price-per-event.yaml | maximumSpend: 20.00 | maximumSpend: 20.00, | tariffs[0].prices[0].maximumSpend | must be a number
  price-per-event.yaml | minimumSpend: 1.00 | stopAt: 10.00 | tariffs[0].prices[0].maximumSpend | does not go with stopAt
  price-per-event.yaml | price: 0.10 per event | dynamic: { times: 2 } | tariffs[0].prices[0].dynamic | only content has
  price-package.yaml | 5.00 per 100 MB | 5.00 per event | tariffs[0].prices[0].package.price | must be a price per unit
  price-package.yaml | begun: charged | begun: paid | tariffs[0].prices[0].package.begun | must be charged or free
  price-graduated.yaml | upTo: 500 min | upTo: 50 min | tariffs[0].prices[0].graduated[1].upTo | must be more than that of the tier before
  price-graduated.yaml | upTo: 500 min, | | tariffs[0].prices[0].graduated[1].upTo | only the last tier is open
  price-graduated.yaml | price: 0.05 per min, | upTo: 900 min, price: 0.05 per min, | tariffs[0].prices[0].graduated[2].upTo | the last tier is open
  price-volume.yaml | volume: | graduated: [{ price: 1.00 per MB }]\\n        volume: | tariffs[0].prices[0].volume | only one of these
  price-percentage.yaml | percent: 3 % | percent: 300 % | tariffs[0].prices[0].percentage.percent | must be more than 0 and at most 100
  price-percentage.yaml | atLeast: 0.10 | atLeast: 10.00 | tariffs[0].prices[0].percentage.atLeast | is more than atMost
  price-graduated-percentage.yaml | upTo: 1000.00 | upTo: 1000 items | tariffs[0].prices[0].graduatedPercentage[0].upTo | must be a number
  price-by-zone-and-time.yaml | zonePlan: example-zones | zonePlan: zones | tariffs[0].prices[0].zonePlan | unknown zone plan zones
  price-by-zone-and-time.yaml | calendar: example-hours | calendar: hours | tariffs[0].prices[0].calendar | unknown calendar hours
  price-by-zone-and-time.yaml | zone: hong-kong | zone: macao | tariffs[0].prices[0].rates[2].zone | the zone plan example-zones has no zone macao
  price-by-zone-and-time.yaml | band: evening | band: night | tariffs[0].prices[0].rates[0].band | the calendar example-hours has no band night
  price-by-zone-and-time.yaml | zonePlan: example-zones | | tariffs[0].prices[0].rates[0].zone | needs a zonePlan
  price-by-zone-and-time.yaml | zone: home, band: evening, | | tariffs[0].prices[0].rates[1] | is never reached: rates[0] fits all of it
  price-by-zone-and-time.yaml | from: 0 s | from: 1 s | tariffs[0].prices[0].rates[2].steps[0].from | the first step begins at 0
  price-by-zone-and-time.yaml | from: 180 s | from: 0 s | tariffs[0].prices[0].rates[2].steps[1].from | must be more than that of the step before
  price-dated.yaml | to: 2027-01-01 | to: 2026-12-01 | tariffs[0].prices[1].inForce.from | leaves sms without a price from 2026-12-01
  price-dated.yaml | to: 2027-01-01 | to: 2027-02-01 | tariffs[0].prices[1].inForce.from | overlaps prices[0], which ends 2027-02-01
  price-dated.yaml | , to: 2027-01-01 | | tariffs[0].prices[1].inForce.from | overlaps prices[0], which has no end
  price-dated.yaml | inForce: { from: 2027-01-01 } | | tariffs[0].prices[1] | sms has several prices: messages needs inForce
  price-dated.yaml | inForce: { from: 2027-01-01 } | inForce: { from: 2027-01-01, to: 2028-01-01 } | tariffs[0].prices[1].inForce.to | leaves sms without a price from 2028-01-01 on
  specification.yaml | bands: [evening] | bands: [noon] | offers[0].allowances.night-data | is limited to the band noon
  specification.yaml | zones: [hong-kong] | zones: [macao] | offers[0].allowances.hong-kong | is limited to the zone macao
  specification.yaml | takenIn: 1 min | takenIn: 1 GB | offers[0].allowances.hong-kong | must be in the unit of voice
  specification.yaml | atMost: 20 GB | atMost: 20 min | offers[0].allowances.data | must be in the unit of data
  offer.yaml | membersAtMost: { data: 10 GB } | membersAtMost: { date: 10 GB } | offers[0].membersAtMost.date | there is no allowance date here
  offer.yaml | membersAtMost: { data: 10 GB } | membersAtMost: { messages: 5 messages } | offers[0].membersAtMost.messages | nobody shares it
  offer.yaml | usage: example-plan | usage: example-plan\\n    validFor: 30 days | offers[0].allowances.data | rolls over, so it cannot have validFor
  offer.yaml | hong-kong: 60 min | constructor: 60 min | offers[0].allowances.constructor | has no allowance constructor
  add-on-pack.yaml | validFor: 30 days | validFor: a month | offers[0].validFor | must be such as 30 days
  add-on-pack.yaml | allowances: { data: 10 GB } | | offers[0].validFor | needs allowances
  contract.yaml | takesPlaceOf: [example-one-year] | takesPlaceOf: [one-year] | offers[1].contract.takesPlaceOf[0] | there is no contract one-year
  contract.yaml | takesPlaceOf: [example-one-year] | takesPlaceOf: [example-two-years] | offers[1].contract.takesPlaceOf[0] | is the contract itself
  contract.yaml | takesPlaceOf: [example-one-year] | takesPlaceOf: [example-one-year, iptv-year] | offers[1].contract.takesPlaceOf[1] | there is no contract iptv-year
  price-change.yaml | specification: iptv } | specification: ip-tv } | offers[0].priceChanges[0].of.specification | unknown specification ip-tv
  price-change.yaml | offer: broadband-second-line | offer: broadband-third-line | offers[0].priceChanges[1].of.offer | unknown offer broadband-third-line
  price-change.yaml | price: monthly-fee | price: yearly-fee | offers[0].priceChanges[0].price | has a price yearly-fee
  price-change.yaml | percentLess: 10 % | | offers[0].priceChanges[1].to | needs either to or percentLess
  price-change.yaml | of: { specification: iptv } | of: {} | offers[0].priceChanges[0].of | needs either an offer or a specification
  zone-plan.yaml | prefixes: [00] | prefixes: [+00] | zones[2].prefixes[0] | must be digits such as 8613
  zone-plan.yaml | prefixes: [00] | prefixes: [00, 00852] | zones[2].prefixes[1] | 00852 is already in the zone hong-kong
  zone-plan.yaml | code: abroad | code: home | zones[2].code | home is there twice
  calendar.yaml | 2026-02-15 to 2026-02-23 | 2026-02-23 to 2026-02-15 | holidays[1] | must be a day such as
  calendar.yaml | 2026-01-01, | 2026-02-16, | holidays | 2026-02-16 is there twice
  calendar.yaml | [Mon-Fri], from: 21:00, to: 08:00 | [every day], from: 00:00, to: 24:00 | bands[2] | evening-free is never reached
  calendar.yaml | days: [Mon-Fri] | days: [Fri-Mon] | bands[1].days[0] | must be days such as Mon
  calendar.yaml | from: 21:00 | from: 9pm | bands[1].from | must be a time such as 21:30
  calendar.yaml | monthDays: [8] | monthDays: [32] | bands[0].monthDays[0] | must be 1 to 31
  discount.yaml | takes: 30.00 | takes: much | takes | must be a share such as 10 % or yuan
  discount.yaml | - totalAtLeast: 200.00 | - totalAtLeast: 200.00\\n    owns: [broadband] | when[1] | must be one of owns, ownsAtLeast, totalAtLeast
  discount.yaml | broadband] | wideband] | when[0].owns[1] | unknown specification wideband
  discount.yaml | chargeClasses: [plan fee] | chargeClasses: [fees] | on.chargeClasses[0] | unknown charge class fees
`).map(([path = '', from = '', to = '', field = '', message = '']) => ({ path, from, to, field, message }));

describe('a tariff with a mistake', () => {
  it.each(mistakes)('in $path, $from → $to: $field $message', ({ path, from, to, field, message }) => {
    const given = changed(all, path, from, to.replaceAll('\\n', '\n'));
    const problems = problemsOf(given);
    expect(problems).toContainEqual(
      expect.objectContaining({ field, message: expect.stringContaining(message) as string }),
    );
    const { line, file } = problems.find((problem) => problem.field === field) ?? { line: 0, file: '' };
    expect(fileAt(given, file).text.split('\n').length).toBeGreaterThanOrEqual(line);
  });

  it('is a contract that takes the place of one of another product', () => {
    const { text } = fileAt(all, 'contract.yaml');
    const one = text.slice(0, text.indexOf('  - code: example-two-years'));
    const characteristics = '    characteristics: { downMbit: 500, upMbit: 50 }\n';
    const ofTelevision = one.replace('specification: broadband\n', 'specification: iptv\n');
    expect(problemsOf(changed(all, 'contract.yaml', one, ofTelevision.replace(characteristics, '')))).toEqual(
      [
        expect.objectContaining({
          field: 'offers[1].contract.takesPlaceOf[0]',
          message: 'no offer of broadband has the contract example-one-year',
        }),
      ],
    );
  });

  it('is told with every other one, in order', () => {
    const text = fileAt(all, 'price-by-zone-and-time.yaml')
      .text.replace('zone: hong-kong', 'zone: macao')
      .replace('band: evening', 'band: night')
      .replace('from: 180 s', 'from: 0 s');
    const given = all.map((file) =>
      file.path.endsWith('price-by-zone-and-time.yaml') ? { ...file, text } : file,
    );
    const lineOf = (part: string) => text.slice(0, text.indexOf(part)).split('\n').length;
    expect(problemsOf(given).map(({ line }) => line)).toEqual([
      lineOf('band: night'),
      lineOf('zone: macao'),
      lineOf('from: 0 s, price: 0.49'),
    ]);
  });

  it('sees versions of a policy that overlap or leave a gap', () => {
    const next = (from: string): DocumentFile => ({
      path: 'policy/zones-2.yaml',
      text: fileAt(examples, 'zone-plan.yaml')
        .text.replace('version: 1', 'version: 2')
        .replace('2026-01-01', from),
    });
    const ended = (to: string) =>
      changed(all, 'zone-plan.yaml', 'version: 1', `version: 1\neffectiveTo: ${to}`);
    expect(problemsOf([...ended('2027-01-01'), next('2027-01-01')])).toEqual([]);
    expect(problemsOf([...ended('2027-01-01'), next('2027-02-01')])[0]?.message).toMatch(
      /leaves a gap after version 1/,
    );
    expect(problemsOf([...ended('2027-01-01'), next('2026-06-01')])[0]?.message).toMatch(
      /overlaps version 2/,
    );
  });

  it('refuses an offer on sale before its tariff has a price', () => {
    const late = changed(all, 'price-dated.yaml', 'from: 2026-01-01', 'from: 2026-03-01');
    expect(problemsOf([...late, offerWith('example-dated')])).toContainEqual(
      expect.objectContaining({
        field: 'offers[0].usage',
        message: 'the tariff example-dated has no price for sms before 2026-03-01',
      }),
    );
  });
});
