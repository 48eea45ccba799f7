import { problemOf } from './problem';
import { problemAnswer } from './problem-details';

const answerTo = (url: string, thrown: unknown) => {
  const { status, problem } = problemOf(thrown);
  return problemAnswer(url, status, problem, 'trace');
};

it.each([
  [{ statusCode: 400 }, 400, 'INVALID_MSG_FORMAT'],
  [{ statusCode: 404 }, 404, 'RESOURCE_URI_STRUCTURE_NOT_FOUND'],
  [{ statusCode: 413 }, 413, 'BODY_TOO_LARGE'],
  [new Error('a secret'), 500, 'SYSTEM_FAILURE'],
])('tells a network function of %o as ProblemDetails', (thrown, status, cause) => {
  const { contentType, body } = answerTo('/nchf-convergedcharging/v3/chargingdata', thrown);
  expect(contentType).toBe('application/problem+json');
  expect(body).toEqual({ status, title: expect.any(String), cause, detail: expect.any(String) });
  expect(JSON.stringify(body)).not.toContain('secret');
});

it.each(['/tmf-api/productInventory/v4/product', '/nothing', '/graphql'])(
  'tells everybody else at %s in our own words',
  (url) => {
    const { contentType, body } = answerTo(url, { statusCode: 400 });
    expect(contentType).toBe('application/json; charset=utf-8');
    expect(body).toMatchObject({ code: 'request_malformed', traceId: 'trace' });
  },
);
