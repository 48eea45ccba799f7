import type { FastifyReply } from 'fastify';

/** A decimal that must appear in JSON as a number, digit by digit, without passing through a binary float. */
export class JsonNumber {
  constructor(readonly text: string) {
    if (!/^-?(0|[1-9]\d*)(\.\d+)?$/.test(text)) throw new Error(`Not a JSON number: ${text}`);
  }
}

/** A JSON number written from decimal text, for TM Forum and 3GPP bodies. */
export function jsonNumber(decimalText: string): JsonNumber {
  return new JsonNumber(decimalText);
}

const MARK = '\u0001ronghe:';

/** `JSON.stringify` that writes every `JsonNumber` as its digits. */
export function stringifyJson(value: unknown): string {
  const text = JSON.stringify(value, (_key, each: unknown) =>
    each instanceof JsonNumber ? `${MARK}${each.text}` : each,
  );
  return text.replace(/"\\u0001ronghe:(-?[\d.]+)"/g, '$1');
}

/** Sends a body that may hold `JsonNumber`s. */
export function sendJson(reply: FastifyReply, value: unknown, status = 200): FastifyReply {
  return reply
    .status(status)
    .header('content-type', 'application/json; charset=utf-8')
    .send(stringifyJson(value));
}
