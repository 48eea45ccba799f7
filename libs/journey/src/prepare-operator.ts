import type { OperatorApi } from './operator-api';

/** A document of `catalog/` or `policy/`. */
export interface DocumentFile {
  path: string;
  text: string;
}

const PLACE = { code: 'cd-01', name: '成都春熙路营业厅 Chunxi Road hall' };

/** What the hall is stocked with before the first customer comes. */
const STOCK = [
  { kind: 'MOBILE_NUMBER', first: '13308010000', count: 500 },
  { kind: 'FIXED_NUMBER', first: '02885550000', count: 200 },
  { kind: 'SIM', first: '89860326010000000007', firstImsi: '460030100000000', count: 500 },
  { kind: 'OPTICAL_TERMINAL', first: 'RGHE00000001', count: 100 },
  { kind: 'SET_TOP_BOX', first: 'RGSTB00000001', count: 100 },
];

/** Publishes the offers and policies; returns how many are new. Another set of files needs another key. */
export async function applyDocuments(
  api: OperatorApi,
  files: readonly DocumentFile[],
  key = 'demo/catalog',
): Promise<number> {
  const { applyCatalogDocuments } = await api.graphql<{ applyCatalogDocuments: { published: string[] } }>(
    'operations',
    `mutation ($files: [CatalogFileInput!]!, $key: String!) {
       applyCatalogDocuments(files: $files, idempotencyKey: $key) { published unchanged }
     }`,
    { files, key },
  );
  return applyCatalogDocuments.published.length;
}

/** Opens the hall and takes its first stock in. */
export async function stockTheHall(api: OperatorApi): Promise<void> {
  await api.graphql(
    'operations',
    'mutation ($input: OpenStockPlaceInput!, $key: String!) { openStockPlace(input: $input, idempotencyKey: $key) { code } }',
    { input: PLACE, key: 'demo/place' },
  );
  for (const stock of STOCK) {
    await api.graphql(
      'operations',
      'mutation ($input: AddStockInput!, $key: String!) { addStock(input: $input, idempotencyKey: $key) { count } }',
      { input: { ...stock, placeCode: PLACE.code }, key: `demo/stock/${stock.kind}` },
    );
  }
}
