import {
  amountFromDecimal,
  amountToDecimal,
  amountToMoney,
  moneyFromDecimal,
  sumAmounts,
} from '@ronghe/kernel';
import { quantityInWords } from '@ronghe/rating';
import type { UsageUnit } from '@ronghe/contracts';
import { counted } from './counted';

/** What a command asks of a usage. */
export const USAGE_FIELDS = `accountId recomputed matches awaitsRerating
  usage { usageId source recordId card period usageClass usedAt peer quantity unit unitsTotal unitsCharged chargeCode
    amount zeroedByCap late revision }
  price { soldOfferingCode soldOfferingVersion offeringCode offeringVersion chargeCode pricedByCard counterKey
    label(language: $language) reason(language: $language) policies { kind code version } }
  parts { zone band step unitsTotal unitsCharged amount }
  sources { bucket label(language: $language) units origin rank ownerCard memberCap sharedBy sharingCap
    offeringCode offeringVersion }
  steps { op result text(language: $language) }`;

/** What a command asks of a bill line. */
export const LINE_FIELDS = `recomputed matches eventCount
  line { id card chargeClass label(language: $language) servicePeriod amount discount net taxPercent tax
    explanation { steps { op result text(language: $language) } } }
  references { kind priceCode offeringCode offeringVersion }
  events { usageId recordId usedAt amount text }`;

interface Step {
  op: string;
  result: string;
  text: string;
}

export interface ExplainedUsage {
  accountId: string;
  recomputed: string;
  matches: boolean;
  awaitsRerating: boolean;
  usage: Record<
    'usageId' | 'source' | 'recordId' | 'card' | 'period' | 'usageClass' | 'usedAt' | 'quantity',
    string
  > &
    Record<'unitsTotal' | 'unitsCharged' | 'amount' | 'chargeCode', string> & {
      unit: Uppercase<UsageUnit>;
      peer: string | null;
      zeroedByCap: boolean;
      late: boolean;
      revision: number;
    };
  price: Record<
    'offeringCode' | 'chargeCode' | 'pricedByCard' | 'counterKey' | 'label' | 'reason',
    string
  > & {
    offeringVersion: number;
    policies: { kind: string; code: string; version: number }[];
  };
  parts: Record<'zone' | 'band' | 'step' | 'unitsTotal' | 'unitsCharged' | 'amount', string>[];
  sources: (Record<'bucket' | 'label' | 'units' | 'origin' | 'rank' | 'offeringCode', string> & {
    ownerCard: string | null;
    memberCap: string | null;
    sharedBy: string | null;
    sharingCap: string | null;
    offeringVersion: number;
  })[];
  steps: Step[];
}

export interface ExplainedLine {
  recomputed: string;
  matches: boolean;
  eventCount: number | null;
  line: Record<'card' | 'chargeClass' | 'label' | 'servicePeriod' | 'amount' | 'discount' | 'net', string> &
    Record<'taxPercent' | 'tax', string> & { explanation: { steps: Step[] } };
  references: {
    kind: string;
    priceCode: string | null;
    offeringCode: string | null;
    offeringVersion: number | null;
  }[];
  events: { usageId: string; recordId: string; usedAt: string; amount: string; text: string }[];
}

/** The chain from a usage to its amount, indented. */
export function usageText({ usage, price, parts, sources, steps, ...more }: ExplainedUsage): string {
  const flags = [
    usage.late && 'late',
    usage.zeroedByCap && 'cap reached',
    usage.revision > 1 && `revision ${usage.revision}`,
    more.awaitsRerating && 'waits to be re-rated',
  ].filter(Boolean);
  const units = (count: string) => inWords(usage.unit, count);
  return [
    `usage ${usage.usageId}: ${usage.amount}${flags.length > 0 ? ` (${flags.join(', ')})` : ''}`,
    `  ${usage.usageClass.toLowerCase()} by ${usage.card} at ${usage.usedAt}${usage.peer ? ` to ${usage.peer}` : ''}, ` +
      `${inWords(measureOf(usage), usage.quantity)} measured, ${inWords(usage.unit, usage.unitsTotal)} counted; ${usage.source} ${usage.recordId}, period ${usage.period}`,
    `  price ${price.chargeCode} (${price.label}) of ${price.offeringCode} version ${price.offeringVersion}`,
    `    ${price.reason}`,
    ...price.policies.map(({ kind, code, version }) => `    ${kind} ${code} version ${version}`),
    ...parts
      .filter(({ zone, band, step }) => zone !== '' || band !== '' || step !== '')
      .map((part) => {
        const place = [part.zone, part.band, part.step].map((text) => text || '-').join(' / ');
        return `  part ${place}: ${units(part.unitsTotal)} counted, ${units(part.unitsCharged)} charged: ${part.amount}`;
      }),
    ...sources.map((source) => sourceText(source, units)),
    ...steps.map(({ text }) => `  = ${text}`),
    `  recomputed ${more.recomputed}${more.matches ? '' : ', which differs'}`,
  ].join('\n');
}

/** The chain from a bill line to the usage behind it, indented. */
export function billLineText(
  { line, references, events, eventCount, recomputed, matches }: ExplainedLine,
  usages: readonly ExplainedUsage[],
): string {
  const shown = new Map(usages.map((usage) => [usage.usage.usageId, usageText(usage)]));
  return [
    `${line.label} (${line.card || 'account'}, ${line.chargeClass}, ${line.servicePeriod}): ` +
      `${line.amount} - ${line.discount} = ${line.net}, of which ${line.taxPercent} % tax ${line.tax}`,
    ...references.map(({ kind, priceCode, offeringCode, offeringVersion }) =>
      offeringCode === null
        ? `  ${kind.toLowerCase()}`
        : `  ${kind.toLowerCase()} ${priceCode ?? ''} of ${offeringCode} version ${offeringVersion ?? ''}`,
    ),
    ...line.explanation.steps.map(({ text }) => `  = ${text}`),
    `  recomputed ${recomputed}${matches ? '' : ', which differs'}`,
    ...(eventCount === null || eventCount > 0
      ? [`  ${eventCount === null ? 'unknown events' : counted(eventCount, 'event')}:`]
      : []),
    ...events.map(({ usageId, usedAt, recordId, amount, text }) => {
      const explained = shown.get(usageId);
      return explained === undefined
        ? `    ${usedAt} ${recordId} ${amount}: ${text}`
        : explained.replace(/^/gm, '    ');
    }),
    ...(eventCount !== null && eventCount > events.length
      ? [`    … and ${eventCount - events.length} more`]
      : []),
    ...(eventCount === events.length ? elsewhere(line.amount, references, events) : []),
  ].join('\n');
}

/** Says so where usage comes to something else than its line: it was re-rated or came late, and another bill has the rest. */
function elsewhere(
  amount: string,
  references: ExplainedLine['references'],
  events: ExplainedLine['events'],
): string[] {
  const sum = sumAmounts(events.map((event) => amountFromDecimal(event.amount)));
  const isUsage = references.length > 0 && references.every(({ kind }) => kind === 'USAGE');
  if (!isUsage || amountToMoney(sum) === moneyFromDecimal(amount)) return [];
  return [
    `  as they are rated now its events come to ${amountToDecimal(sum)}: what differs from the line is on another bill`,
  ];
}

function sourceText(source: ExplainedUsage['sources'][number], units: (count: string) => string): string {
  const owner = source.ownerCard === null ? '' : `, of ${source.ownerCard}`;
  const cap = source.memberCap === null ? '' : `, at most ${units(source.memberCap)} for each member`;
  const most = source.sharingCap === null ? '' : `, at most ${units(source.sharingCap)} of it`;
  const shared = source.sharedBy === null ? '' : `, shared by account ${source.sharedBy}`;
  const kind = `${source.origin.toLowerCase()}${source.rank === 'ADD_ON' ? ' add-on' : ''}`;
  return (
    `  from ${source.bucket} (${source.label}): ${units(source.units)} ${kind}${owner}${shared}${most}${cap}; ` +
    `granted by ${source.offeringCode} version ${source.offeringVersion}`
  );
}

/** Usage is measured in seconds, KB, messages or items; what it is counted in is the price's choice. */
function measureOf({ usageClass, unit }: ExplainedUsage['usage']): Uppercase<UsageUnit> {
  return usageClass === 'VOICE' ? 'SECOND' : unit;
}

function inWords(unit: Uppercase<UsageUnit>, units: string): string {
  return quantityInWords(unit.toLowerCase() as UsageUnit, units).en;
}
