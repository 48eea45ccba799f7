import { NotFoundException, PayloadTooLargeException } from '@nestjs/common';
import { DomainError, type ErrorKind } from '@ronghe/kernel';
import { problemOf } from './problem';
import { problemAnswer } from './problem-details';

it.each<[ErrorKind, number]>([
  ['invalid', 400],
  ['forbidden', 403],
  ['not_found', 404],
  ['conflict', 409],
  ['unavailable', 503],
])('answers %s with %d', (kind, status) => {
  const error = new DomainError('some_code', kind, 'Why.', { left: 1 });
  expect(problemOf(error)).toEqual({
    status,
    problem: { code: 'some_code', kind, message: 'Why.', details: { left: 1 } },
  });
});

it.each([
  ['unauthenticated', 'forbidden', 401],
  ['idempotency_key_reused', 'invalid', 422],
] as const)('answers %s with a status of its own', (code, kind, status) => {
  expect(problemOf(new DomainError(code, kind, '')).status).toBe(status);
});

it.each([
  [new NotFoundException(), 404, 'route_not_found'],
  [new PayloadTooLargeException(), 413, 'body_too_large'],
  [{ statusCode: 415, message: 'fastify says so' }, 400, 'request_malformed'],
  [{ code: '23505', constraint: 'customer_pkey' }, 409, 'already_exists'],
  [{ driverError: { code: '55P03' } }, 409, 'busy'],
  [{ driverError: { code: '40P01' } }, 409, 'busy'],
  [{ driverError: { code: '22021' } }, 400, 'input_invalid'],
  [{ statusCode: 414, code: 'FST_ERR_MAX_PARAM_LENGTH' }, 400, 'request_malformed'],
  [{ driverError: { code: '57P01' } }, 503, 'database_unavailable'],
  [new Error('Query runner already released. Cannot run queries anymore.'), 503, 'database_unavailable'],
  [new Error('Connection terminated unexpectedly'), 503, 'database_unavailable'],
  [Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 503, 'database_unavailable'],
])('maps %o', (thrown, status, code) => {
  expect(problemOf(thrown)).toMatchObject({ status, problem: { code } });
});

it.each([new Error('column "secret" does not exist'), { code: '42703' }, 'text', undefined, null])(
  'says nothing of the defect %o',
  (thrown) => {
    expect(problemOf(thrown)).toEqual({
      status: 500,
      problem: {
        code: 'internal_error',
        kind: 'internal',
        message: 'Something went wrong on our side.',
        details: {},
      },
    });
  },
);

it('says in interfaces of the TM Forum what their errors must have', () => {
  const { status, problem } = problemOf(new DomainError('bill_not_found', 'not_found', 'No such bill.'));
  const error = { '@type': 'Error', reason: 'No such bill.', status: '404' };
  const bodyAt = (url: string) => problemAnswer(url, status, problem, 'trace').body;
  expect(bodyAt('/tmf-api/customerBillManagement/v4/customerBill/x')).toEqual({
    ...{ ...error, ...problem, traceId: 'trace' },
  });
  expect(bodyAt('/reports/tax')).toEqual({ ...problem, traceId: 'trace' });
});
