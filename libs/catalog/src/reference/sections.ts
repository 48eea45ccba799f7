import type { z } from 'zod';
import { allowanceRules } from '../allowance-schema';
import { bundleSchema, offerSchema, specificationSchema } from '../offer-schema';
import { rateSchema, tariffSchema, usagePriceSchema } from '../usage-price-schema';

/** A section of the reference: what it is about, its fields, and examples by the name of their file. */
export interface ReferenceSection {
  title: string;
  prose: string;
  schema: z.ZodType;
  examples: string[];
  /** Said after the table. */
  notes?: string;
}

/** What a file in `catalog/` may hold, in the order in which one writes it. */
export const catalogSections: ReferenceSection[] = [
  {
    title: 'an offer',
    prose: 'Under `offers`: what is sold by itself.',
    schema: offerSchema,
    examples: ['offer', 'add-on-pack', 'price-change', 'contract'],
    notes:
      'A pack with `usage: as main card` joins the card group of the main card that it is bought for, so that its ' +
      'shared allowance is used there. Allowances count voice in minutes where the tariff does, and in seconds where the ' +
      'tariff has something that is not whole minutes, or rates; a tariff whose prices count both does not go with one. A ' +
      'pack, a sub card and whatever else has no prices for voice counts in what is written: `min` in minutes, `s` in ' +
      'seconds. It is used only beside a main card that counts so, and refused where no offer of a specification that it ' +
      '`requires` does; where some count minutes and some seconds, it takes two packs. A contract begins where a product begins to be held on an offer with it ' +
      'and goes on through offers with the same contract. Months are counted by the day of the month on which it began; ' +
      'benefits are counted in bill periods, part periods by days.',
  },
  {
    title: 'a specification',
    prose:
      'Under `specifications`: what all offers of a kind share. The provisioning policy must say which tasks it takes.',
    schema: specificationSchema,
    examples: ['specification'],
  },
  {
    title: 'an allowance',
    prose:
      'Under `allowances` of a specification, by name. An allowance that is limited to zones or bands is used for the ' +
      'parts of an event that fall there; the price of that usage must be by `rates` with such a zone plan or calendar.',
    schema: allowanceRules,
    examples: [],
  },
  {
    title: 'a tariff',
    prose: 'Under `tariffs`: what usage costs beyond the allowances.',
    schema: tariffSchema,
    examples: [],
  },
  {
    title: 'a usage price',
    prose:
      'Under `prices` of a tariff. Exactly one of `price`, `package`, `graduated`, `volume`, `percentage`, ' +
      '`graduatedPercentage`, `dynamic` and `rates` says what usage costs. Amounts of a period are those of its counter.',
    schema: usagePriceSchema,
    examples: [
      'price-linear',
      'price-block',
      'price-per-event',
      'price-package',
      'price-graduated',
      'price-volume',
      'price-percentage',
      'price-graduated-percentage',
      'price-dynamic',
      'price-dated',
    ],
  },
  {
    title: 'a rate',
    prose:
      'Under `rates` of a usage price. Zones are found by the longest prefix of the other number, bands by local time; ' +
      'zone plan and calendar are those in force when the usage starts. A rate behind one that fits all of it is refused.',
    schema: rateSchema,
    examples: ['price-by-zone-and-time'],
  },
  {
    title: 'a bundle',
    prose: 'Under `bundles`: several products under one price.',
    schema: bundleSchema,
    examples: ['bundle'],
    notes:
      'The bundle holds from when all of `holdsWhile` are active until the end of the bill period in which one is lost. ' +
      'While it holds, `prices` replace fees of members and `allowances` are granted by the rules of the specification of the ' +
      'member, in place of those that they replace. `afterEnd: stays` goes on after the bundle has ended, for as long as ' +
      'the member is active.',
  },
];

/** What a kind of policy is for, and its example. */
export const policyProse: Readonly<Record<string, { prose: string; example?: string }>> = {
  tax: {
    prose:
      'Tax classes with rates by date of service. Rates of a class leave no gap; every class that an offer uses needs a ' +
      'rate from the first day of its sale.',
  },
  rounding: { prose: 'What the engine does. Other values are refused.' },
  billing: {
    prose:
      'When a run may start, when a bill is due, bill numbers, and the charge classes in the order in which a bill shows them.',
  },
  ordering: { prose: 'Numbers on one identity document, and how long stock is held.' },
  inventory: { prose: 'How long a released number rests.' },
  'usage-source': { prose: 'How the records of a usage source are read.' },
  provisioning: {
    prose:
      'From a specification to its tasks. `{productId}`, stock and characteristics may be used in `path` and `sends`.',
  },
  'online-charging': {
    prose: 'How usage is granted while it goes on: quotas, their validity, what happens at the end of funds.',
  },
  'bill-delivery': {
    prose: 'How bills reach customers, how often it is tried, and who sells on tax invoices.',
  },
  balance: {
    prose:
      'Spendable money: credit, top-ups, notices, prepaid fees. Units of voice are used by prices that count in what is ' +
      'written, minutes or seconds.',
  },
  'zone-plan': {
    prose:
      'Destinations by the beginnings of numbers, as usage records carry them. A version is in force from the first day ' +
      'on which an offer with such a price is sold, for as long as the price is and one is sold: usage on other days could not be rated.',
    example: 'zone-plan',
  },
  calendar: {
    prose:
      'Holidays and times of day. A band that the bands before it always hide is refused; where none fits, only rates ' +
      'without a band apply. It is in force as long as a zone plan has to be.',
    example: 'calendar',
  },
  discount: {
    prose: 'What an account or a balance group gets off a bill period for what it owns and owes.',
    example: 'discount',
  },
  'number-grade': {
    prose: 'What sought-after numbers must spend in a bill period; what is missing is a line of the bill.',
    example: 'number-grade',
  },
  'bank-statement': {
    prose: 'How a bank writes its statements, and by what transfers find the account that they are for.',
  },
  dunning: {
    prose:
      'What becomes of accounts that do not pay in time, by service class, and the late fee. Stops before 30 days overdue ' +
      'and terminations before 60 more days stopped are refused for fixed lines, broadband and IPTV.',
  },
};
