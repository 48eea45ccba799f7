import { z } from 'zod';

/** The part of a JSON Schema that a reader of documents needs. */
export interface FieldSchema {
  title?: string;
  description?: string;
  /** How a value is written, as Markdown; whoever has it is shown whole. */
  written?: string;
  type?: string;
  enum?: string[];
  const?: string;
  properties?: Record<string, FieldSchema>;
  required?: string[];
  items?: FieldSchema;
  additionalProperties?: FieldSchema | boolean;
  anyOf?: FieldSchema[];
}

/** A row of a table of fields. */
export interface FieldRow {
  field: string;
  written: string;
  isNeeded: boolean;
  meaning: string;
}

/** The form in which a document is written, as a schema of fields. */
export function fieldSchemaOf(schema: z.ZodType): FieldSchema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as FieldSchema;
}

/**
 * All fields of a part of a document. Parts with a title are described by themselves.
 * @param isKnown whether a title has a section of its own
 */
export function fieldRows(schema: FieldSchema, isKnown: (title: string) => boolean, prefix = ''): FieldRow[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const path = `${prefix}${name}`;
    const row: FieldRow = {
      field: path,
      written: writtenOf(field, isKnown),
      isNeeded: schema.required?.includes(name) ?? false,
      meaning: field.description ?? '',
    };
    return [row, ...innerRows(field, isKnown, path)];
  });
}

function innerRows(field: FieldSchema, isKnown: (title: string) => boolean, path: string): FieldRow[] {
  if (field.written !== undefined || (field.title !== undefined && isKnown(field.title))) return [];
  if (field.properties) return fieldRows(field, isKnown, `${path}.`);
  if (field.items) return innerRows(field.items, isKnown, `${path}[]`);
  return isSchema(field.additionalProperties)
    ? innerRows(field.additionalProperties, isKnown, `${path}.NAME`)
    : [];
}

function writtenOf(field: FieldSchema, isKnown: (title: string) => boolean): string {
  if (field.written !== undefined) return field.written;
  if (field.title !== undefined && isKnown(field.title)) {
    return `[${field.title}](#${field.title.replaceAll(' ', '-')})`;
  }
  if (field.items)
    return field.items.written?.startsWith('`[') ? field.items.written : listOf(field.items, isKnown);
  if (isSchema(field.additionalProperties))
    return `by name: ${writtenOf(field.additionalProperties, isKnown)}`;
  if (field.properties) return 'fields';
  if (field.anyOf) return field.anyOf.map((each) => writtenOf(each, isKnown)).join(' or ');
  if (field.enum) return field.enum.join(', ');
  return field.const ?? 'text';
}

function listOf(items: FieldSchema, isKnown: (title: string) => boolean): string {
  return `list of ${writtenOf(items, isKnown)}`;
}

function isSchema(value: FieldSchema | boolean | undefined): value is FieldSchema {
  return typeof value === 'object' && Object.keys(value).length > 0;
}
