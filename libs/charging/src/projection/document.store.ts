import type {
  BalancePolicy,
  OfferDocument,
  OfferingPublished,
  PolicyDocument,
  PolicyKind,
  PolicyPublished,
  UsageSourcePolicy,
} from '@ronghe/contracts';
import { parseLocalDate, type LocalDate } from '@ronghe/kernel';
import type { Tx } from '@ronghe/platform';
import type { PolicyVersion, RatingPolicy } from '@ronghe/rating';

/**
 * Keeps a version of an offer.
 * Of a version that is published again only its end may be another; a code's facts come in the order in which they
 * were published, so the last one counts.
 */
export async function saveOffer(tx: Tx, { code, version, document }: OfferingPublished): Promise<void> {
  await tx.execute(
    `insert into charging.offer (code, version, document) values ($1, $2, $3)
     on conflict (code, version) do update set document = excluded.document`,
    [code, version, JSON.stringify(document)],
  );
}

/**
 * Offers by code and version, and every correction of the codes in use that is not known yet (`CODE VERSION`). Unknown
 * offers are left out.
 */
export async function findOffersToKnow(
  tx: Tx,
  missing: readonly { code: string; version: number }[],
  inUse: readonly { code: string }[],
  knownCorrections: readonly string[],
): Promise<OfferDocument[]> {
  const rows = await tx.query<{ document: OfferDocument }>(
    `select document from charging.offer join unnest($1::text[], $2::integer[]) as missing (code, version)
       using (code, version)
     union all
     select document from charging.offer
     where document ? 'corrects' and code = any($3::text[]) and not code || ' ' || version = any($4::text[])`,
    [
      missing.map(({ code }) => code),
      missing.map(({ version }) => version),
      [...new Set(inUse.map(({ code }) => code))],
      knownCorrections,
    ],
  );
  return rows.map((row) => row.document);
}

/** Keeps a version of a policy, as saveOffer does of an offer. */
export async function savePolicy(tx: Tx, { code, version, document }: PolicyPublished): Promise<void> {
  await tx.execute(
    `insert into charging.policy (code, version, kind, effective_from, effective_to, document, corrects)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (code, version) do update set effective_to = excluded.effective_to, document = excluded.document`,
    [
      ...[
        code,
        version,
        document.kind,
        document.effectiveFrom,
        document.effectiveTo,
        JSON.stringify(document),
      ],
      'corrects' in document ? document.corrects : null,
    ],
  );
}

/** The usage sources in force on a day, each by its latest version. */
export async function findUsageSources(tx: Tx, on: LocalDate): Promise<UsageSourcePolicy[]> {
  const rows = await tx.query<{ document: UsageSourcePolicy }>(
    `select distinct on (code) document from charging.policy
     where kind = 'usage-source' and effective_from <= $1 and (effective_to is null or effective_to > $1)
     order by code, version desc`,
    [on],
  );
  return rows.map((row) => row.document);
}

/** A version of a usage source's document. */
export async function findUsageSource(
  tx: Tx,
  code: string,
  version: number,
): Promise<UsageSourcePolicy | undefined> {
  const [row] = await tx.query<{ document: UsageSourcePolicy }>(
    `select document from charging.policy where kind = 'usage-source' and code = $1 and version = $2`,
    [code, version],
  );
  return row?.document;
}

/** The rules of balances in force on a day, by their newest version. */
export async function findBalancePolicy(tx: Tx, on: LocalDate): Promise<BalancePolicy | undefined> {
  const [row] = await tx.query<{ document: BalancePolicy }>(
    `select document from charging.policy
     where kind = 'balance' and effective_from <= $1 and (effective_to is null or effective_to > $1)
     order by version desc, code limit 1`,
    [on],
  );
  return row?.document;
}

/** Every version of the policies of a kind. */
export async function findPoliciesOf<K extends PolicyKind>(
  tx: Tx,
  kind: K,
): Promise<Extract<PolicyDocument, { kind: K }>[]> {
  const rows = await tx.query<{ document: Extract<PolicyDocument, { kind: K }> }>(
    `select document from charging.policy where kind = $1 order by code, version`,
    [kind],
  );
  return rows.map((row) => row.document);
}

/** When the versions of zone plans and calendars are in force. */
export async function findPolicyVersions(tx: Tx, codes: readonly string[]): Promise<PolicyVersion[]> {
  const rows = await tx.query<{
    code: string;
    version: number;
    from: string;
    to: string | null;
    corrects: number | null;
  }>(
    `select code, version, effective_from::text as from, effective_to::text as to, corrects from charging.policy
     where code = any($1::text[]) and kind in ('zone-plan', 'calendar')`,
    [codes],
  );
  return rows.map(({ code, version, from, to, corrects }) => ({
    code,
    version,
    effectiveFrom: parseLocalDate(from),
    effectiveTo: to === null ? null : parseLocalDate(to),
    corrects,
  }));
}

/** Documents of policies by code and version; unknown ones are left out. */
export async function findRatingPolicies(
  tx: Tx,
  wanted: readonly { code: string; version: number }[],
): Promise<RatingPolicy[]> {
  if (wanted.length === 0) return [];
  const rows = await tx.query<{ document: RatingPolicy }>(
    `select document from charging.policy join unnest($1::text[], $2::integer[]) as wanted (code, version)
     using (code, version)`,
    [wanted.map(({ code }) => code), wanted.map(({ version }) => version)],
  );
  return rows.map((row) => row.document);
}

/** Names all offers, zone plans, calendars and discounts that are known, with the ends of the latter: another text, something changed. */
export async function ratingStamp(tx: Tx): Promise<string> {
  const [row] = await tx.query<{ stamp: string }>(
    `select md5(concat(
       (select string_agg(concat_ws(' ', code, version), ',' order by code, version) from charging.offer), ';',
       (select string_agg(concat_ws(' ', code, version, effective_to), ',' order by code, version)
        from charging.policy where kind in ('zone-plan', 'calendar', 'discount')))) as stamp`,
  );
  return row?.stamp ?? '';
}
