import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Versions of offers and policies with their windows, and the documents that they came from. */
export class CreateCatalog1700000000000 implements MigrationInterface {
  name = 'CreateCatalog1700000000000';

  async up(runner: QueryRunner): Promise<void> {
    // For the exclusion constraints: equality of text in a gist index.
    await runner.query('create extension if not exists btree_gist schema public');
    await runner.query(versionTable('offer_version'));
    await runner.query(versionTable('policy_version'));
    await runner.query(`
create table catalog.document_source (
  path text not null,
  text text not null,
  application integer not null,
  constraint document_source_key primary key (path)
);
create table catalog.live_state (
  id boolean not null,
  application integer not null,
  constraint live_state_key primary key (id),
  constraint live_state_single check (id)
);
insert into catalog.live_state (id, application) values (true, 0);
`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

function versionTable(name: string): string {
  return `
create table catalog.${name} (
  code text not null,
  sequence integer not null,
  version integer not null,
  document jsonb not null,
  content_hash text not null,
  effective_from date not null,
  effective_to date,
  recorded_at timestamptz not null,
  recorded_by text not null,
  application integer not null,
  superseded_at timestamptz,
  constraint ${name}_key primary key (code, sequence),
  constraint ${name}_window check (effective_to > effective_from),
  constraint ${name}_no_overlap exclude using gist
    (code with =, daterange(effective_from, effective_to) with &&) where (superseded_at is null)
);
create unique index ${name}_live on catalog.${name} (code, version) where superseded_at is null;
`;
}
