import type { OperatorApi } from '@ronghe/journey';

/** A bill's id, or a line's: BILL.LINE. */
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\.\d+)?$/i;

export const NUMBER_QUERY = `query ($number: String!) { billByNumber(number: $number) { id } }`;

/** The id of a bill that somebody names by its id or by the number that is printed on it. */
export async function billIdOf(api: OperatorApi, name: string): Promise<string> {
  if (ID.test(name)) return name;
  const { billByNumber } = await api.graphql<{ billByNumber: { id: string } | null }>(
    'billing',
    NUMBER_QUERY,
    { number: name },
  );
  if (!billByNumber) throw Object.assign(new Error(`there is no bill ${name}`), { code: 'not_found' });
  return billByNumber.id;
}
