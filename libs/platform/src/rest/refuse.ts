import type { FastifyReply, FastifyRequest } from 'fastify';
import { traceIdOf } from '../context/request-context';
import { problemOf } from './problem';
import { problemAnswer } from './problem-details';

/** Answers a request with what went wrong, in the words of its interface. */
export function refuse(request: FastifyRequest, reply: FastifyReply, error: unknown): void {
  const { traceparent } = request.headers;
  const { status, problem } = problemOf(error);
  const traceId = traceIdOf(Array.isArray(traceparent) ? traceparent[0] : traceparent);
  const { contentType, body } = problemAnswer(request.url, status, problem, traceId);
  void reply.status(status).header('content-type', contentType).send(JSON.stringify(body));
}
