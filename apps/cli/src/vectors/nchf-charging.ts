import { compare } from './compare';
import { fieldsOf, type Fields, type Json } from './fields';
import { byChoice, NotApplicable, type Outcome } from './outcome';

export const CHARGING_DATA = '/nchf-convergedcharging/v3/chargingdata';

/** A request as it is sent. */
export interface NchfRequest {
  method: string;
  path: string;
  body: { [name: string]: Json };
}

/** What the suite said to it. */
export interface NchfAnswer {
  status: number;
  /** Names of headers that it has, in small letters. */
  headers: readonly string[];
  /** Of ProblemDetails; null: none. */
  cause: string | null;
}

/** What is ours in a request: a subscriber who may be charged online, and a number that no earlier run has used. */
export interface Run {
  subscriberIdentifier: string;
  chargingId: number;
  /** ISO instant of the business clock. */
  at: string;
}

/**
 * The request of a vector of Nchf_ConvergedCharging. Its subscriber is one of the suite's; one that shows a part of a body
 * only gets what TS 32.291 makes mandatory.
 */
export function nchfRequest(vector: Fields, run: Run): NchfRequest {
  const request = vector.object('request');
  const method = request.oneOf('method', ['POST']);
  const path = request.textOr('path');
  const body = request.object('body').all();
  request.finish();
  const causes = vector.object('expected').textOr('problemCause');
  const isOurs = causes !== 'USER_UNKNOWN' && (path === null || 'subscriberIdentifier' in body);
  const rest = {
    nfConsumerIdentification: { nFName: 'vectors', nodeFunctionality: 'SMF' },
    invocationTimeStamp: run.at,
    invocationSequenceNumber: 1,
    chargingId: run.chargingId,
  };
  return {
    method,
    path: path ?? CHARGING_DATA,
    body: {
      ...(path === null ? rest : {}),
      ...body,
      ...(isOurs ? { subscriberIdentifier: run.subscriberIdentifier } : {}),
    },
  };
}

/** Compares what was answered with what the vector expects. */
export function compareNchf(vector: Fields, request: NchfRequest, answer: NchfAnswer): Outcome {
  const expected = fieldsOf(vector.take('expected'), 'expected');
  const { status } = answer;
  const isRefused = status >= 400;
  if (expected.textOr('status') === '400' && !isRefused && reportsWithoutAsking(request.body))
    return byChoice(
      'a-rating-group-may-report-without-asking',
      'requestedUnit is optional in TS 32.291: what was used is charged, nothing is granted',
    );
  return compare(
    {
      status,
      headers: expected.list('headers').map((name) => headerOf(answer, String(name))),
      ...(answer.cause === null ? {} : { problemCause: answer.cause }),
      ...(expected.has('validation') ? { validation: validationOf(expected, isRefused) } : {}),
    },
    expected.all(),
  );
}

function headerOf({ headers }: NchfAnswer, name: string): string {
  return headers.includes(name.toLowerCase()) ? name : `no ${name}`;
}

/** The words in which vectors say that a request is taken. */
function validationOf(expected: Fields, isRefused: boolean): string {
  const words = expected.text('validation');
  if (!/^passes( mandatory-IE check)?$/.test(words)) throw new NotApplicable(`${words} is not understood`);
  return isRefused ? 'is refused' : words;
}

function reportsWithoutAsking(body: { [name: string]: Json }): boolean {
  return fieldsOf(body, 'body')
    .objects('multipleUnitUsage')
    .some((unit) => !unit.has('requestedUnit') && unit.list('usedUnitContainer').length > 0);
}
