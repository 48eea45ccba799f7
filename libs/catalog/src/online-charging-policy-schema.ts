import { z } from 'zod';
import { code, decimal, LIST_LIMIT, text, usageClass, wholeNumber } from './authored-values';
import { policyHead } from './policy-head';

const quantity = wholeNumber(1, 999_999_999).transform(String);
const usage = usageClass.describe('The usage class.');
const secondsOrNone = (most: number) =>
  z.union(
    [z.literal('none').transform(() => null), wholeNumber(1, most)],
    'must be a whole number of seconds, or none',
  );

/** Yuan for one unit; bounded, so that no session's total leaves what can be stored. */
const EACH_LIMIT = 10_000;
const unitAmount = decimal.refine(
  (value) => Number(value) > 0 && Number(value) <= EACH_LIMIT,
  `must be more than 0 and at most ${EACH_LIMIT}`,
);

const ratingGroup = z
  .strictObject({
    ratingGroup: wholeNumber(0, 4_294_967_295).describe('As the network names it.'),
    usage,
    each: unitAmount
      .optional()
      .describe(
        'Content: what its provider has priced one unit at; percentage and dynamic prices of offers are of it.',
      ),
  })
  .refine(({ usage: usageOf, each }) => each === undefined || usageOf === 'content', {
    path: ['each'],
    message: 'only content is priced by its provider',
  })
  .transform(({ usage: usageOf, each, ...rest }) => ({
    ...rest,
    usageClass: usageOf,
    ...(each === undefined ? {} : { each }),
  }));

const grantSize = z
  .strictObject({
    usage,
    first: quantity.describe('Granted before a pace is known: octets, seconds, messages or items.'),
    minimum: quantity.describe('Not less than this, while it is there.'),
    maximum: quantity.describe('Not more than this.'),
  })
  .transform(({ usage: usageOf, ...rest }) => ({ ...rest, usageClass: usageOf }));

const finalUnit = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('TERMINATE').describe('The network ends the service.') }),
  z.strictObject({
    action: z.literal('REDIRECT').describe('The network leads the user elsewhere, such as to a top-up page.'),
    addressType: z.enum(['IPV4', 'IPV6', 'URL', 'URI']).describe('What the address is.'),
    address: text.describe('Where to.'),
  }),
  z.strictObject({
    action: z.literal('RESTRICT_ACCESS').describe('The network lets through what its filters allow.'),
    filterIds: z.array(code).max(LIST_LIMIT).describe('Names of filters of the network.'),
  }),
]);

/** How sessions of the network are charged online. */
export const onlineChargingSchema = z.strictObject({
  kind: z.literal('online-charging').describe('What the file is.'),
  ...policyHead,
  ratingGroups: z
    .array(ratingGroup)
    .max(LIST_LIMIT)
    .default([])
    .describe('What rating groups are used for; others: calls and messages as the request shows, else data.'),
  validitySeconds: wholeNumber(60, 86_400).describe(
    'How long a grant holds; a session that is silent for longer gives back what it reserved.',
  ),
  quotaHoldingSeconds: secondsOrNone(86_400).describe(
    'After so long without use the network gives quota back; or none.',
  ),
  grants: z
    .array(grantSize)
    .max(10)
    .default([])
    .describe('How much is granted where the network asks for no number.'),
  grantLastsSeconds: wholeNumber(1, 86_400).describe('A grant shall last about so long at the present pace.'),
  shareOfFreePercent: wholeNumber(1, 100).describe(
    'One grant takes so many percent of what is left, at most.',
  ),
  thresholdPercent: z
    .union([z.literal('none').transform(() => null), wholeNumber(1, 99)], 'must be a percentage, or none')
    .describe('The network asks again when so many percent of a grant are left; none: when it is used up.'),
  finalUnit: finalUnit.describe('What the network does when the last grant is used up.'),
  spendCap: z
    .strictObject({
      amount: decimal.describe('Yuan of usage.'),
      per: z.enum(['period', 'day']).describe('Counted for a bill period or a local day.'),
    })
    .optional()
    .describe(
      'What every product may spend, unless it has a cap of its own; then nothing that costs is granted.',
    ),
  notifyHosts: z
    .array(text)
    .max(LIST_LIMIT)
    .default([])
    .describe(
      'Hosts that may be called at the notifyUri of sessions: `smf.example`, `10.0.0.8:8080`, `*.5gc.example`; `h2c://…`: over HTTP/2 without encryption.',
    ),
});
