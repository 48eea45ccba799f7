import type { z } from 'zod';
import { policyFileSchema } from '../policy-schema';
import { fieldRows, fieldSchemaOf, type FieldRow, type FieldSchema } from './field-table';
import { catalogSections, policyProse, type ReferenceSection } from './sections';

/** Texts of the example files by name, without `.yaml`. */
export type ReferenceExamples = ReadonlyMap<string, string>;

/**
 * The reference of the documents' language as Markdown, made from the schema that reads them.
 * @throws Error for an example that is not there, or that no section shows
 */
export function referencePage(examples: ReferenceExamples): string {
  const shown = new Set<string>();
  const exampleOf = (name: string): string => {
    const text = examples.get(name);
    if (text === undefined) throw new Error(`there is no example ${name}`);
    shown.add(name);
    return `\`\`\`yaml\n${text.trimEnd()}\n\`\`\``;
  };
  const parts = [
    INTRODUCTION,
    ...catalogSections.map((section) => sectionText(section, exampleOf)),
    POLICIES,
    ...policyFileSchema.options.map((schema) => policyText(schema, exampleOf)),
  ];
  const lost = [...examples.keys()].filter((name) => !shown.has(name));
  if (lost.length > 0) throw new Error(`no section shows ${lost.join(', ')}`);
  return `${parts.join('\n\n')}\n`;
}

/** Every field that a document may have, with its section, as the page lists them. */
export function allFields(): (FieldRow & { section: string })[] {
  return catalogSections.flatMap(({ title, schema }) =>
    fieldRows(fieldSchemaOf(schema), isSection).map((row) => ({ ...row, section: title })),
  );
}

const INTRODUCTION = `<!-- Made by \`npm run generate\` from libs/catalog/src: do not edit. -->

# Writing offers and policies

Offers are YAML files in \`catalog/\`, business parameters in \`policy/\`. \`ronghe catalog apply\` validates all of them
together and publishes them at once or not at all; what they say is in force at once. What is wrong is told with file,
line and field, all mistakes at once:

\`\`\`
catalog/mobile-5g-enjoy.yaml:9 offers[0].fee: must be a number such as 12.50
\`\`\`

Amounts are yuan including tax. Every value is read as text, so 199.00 stays exactly 199.00. Sizes: 1 GB = 1024 MB =
1,048,576 KB. YAML anchors and \`<<\` may be used within a file. Codes are words joined by \`-\` or \`_\`. A field that is not
listed here is refused. The examples are files in \`docs/examples/catalog\`, and a test reads every one of them.`;

const POLICIES = `## Policies

One file, one document. Versions of a policy follow each other without gap or overlap. The files in \`policy/\` are examples of
those kinds that have none here.`;

function sectionText(
  { title, prose, schema, examples, notes }: ReferenceSection,
  exampleOf: (name: string) => string,
): string {
  const parts = [`## ${capital(title)}`, prose, tableOf(fieldSchemaOf(schema))];
  return [...parts, ...(notes ? [notes] : []), ...examples.map(exampleOf)].join('\n\n');
}

function policyText(schema: z.ZodType, exampleOf: (name: string) => string): string {
  const fields = fieldSchemaOf(schema);
  const kind = fields.properties?.['kind']?.const ?? '';
  const { prose = '', example } = policyProse[kind] ?? {};
  const parts = [`### ${kind}`, prose, tableOf(fields), example === undefined ? '' : exampleOf(example)];
  return parts.filter((part) => part !== '').join('\n\n');
}

function tableOf(schema: FieldSchema): string {
  const cells = fieldRows(schema, isSection).map(({ field, written, isNeeded, meaning }) => [
    `\`${field}\``,
    written,
    isNeeded ? 'yes' : '',
    meaning,
  ]);
  const rows = [['field', 'written', 'needed', 'meaning'], ...cells];
  const widths =
    rows[0]?.map((_, column) => Math.max(...rows.map((row) => escaped(row[column]).length))) ?? [];
  const line = (row: string[]) =>
    `| ${row.map((cell, column) => escaped(cell).padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}

function escaped(cell = ''): string {
  return cell.replaceAll('|', '\\|');
}

function isSection(title: string): boolean {
  return catalogSections.some((section) => section.title === title);
}

function capital(title: string): string {
  return title.charAt(0).toUpperCase() + title.slice(1);
}
