import { settle, type DocumentFile, type OperatorApi } from '@ronghe/journey';
import { documentFiles } from './demonstration';

/** The plan whose price a minute was published wrong: 0.15 yuan. */
export const MENDED_PLAN = 'mobile-5g-129';

const PLAN_FILE = 'catalog/mobile-5g-enjoy.yaml';
const TARIFF_FILE = 'catalog/usage-tariffs.yaml';

/** What the API says of a re-rating. */
export interface SettledRerating {
  reratingId: string;
  state: string;
  summary: { periods: number; applied: number; recomputed: number; changed: number; delta: string };
}

/** Publishes a version of the plan that mends the one before: 0.10 yuan a minute and a fen more for each version. */
export async function publishMended(api: OperatorApi, version: number): Promise<void> {
  await publishFiles(api, mendedFiles(version), `mended ${version}`);
}

/** Applies some documents over those that are live. */
export async function publishFiles(
  api: OperatorApi,
  files: readonly DocumentFile[],
  key: string,
): Promise<void> {
  const mutation = `mutation ($files: [CatalogFileInput!]!, $key: String!) {
    applyCatalogDocuments(files: $files, idempotencyKey: $key) { published } }`;
  await api.graphql('operations', mutation, { files, key });
}

/** Asks for a preview of all accounts with the plan, and waits for it. */
export async function previewed(api: OperatorApi, key: string): Promise<SettledRerating> {
  const { previewRerating } = await api.graphql<{ previewRerating: { reratingId: string } }>(
    'billing',
    `mutation ($input: ReratingInput!, $key: String!) {
       previewRerating(input: $input, idempotencyKey: $key) { reratingId } }`,
    { input: { offeringCode: MENDED_PLAN, reason: 'a wrong price' }, key },
  );
  return settledRerating(api, previewRerating.reratingId);
}

/** Has a re-rating applied; does not wait for it. */
export async function applyRerating(api: OperatorApi, reratingId: string, key: string): Promise<void> {
  const mutation = `mutation ($id: ID!, $key: String!) { applyRerating(reratingId: $id, idempotencyKey: $key) { state } }`;
  await api.graphql('billing', mutation, { id: reratingId, key });
}

/** A re-rating once nothing is left to do. */
export async function settledRerating(api: OperatorApi, reratingId: string): Promise<SettledRerating> {
  await settle(api);
  const query = `query ($id: ID!) { rerating(reratingId: $id) { reratingId state
    summary { periods applied recomputed changed delta } } }`;
  return (await api.graphql<{ rerating: SettledRerating }>('billing', query, { id: reratingId })).rerating;
}

/** The files of the plan with so many versions, each mending the one before; `fees` are theirs from the second on. */
export function mendedFiles(version: number, fees: readonly string[] = []): DocumentFile[] {
  return documentFiles().flatMap((file) => {
    if (file.path === TARIFF_FILE) return [mendedTariff(file.text, version)];
    if (file.path !== PLAN_FILE) return [];
    const from = file.text.indexOf(`  - code: ${MENDED_PLAN}`);
    const plan = file.text.slice(from, file.text.indexOf('\n  - code:', from + 1));
    const versions = Array.from({ length: version }, (_, index) =>
      versionOf(plan, index + 1, version, fees[index - 1]),
    );
    // The first plan's version gets an end, which the others that share its sale must not have.
    const text = file.text.replaceAll('*sold-alone', '{ from: 2026-01-01, alone: yes }');
    return [{ ...file, text: text.replace(plan, versions.join('\n')) }];
  });
}

function mendedTariff(tariffs: string, version: number): DocumentFile {
  const from = tariffs.indexOf('  - code: mobile-national');
  const mobile = tariffs.slice(from, tariffs.indexOf('\n  - code: fixed-national'));
  const text = mobile
    .replace('mobile-national', `mended-${version}`)
    .replace('0.15 per min', `0.${String(10 + version)} per min`);
  return { path: `catalog/mended-${version}.yaml`, text: `tariffs:\n${text}\n` };
}

function versionOf(plan: string, version: number, last: number, fee?: string): string {
  const to = version === last ? '' : `, to: ${firstDay(version + 1)}`;
  const sale = `sale: { from: ${firstDay(version)}${to}, alone: yes }`;
  const dated = plan.replace(/sale: (&sold-alone )?\{[^}]*\}/, sale);
  if (version === 1) return dated;
  const priced = fee !== undefined ? dated.replace(/fee: \S+/, `fee: ${fee}`) : dated;
  return priced
    .replace('&launch', '&launch-again')
    .replace('version: 1', `version: ${version}\n    corrects: ${version - 1}`)
    .replace('usage: mobile-national', `usage: mended-${version}`);
}

/** The first day on which a version is sold; every one but the first comes after the usage of June. */
function firstDay(version: number): string {
  const dayOfJuly = version === 1 ? -180 : version;
  return new Date(Date.UTC(2026, 6, dayOfJuly)).toISOString().slice(0, 10);
}
