import { fieldsOf, type Json } from './fields';
import { compareNchf, nchfRequest } from './nchf-charging';
import type { NchfSuite } from './nchf-suite';
import { interfaceOf, NCHF } from './online-charging';
import { replayVector, replayVectorBy, type Replayed } from './replay';

/** Replays a file as `replayFile` does, but asks a running suite where a vector is about its interface. */
export async function replayFileOn(suite: NchfSuite, content: Json): Promise<Replayed[]> {
  const replayed: Replayed[] = [];
  for (const vector of fieldsOf(content, 'file').list('vectors')) {
    const fields = fieldsOf(vector, 'vector');
    const isTheirs = fields.has('interface') && fields.has('request') && interfaceOf(fields) === NCHF;
    replayed.push(isTheirs ? await replayOn(suite, vector) : replayVector(vector));
  }
  return replayed;
}

async function replayOn(suite: NchfSuite, vector: Json): Promise<Replayed> {
  const run = await suite.newRun();
  const asked = replayVectorBy(vector, (fields) => {
    nchfRequest(fields.skip('interface'), run);
    return { status: 'passed' };
  });
  if (asked.outcome.status !== 'passed') return asked;
  const request = nchfRequest(fieldsOf(vector, 'vector'), run);
  const answer = await suite.ask(request);
  return replayVectorBy(vector, (fields) => {
    fields.take('request');
    return compareNchf(fields.skip('interface'), request, answer);
  });
}
