/** A parameter that is wrong, as ProblemDetails says it (TS 29.571 §5.2.4.1). */
export interface InvalidParam {
  param: string;
  reason: string;
}

/** What the charging function says no with: HTTP status and the cause of TS 32.291 §6.1.7.3. */
export class ChargingRefusal extends Error {
  override readonly name = 'ChargingRefusal';

  constructor(
    readonly status: number,
    override readonly cause: string,
    readonly detail: string,
    readonly invalidParams: readonly InvalidParam[] = [],
  ) {
    super(detail);
  }
}

/** The body of a refusal: ProblemDetails. */
export function problemDetailsOf({
  status,
  cause,
  detail,
  invalidParams,
}: ChargingRefusal): Record<string, unknown> {
  return {
    status,
    title: titles[status] ?? 'Error',
    cause,
    detail,
    ...(invalidParams.length > 0 ? { invalidParams } : {}),
  };
}

const titles: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  503: 'Service Unavailable',
};
