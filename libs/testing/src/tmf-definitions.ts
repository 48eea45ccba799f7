import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ErrorObject } from 'ajv';
import addFormats from 'ajv-formats';

interface Definition {
  properties?: Record<string, unknown>;
  additionalProperties?: boolean;
}

interface Swagger {
  definitions: Record<string, Definition>;
}

/** Says what is wrong with a body as a definition sees it; nothing when it conforms. */
export type Conformance = (definition: string, body: unknown) => string[];

/**
 * A validator for one of the TM Forum's definitions, which are not ours to copy: RONGHE_DEFINITIONS names the folder
 * that holds `tmf/v4`. Attributes that the definition does not know are reported too: they are typing errors.
 * @param api how the file's name starts: `TMF620`.
 * @throws Error where the folder is not named or has no such file.
 */
export function tmfConformance(api: string): Conformance {
  const root = process.env['RONGHE_DEFINITIONS'];
  if (!root)
    throw new Error('RONGHE_DEFINITIONS is not set: run `npm run test:conformance -- --definitions DIR`.');
  const folder = join(root, 'tmf/v4');
  const name = readdirSync(folder).find((file) => file.startsWith(`${api}-`));
  if (!name) throw new Error(`${folder} has no definition of ${api}.`);
  const { definitions } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Swagger;
  const closed = Object.fromEntries(Object.entries(definitions).map(([key, each]) => [key, close(each)]));
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
  addFormats(ajv);
  ajv.addSchema({ $id: 'tmf', definitions: closed });
  return (definition, body) => {
    const validate = ajv.getSchema(`tmf#/definitions/${definition}`);
    if (!validate) throw new Error(`${name} does not define ${definition}.`);
    return validate(body) ? [] : (validate.errors ?? []).map(textOf);
  };
}

/** What is wrong with an error's body as an interface defines `Error`; what ours says beyond it is left out. */
export function tmfErrorProblems(problems: Conformance, body: unknown): string[] {
  const { kind: _kind, details: _details, traceId: _traceId, ...error } = body as Record<string, unknown>;
  return problems('Error', error);
}

function close(definition: Definition): Definition {
  return definition.properties === undefined ? definition : { additionalProperties: false, ...definition };
}

function textOf({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath || '/'} ${message ?? ''} ${JSON.stringify(params)}`;
}
