import type { Tx } from '@ronghe/platform';
import type { LaneRange } from './lane-range';

interface RangeRow {
  run_id: string;
  range_no: number;
  from_lane: number;
  to_lane: number;
  is_through: boolean;
  cursor_lane: number;
  cursor_group: string | null;
  lanes: number[];
  stage_lane: number;
  handled: number;
  accounts: number;
  added: number;
  quarantined: number;
}

/** Writes the ranges of a run whose drafting begins. */
export async function insertRanges(tx: Tx, ranges: readonly LaneRange[]): Promise<void> {
  await tx.execute(
    `insert into billing.bill_run_range
       (run_id, range_no, from_lane, to_lane, is_through, cursor_lane, cursor_group, lanes, stage_lane, handled,
        accounts, added, quarantined)
     select * from jsonb_to_recordset($1::jsonb) as row (
       run_id uuid, range_no smallint, from_lane smallint, to_lane smallint, is_through boolean, cursor_lane smallint,
       cursor_group uuid, lanes jsonb, stage_lane smallint, handled integer, accounts integer, added integer,
       quarantined integer)`,
    [JSON.stringify(ranges.map(toRow))],
  );
}

/** Claims a range of the run that nobody works on and that is not through, until commit; null when there is none. */
export async function claimRange(tx: Tx, runId: string): Promise<LaneRange | null> {
  const rows = await tx.query<RangeRow>(
    `select * from billing.bill_run_range where run_id = $1 and not is_through
     order by range_no limit 1 for update skip locked`,
    [runId],
  );
  return rows[0] ? fromRow(rows[0]) : null;
}

/** Claims one range, waiting for whoever has it; null when it is through. */
export async function claimRangeNo(tx: Tx, runId: string, no: number): Promise<LaneRange | null> {
  const rows = await tx.query<RangeRow>(
    `select * from billing.bill_run_range where run_id = $1 and range_no = $2 and not is_through for update`,
    [runId, no],
  );
  return rows[0] ? fromRow(rows[0]) : null;
}

/** Writes where a range stands. The caller has claimed it. */
export async function updateRange(tx: Tx, range: LaneRange): Promise<void> {
  await tx.execute(
    `update billing.bill_run_range
     set is_through = $3, cursor_lane = $4, cursor_group = $5, lanes = $6, stage_lane = $7, handled = $8,
         accounts = $9, added = $10, quarantined = $11
     where run_id = $1 and range_no = $2`,
    [
      range.runId,
      range.no,
      range.isThrough,
      range.cursor.lane,
      range.cursor.groupId,
      JSON.stringify(range.lanes),
      range.stageLane,
      range.handled,
      range.accounts,
      range.added,
      range.quarantined,
    ],
  );
}

/**
 * Sets the ranges of a run to the beginning of a stage: all of them, or only those that hold drafts. Waits for the
 * batches that are being worked on. The caller holds the run with `lockRun`.
 */
export async function beginStage(tx: Tx, runId: string, which: 'all' | 'with-drafts'): Promise<void> {
  await tx.execute(
    `update billing.bill_run_range
     set is_through = $2 and lanes = '[]', stage_lane = from_lane, handled = 0 where run_id = $1`,
    [runId, which === 'with-drafts'],
  );
}

/** Ranges that are not through, and all lanes that hold drafts of the run. */
export async function readRanges(tx: Tx, runId: string): Promise<{ open: number; lanes: number[] }> {
  const rows = await tx.query<Pick<RangeRow, 'is_through' | 'lanes'>>(
    `select is_through, lanes from billing.bill_run_range where run_id = $1 order by range_no`,
    [runId],
  );
  return {
    open: rows.filter((row) => !row.is_through).length,
    lanes: rows.flatMap((row) => row.lanes),
  };
}

function toRow(range: LaneRange): RangeRow {
  return {
    run_id: range.runId,
    range_no: range.no,
    from_lane: range.fromLane,
    to_lane: range.toLane,
    is_through: range.isThrough,
    cursor_lane: range.cursor.lane,
    cursor_group: range.cursor.groupId,
    lanes: range.lanes,
    stage_lane: range.stageLane,
    handled: range.handled,
    accounts: range.accounts,
    added: range.added,
    quarantined: range.quarantined,
  };
}

function fromRow(row: RangeRow): LaneRange {
  return {
    runId: row.run_id,
    no: row.range_no,
    fromLane: row.from_lane,
    toLane: row.to_lane,
    isThrough: row.is_through,
    cursor: { lane: row.cursor_lane, groupId: row.cursor_group },
    lanes: row.lanes,
    stageLane: row.stage_lane,
    handled: row.handled,
    accounts: row.accounts,
    added: row.added,
    quarantined: row.quarantined,
  };
}
