import { moneyToDecimal, newId, zeroMoney } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { CaseStep } from './dunning-case';
import type { AccountReview, DunningAccount, ServiceReview } from './dunning-review';

/** An account with what is to happen to it. */
export interface Reviewed {
  account: DunningAccount;
  review: AccountReview;
}

interface CaseChange {
  lane: number;
  caseId: string;
  account: DunningAccount;
  of: ServiceReview;
  /** With the end of the case, where it ends. */
  steps: readonly CaseStep[];
}

/** Writes what cases have become, their steps, and tells of each step. */
export async function saveCases(tx: Tx, reviewed: readonly Reviewed[]): Promise<void> {
  const changes = reviewed.flatMap(({ account, review }) =>
    review.services.map((of): CaseChange => {
      const { decision, open } = of;
      const end: CaseStep[] = decision.isClosed ? [{ kind: 'closed', state: null, stop: 'none' }] : [];
      const caseId = open?.caseId ?? newId();
      return { lane: account.lane, caseId, account, of, steps: [...decision.steps, ...end] };
    }),
  );
  if (changes.length === 0) return;
  await upsertCases(tx, changes);
  await insertSteps(tx, changes);
  for (const change of changes) tell(tx, change);
}

async function upsertCases(tx: Tx, changes: readonly CaseChange[]): Promise<void> {
  await tx.execute(
    `insert into receivables.dunning_case
       (lane, case_id, account_id, service, stop, state_code, noticed, steps, opened_at, closed_at)
     select lane, case_id, account_id, service, stop, state_code, noticed, steps, $10,
       case when is_closed then $10::timestamptz end
     from unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::integer[],
       $9::boolean[]) as new (lane, case_id, account_id, service, stop, state_code, noticed, steps, is_closed)
     on conflict (lane, case_id) do update set stop = excluded.stop, state_code = excluded.state_code,
       noticed = excluded.noticed, steps = excluded.steps, closed_at = excluded.closed_at`,
    [
      changes.map(({ lane }) => lane),
      changes.map(({ caseId }) => caseId),
      changes.map(({ account }) => account.accountId),
      changes.map(({ of }) => of.service),
      changes.map(({ of }) => of.decision.standing.stop),
      changes.map(({ of }) => of.decision.standing.stateCode),
      changes.map(({ of }) => JSON.stringify(of.decision.standing.noticed)),
      changes.map(({ of, steps }) => (of.open?.steps ?? 0) + steps.length),
      changes.map(({ of }) => of.decision.isClosed),
      tx.now,
    ],
  );
}

async function insertSteps(tx: Tx, changes: readonly CaseChange[]): Promise<void> {
  const steps = changes.flatMap(({ lane, caseId, of, steps: all }) =>
    all.map((step, index) => ({
      ...{ lane, caseId, step },
      no: (of.open?.steps ?? 0) + index + 1,
      overdue: of.decision.overdue,
    })),
  );
  await tx.execute(
    `insert into receivables.dunning_step (lane, case_id, no, kind, state, stop, overdue_fen, overdue_days, at)
     select *, $9::timestamptz from unnest($1::smallint[], $2::uuid[], $3::integer[], $4::text[], $5::jsonb[], $6::text[],
       $7::bigint[], $8::integer[])`,
    [
      steps.map(({ lane }) => lane),
      steps.map(({ caseId }) => caseId),
      steps.map(({ no }) => no),
      steps.map(({ step }) => step.kind),
      steps.map(({ step: { state } }) =>
        state ? JSON.stringify({ code: state.code, name: state.name }) : null,
      ),
      steps.map(({ step }) => step.stop),
      steps.map(({ overdue }) => (overdue?.amount ?? zeroMoney).toString()),
      steps.map(({ overdue }) => overdue?.days ?? null),
      tx.now,
    ],
  );
}

function tell(tx: Tx, { lane, caseId, account, of, steps }: CaseChange): void {
  const { accountId, customerId } = account;
  const { overdue } = of.decision;
  steps.forEach((step, index) => {
    const version = (of.open?.steps ?? 0) + index + 1;
    const payload = {
      ...{
        caseId,
        accountId,
        customerId,
        service: of.service,
        no: version,
        kind: step.kind,
        stop: step.stop,
      },
      stateCode: step.state?.code ?? null,
      stateName: step.state?.name ?? null,
      overdue: moneyToDecimal(overdue?.amount ?? zeroMoney),
      overdueDays: overdue?.days ?? null,
      at: tx.now,
    };
    tx.emit('dunning-step.reached.v1', { aggregateId: caseId, lane, version, payload });
  });
}
