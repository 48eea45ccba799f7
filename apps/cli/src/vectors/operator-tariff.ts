import type {
  Allowance,
  CalendarPolicy,
  OfferDocument,
  UsageClass,
  UsagePrice,
  UsageRate,
  ZonePlanPolicy,
} from '@ronghe/contracts';
import { parseLocalDate } from '@ronghe/kernel';
import { NotApplicable } from './outcome';
import { inOrder, type RatedUnits, type VectorBalance } from './balances';
import type { DaySelector, RateEntry, RoundEvent } from './rate-tables';
import { bandsOf, SELECTOR_LIMIT, type TariffBand } from './tariff-bands';

/** What a vector says of prices and allowances, as the documents that an operator would publish for it. */
export interface OperatorTariff {
  usageClass: UsageClass;
  offer: OfferDocument;
  zonePlan: ZonePlanPolicy | null;
  calendar: CalendarPolicy | null;
  /** The vector's entry behind each rate, by `zone/band` of a cell. */
  entries: ReadonlyMap<string, RateEntry>;
}

const services: Record<string, RatedUnits> = {
  voice: { usageClass: 'voice', unit: 'second' },
  data: { usageClass: 'data', unit: 'kb' },
  sms: { usageClass: 'sms', unit: 'message' },
};

export const OFFER = 'vector';
const ZONE_PLAN = 'vector-zones';
const CALENDAR = 'vector-hours';

/** Writes the documents: prefixes become zones, times of day bands, entries rates, units allowances. */
export function tariffOf(
  service: string,
  entries: readonly RateEntry[],
  balances: readonly VectorBalance[],
  roundEvent: RoundEvent,
): OperatorTariff {
  const kind = services[service];
  if (!kind) throw new NotApplicable(`vector.service ${service} is not supported`);
  const prefixes = [
    ...new Set(
      [...entries, ...balances].flatMap((each) => (each.prefixes.length > 0 ? each.prefixes : [''])),
    ),
  ];
  const isEverywhere = prefixes.every((prefix) => prefix === '');
  const bands = tariffBands(entries, balances);
  const rates = ratesOf(entries, isEverywhere ? null : prefixes, bands);
  const price = {
    code: 'usage',
    ...head,
    usageClass: kind.usageClass,
    unit: kind.unit,
    increment: { initial: 1, repeat: 1 },
    connectFee: null,
    counter: 'product' as const,
    cap: null,
    ...(roundEvent && { roundEvent }),
    model: {
      kind: 'rates' as const,
      rates: {
        zonePlan: isEverywhere ? null : ZONE_PLAN,
        calendar: bands === null ? null : CALENDAR,
        rates: rates.map(({ rate }) => rate),
      },
    },
  };
  return {
    usageClass: kind.usageClass,
    offer: offerOf(price, allowancesOf(balances, prefixes, bands)),
    zonePlan: isEverywhere ? null : zonePlanOf(prefixes),
    calendar: bands && {
      ...policy(CALENDAR),
      kind: 'calendar',
      holidays: [],
      bands: bands.map((each) => each.document),
    },
    entries: new Map(rates.map(({ rate, entry }) => [`${rate.zone ?? ''}/${rate.band ?? ''}`, entry])),
  };
}

const always = parseLocalDate('1970-01-01');
const name = { en: 'vector', 'zh-CN': 'vector' };
const head = { label: name, chargeClass: 'usage', taxClass: 'service' };
const policy = (code: string) => ({ code, version: 1, effectiveFrom: always, effectiveTo: null });

function tariffBands(entries: readonly RateEntry[], balances: readonly VectorBalance[]): TariffBand[] | null {
  const selectors = new Map<string, DaySelector>();
  for (const { days } of entries) if (days) selectors.set(JSON.stringify(days), days);
  const edges = [
    ...entries.flatMap(({ from, until }) => [from, until ?? 0]),
    ...balances.flatMap(({ band }) => (band ? [band.from, band.to] : [])),
  ];
  if (selectors.size > SELECTOR_LIMIT) throw new NotApplicable('vector.tariff has too many kinds of days');
  if (selectors.size === 0 && edges.every((edge) => edge === 0)) return null;
  return bandsOf([...selectors.values()], edges);
}

/** For each zone and band the entry that holds there, where there is one. */
function ratesOf(
  entries: readonly RateEntry[],
  prefixes: readonly string[] | null,
  bands: readonly TariffBand[] | null,
): { rate: UsageRate; entry: RateEntry }[] {
  return (prefixes ?? ['']).flatMap((prefix) =>
    (bands ?? [null]).flatMap((band) => {
      const entry = entryAt(entries, prefix, band);
      if (!entry) return [];
      const place = { zone: prefixes ? zoneOf(prefix) : null, band: band?.document.code ?? null };
      return [{ rate: { ...place, ...entry.rate }, entry }];
    }),
  );
}

/** The longest prefix wins, then the weight, then the latest beginning. */
function entryAt(
  entries: readonly RateEntry[],
  prefix: string,
  band: TariffBand | null,
): RateEntry | undefined {
  const at = band?.from ?? 0;
  for (let length = prefix.length; length >= 0; length -= 1) {
    const own = prefix.slice(0, length);
    const [entry] = entries
      .filter(
        (each) =>
          (each.prefixes.includes(own) || (own === '' && each.prefixes.length === 0)) &&
          each.from <= at &&
          (each.until === null || at < each.until) &&
          (each.days === null || isAmong(each.days, band)),
      )
      .sort((a, b) => b.weight - a.weight || b.from - a.from);
    if (entry) return entry;
  }
  return undefined;
}

function isAmong(days: DaySelector, band: TariffBand | null): boolean {
  return band?.selectors.some((selector) => JSON.stringify(selector) === JSON.stringify(days)) ?? false;
}

const zoneOf = (prefix: string): string => (prefix === '' ? 'anywhere' : `to-${prefix}`);

function zonePlanOf(prefixes: readonly string[]): ZonePlanPolicy {
  const zones = prefixes.map((prefix) => ({ code: zoneOf(prefix), label: name, prefixes: [prefix] }));
  return { ...policy(ZONE_PLAN), kind: 'zone-plan', zones };
}

/** Balances of units as allowances; what is used first has the lower priority. */
function allowancesOf(
  balances: readonly VectorBalance[],
  prefixes: readonly string[],
  bands: readonly TariffBand[] | null,
): Allowance[] {
  return inOrder(balances).flatMap((balance, priority): Allowance[] => {
    const { units, id, value, increment, isBlocker } = balance;
    if (units === null) return [];
    return [
      {
        code: id,
        label: name,
        usageClasses: [units.usageClass],
        unit: units.unit,
        quantity: value,
        wholeUnits: '1',
        sharedBy: 'product',
        firstPeriod: 'full',
        lastPeriod: 'full',
        prorateBy: 'days-of-period',
        priority,
        rollover: null,
        zones: zonesOf(balance, prefixes),
        bands: bandCodesOf(balance, bands),
        increment: increment === '1' ? null : increment,
        isBlocker,
      },
    ];
  });
}

function zonesOf({ prefixes: own }: VectorBalance, prefixes: readonly string[]): string[] | null {
  if (own.length === 0) return null;
  return prefixes.filter((prefix) => own.some((each) => prefix.startsWith(each))).map(zoneOf);
}

function bandCodesOf({ band }: VectorBalance, bands: readonly TariffBand[] | null): string[] | null {
  if (band === null || bands === null) return null;
  const { from: begin, to: end } = band;
  const isWithin = (at: number) => (begin < end ? begin <= at && at < end : begin <= at || at < end);
  return bands.filter(({ from }) => isWithin(from)).map(({ document }) => document.code);
}

function offerOf(price: UsagePrice, allowances: Allowance[]): OfferDocument {
  return {
    code: OFFER,
    version: 1,
    name,
    kind: 'simple',
    lineOfBusiness: 'mobile',
    specification: OFFER,
    resourceNeeds: [],
    characteristics: {},
    effectiveFrom: always,
    effectiveTo: null,
    sale: { alone: true, requires: [], atMost: null },
    recurringPrices: [],
    usagePrices: [price],
    usagePricedBy: 'own',
    allowances,
    discounts: [],
    bundle: null,
  };
}
