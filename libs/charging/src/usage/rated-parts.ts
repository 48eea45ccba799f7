import { amountFromMicro } from '@ronghe/kernel';
import type { BucketTake, RatedPart } from '@ronghe/rating';
import { counterFromJson, counterToJson, type CounterJson } from '../balance/counter-json';

/** A part as it is stored: cell, units, takes, charged units, what its counter got, list amount, amount. */
export type PartJson = [
  cell: string,
  unitsTotal: string,
  takes: [string, string][],
  chargedUnits: string,
  counted: CounterJson,
  listAmount: string,
  amount: string,
];

/** Parts as JSON for the row; null where there are none. */
export function partsToJson(parts: readonly RatedPart[] | undefined): string | null {
  if (parts === undefined) return null;
  return JSON.stringify(
    parts.map((part): PartJson => [
      part.cell,
      part.unitsTotal.toString(),
      part.takes.map(({ bucketCode, units }) => [bucketCode, units.toString()]),
      part.chargedUnits.toString(),
      counterToJson(part.counted),
      part.listAmount.toString(),
      part.amount.toString(),
    ]),
  );
}

/** The inverse of partsToJson, from the parsed column. */
export function partsFromJson(stored: readonly PartJson[]): RatedPart[] {
  return stored.map(([cell, unitsTotal, takes, chargedUnits, counted, listAmount, amount]) => ({
    cell,
    unitsTotal: BigInt(unitsTotal),
    takes: takes.map(([bucketCode, units]): BucketTake => ({ bucketCode, units: BigInt(units) })),
    chargedUnits: BigInt(chargedUnits),
    counted: counterFromJson(counted),
    listAmount: amountFromMicro(BigInt(listAmount)),
    amount: amountFromMicro(BigInt(amount)),
  }));
}
