import type { Problem } from './problem';

/** Addresses of the service-based interfaces of a 5G core (TS 29.501 §4.4.1): `/nchf-convergedcharging/v3/…`. */
const SERVICE_BASED = /^\/n[a-z0-9]+-/;

/** Addresses of the TM Forum's interfaces. */
const STANDARD = /^\/tmf-api\//;

const titles: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  413: 'Payload Too Large',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** Causes that TS 29.500 table 5.2.7.2-1 has a word of its own for. */
const causes: Record<string, string> = {
  request_malformed: 'INVALID_MSG_FORMAT',
  route_not_found: 'RESOURCE_URI_STRUCTURE_NOT_FOUND',
  internal_error: 'SYSTEM_FAILURE',
};

/**
 * What answers an error at an address: a network function reads ProblemDetails (TS 29.571 §5.2.4.1), all others our own
 * problem, with what the TM Forum's `Error` (TMF630) must have beside it in interfaces of theirs.
 */
export function problemAnswer(
  url: string,
  status: number,
  problem: Problem,
  traceId: string,
): { contentType: string; body: object } {
  if (!SERVICE_BASED.test(url))
    return {
      contentType: 'application/json; charset=utf-8',
      body: { ...(STANDARD.test(url) ? tmfError(status, problem) : {}), ...problem, traceId },
    };
  const cause = causes[problem.code] ?? problem.code.toUpperCase();
  return {
    contentType: 'application/problem+json',
    body: { status, title: titles[status] ?? 'Error', cause, detail: problem.message },
  };
}

function tmfError(status: number, { message }: Problem): object {
  return { '@type': 'Error', reason: message, status: String(status) };
}
