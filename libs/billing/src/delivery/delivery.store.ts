import { instantFromDate } from '@ronghe/kernel';
import type { DeliveryAttachment } from '@ronghe/contracts';
import type { Tx } from '@ronghe/platform';
import { AT_ONCE, type AttemptState } from '../document/attempt';
import type { PageLanguage } from '../page/page-words';
import type { CarryingChannel, Delivery, DeliveryWay } from './delivery';

interface DeliveryRow {
  lane: number;
  bill_id: string;
  no: number;
  account_id: string;
  channel: CarryingChannel;
  address: string | null;
  language: PageLanguage;
  attachments: DeliveryAttachment[];
  requested_at: Date;
  state: AttemptState;
  attempts: number;
  next_try_at: Date | null;
  last_error: string | null;
  done_at: Date | null;
}

const columns = `lane, bill_id, no, account_id, channel, address, language, attachments, requested_at, state, attempts,
  next_try_at, last_error, done_at`;

/** The deliveries of a bill, in the order in which they were asked for. */
export async function findDeliveries(
  tx: Tx,
  bills: readonly { lane: number; billId: string }[],
): Promise<Delivery[]> {
  const rows = await tx.query<DeliveryRow>(
    `select ${columns} from billing.bill_delivery
     where lane = any($1::smallint[]) and bill_id = any($2::uuid[]) order by bill_id, no`,
    [bills.map(({ lane }) => lane), bills.map(({ billId }) => billId)],
  );
  return rows.map(fromRow);
}

/** Deliveries of all accounts or one, newest bill first; perhaps those in a state alone. */
export async function listDeliveries(
  tx: Tx,
  asked: { accountId: string | null; state: AttemptState | null; limit: number },
): Promise<Delivery[]> {
  const rows = await tx.query<DeliveryRow>(
    `select ${columns} from billing.bill_delivery
     where lane between 0 and 1023 and ($1::uuid is null or account_id = $1) and ($2::text is null or state = $2)
     order by bill_id desc, no desc limit $3`,
    [asked.accountId, asked.state, asked.limit],
  );
  return rows.map(fromRow);
}

/** One more delivery of a published bill, which the caller holds. Returns its place. */
export async function insertDelivery(
  tx: Tx,
  bill: { lane: number; billId: string; accountId: string },
  way: DeliveryWay,
): Promise<number> {
  const [row] = await tx.query<{ no: number }>(
    `insert into billing.bill_delivery
       (lane, bill_id, no, account_id, channel, address, language, attachments, requested_at, state, next_try_at)
     select $1, $2, coalesce(max(no), 1) + 1, $3, $4, $5, $6, $7, $8, 'waiting', $9
     from billing.bill_delivery where lane = $1 and bill_id = $2 returning no`,
    [
      bill.lane,
      bill.billId,
      bill.accountId,
      way.channel,
      way.address,
      way.language,
      JSON.stringify(way.attachments),
      tx.now,
      AT_ONCE,
    ],
  );
  return row?.no ?? 0;
}

/** Holds a published bill, so that what is added to it is numbered by one at a time; null when there is none. */
export async function holdBill(
  tx: Tx,
  billId: string,
): Promise<{ lane: number; billId: string; accountId: string; totalFen: bigint } | null> {
  const [row] = await tx.query<{ lane: number; account_id: string; total_fen: string }>(
    `select bill.lane, bill.account_id, total_fen from billing.bill_lane as known
     join billing.bill on bill.lane = known.lane and bill.bill_id = known.bill_id
     where known.bill_id = $1 and state = 'published' for update of bill`,
    [billId],
  );
  return row ? { lane: row.lane, billId, accountId: row.account_id, totalFen: BigInt(row.total_fen) } : null;
}

function fromRow(row: DeliveryRow): Delivery {
  return {
    lane: row.lane,
    billId: row.bill_id,
    no: row.no,
    accountId: row.account_id,
    channel: row.channel,
    address: row.address,
    language: row.language,
    attachments: row.attachments,
    requestedAt: instantFromDate(row.requested_at),
    state: row.state,
    attempts: row.attempts,
    nextTryAt: row.next_try_at && instantFromDate(row.next_try_at),
    lastError: row.last_error,
    doneAt: row.done_at && instantFromDate(row.done_at),
  };
}

/** In which lanes published bills lie. */
export async function findPlaces(
  tx: Tx,
  billIds: readonly string[],
): Promise<{ lane: number; billId: string }[]> {
  return tx.query(`select lane, bill_id as "billId" from billing.bill_lane where bill_id = any($1::uuid[])`, [
    billIds,
  ]);
}
