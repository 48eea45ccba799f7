import type { ResourceKind } from '@ronghe/contracts';
import { instantFromDate } from '@ronghe/kernel';
import { numberGrades, type NumberGrade } from './number-grade';
import { isNumberKind, type Resource, type ResourceState, type Situation } from './resource';

/** A row of inventory.resource as a query gives it. */
export interface ResourceRow {
  id: string;
  kind: ResourceKind;
  value: string;
  imsi: string | null;
  place_code: string;
  grade_rank: number;
  state: ResourceState;
  order_id: string | null;
  slot: string | null;
  held_until: Date | null;
  rest_until: Date | null;
  version: number;
}

/** A unit of stock with its grade, null for what has none. */
export type StoredResource = Resource & { grade: NumberGrade | null };

/** The unit of stock that a row holds. */
export function fromRow(row: ResourceRow): StoredResource {
  return {
    resourceId: row.id,
    kind: row.kind,
    value: row.value,
    attributes: row.imsi === null ? {} : { imsi: row.imsi },
    placeCode: row.place_code,
    version: row.version,
    situation: situationFrom(row),
    grade: isNumberKind(row.kind) ? (numberGrades[row.grade_rank] ?? 'ordinary') : null,
  };
}

function situationFrom(row: ResourceRow): Situation {
  switch (row.state) {
    case 'held':
      return {
        state: 'held',
        orderId: given(row.order_id),
        slot: given(row.slot),
        until: instantFromDate(given(row.held_until)),
      };
    case 'assigned':
      return { state: 'assigned', orderId: given(row.order_id), slot: given(row.slot) };
    case 'quarantined':
      return { state: 'quarantined', until: instantFromDate(given(row.rest_until)) };
    case 'available':
    case 'retired':
      return { state: row.state };
  }
}

/** The check constraint of the table guarantees the column. */
function given<T>(value: T | null): T {
  if (value === null) throw new Error('a column that the state of a resource needs is null');
  return value;
}

/** The columns that a move changes. */
export function toRow(resource: Resource) {
  const { situation } = resource;
  return {
    id: resource.resourceId,
    state: situation.state,
    order_id: 'orderId' in situation ? situation.orderId : null,
    slot: 'slot' in situation ? situation.slot : null,
    held_until: situation.state === 'held' ? situation.until : null,
    rest_until: situation.state === 'quarantined' ? situation.until : null,
    version: resource.version,
  };
}
