import type { Tx } from '@ronghe/platform';

/** Texts that are remembered of a type; then it begins anew. */
const TEXTS_LIMIT = 10_000;
/** Longer texts are hardly the same twice. */
const LENGTH_LIMIT = 200;

/** timestamptz, jsonb, text[] (pg_type.oid): costly to parse, and the same again and again in what belongs to offers. */
const REMEMBERED = new Set([1184, 3802, 1009]);

type Parser = (text: string) => unknown;
const remembering = new Map<number, Parser>();

/**
 * Runs a prepared statement and returns its rows, for thousands of rows with the same few instants, labels and lists: each
 * text is parsed once. Rows share what was parsed, so nobody may change it.
 */
export async function queryRemembering<R>(
  tx: Tx,
  statement: { name: string; text: string },
  values: unknown[],
): Promise<readonly R[]> {
  const client = await tx.client();
  const types = {
    getTypeParser: (oid: number, format?: 'text' | 'binary'): Parser => {
      const parse = client.getTypeParser(oid, format === 'binary' ? 'text' : format) as Parser;
      return REMEMBERED.has(oid) ? rememberingParser(oid, parse) : parse;
    },
  };
  const { rows } = await client.query({ ...statement, values, types });
  return rows as R[];
}

function rememberingParser(oid: number, parse: Parser): Parser {
  const known = remembering.get(oid);
  if (known) return known;
  const texts = new Map<string, unknown>();
  const parser: Parser = (text) => {
    if (text.length > LENGTH_LIMIT) return parse(text);
    const before = texts.get(text);
    if (before !== undefined) return before;
    if (texts.size >= TEXTS_LIMIT) texts.clear();
    const parsed = parse(text);
    texts.set(text, parsed);
    return parsed;
  };
  remembering.set(oid, parser);
  return parser;
}
