import { luhnCheckDigit } from '@ronghe/kernel';
import type { OperatorApi } from '@ronghe/journey';

const PLACE = 'e2e-01';

/** Takes a hall's stock in: so many SIMs, enough of everything else. A second batch continues behind the first. */
export async function stockHall(api: OperatorApi, options: { sims: number; batch?: number }): Promise<void> {
  const batch = options.batch ?? 1;
  await api.graphql(
    'operations',
    'mutation ($input: OpenStockPlaceInput!, $key: String!) { openStockPlace(input: $input, idempotencyKey: $key) { code } }',
    { input: { code: PLACE, name: 'E2E hall' }, key: 'e2e/place' },
  );
  const digits = String(batch).padStart(3, '0');
  const iccid = `8986032601${digits}000000`;
  const stock = [
    { kind: 'MOBILE_NUMBER', first: `13308${digits}000`, count: 500 },
    { kind: 'FIXED_NUMBER', first: `0288${digits}0000`, count: 200 },
    {
      kind: 'SIM',
      first: `${iccid}${luhnCheckDigit(iccid)}`,
      firstImsi: `46003${digits}0000000`,
      count: options.sims,
    },
    { kind: 'OPTICAL_TERMINAL', first: `RGHE${digits}00001`, count: 100 },
    { kind: 'SET_TOP_BOX', first: `RGSTB${digits}00001`, count: 100 },
  ];
  for (const range of stock) {
    await api.graphql(
      'operations',
      'mutation ($input: AddStockInput!, $key: String!) { addStock(input: $input, idempotencyKey: $key) { count } }',
      { input: { ...range, placeCode: PLACE }, key: `e2e/stock/${range.kind}/${batch}` },
    );
  }
}
