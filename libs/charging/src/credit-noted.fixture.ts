import type { TestOperator } from '@ronghe/testing';

/** Keeps from now on whose credit is noted as changed, as jobs take the notes away; gives the accounts, once for each note. */
export async function keepNotes(operator: TestOperator): Promise<() => Promise<string[]>> {
  await operator.sql('create table charging.noted (account_id uuid)');
  await operator.sql(`create function charging.note() returns trigger language plpgsql as $$
    begin insert into charging.noted values (new.account_id); return null; end $$`);
  await operator.sql(`create trigger noted after insert or update on charging.credit_change
    for each row execute function charging.note()`);
  return async () => {
    const rows = await operator.sql<{ account_id: string }>('select account_id from charging.noted');
    return rows.map((row) => row.account_id);
  };
}
