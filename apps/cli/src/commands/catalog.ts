import { createHash } from 'node:crypto';
import { Command } from 'commander';
import { connect, withConnection, type ConnectionOptions } from '../connection';
import { readDocumentFiles, readDocumentFolder } from '../repository-files';
import { ApiRefusal } from '@ronghe/journey';

interface Applied {
  applyCatalogDocuments: { published: string[]; unchanged: string[] };
}

/** `ronghe catalog apply`: the only writer of live offers and policies. */
export function catalogCommand(): Command {
  const apply = new Command('apply')
    .description('Check the documents of some folders and publish what is new: all of it, or nothing.')
    .argument(
      '[folders...]',
      'folders with YAML documents, or with folders catalog and policy; a document replaces the applied one of its name (default: catalog and policy of the repository)',
    )
    .action(async (folders: string[], options: ConnectionOptions) => {
      const files = folders.length > 0 ? folders.flatMap(readDocumentFolder) : readDocumentFiles();
      const key = `cli/catalog/${createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 32)}`;
      try {
        const { applyCatalogDocuments } = await connect(options).graphql<Applied>(
          'operations',
          `mutation ($files: [CatalogFileInput!]!, $key: String!) {
             applyCatalogDocuments(files: $files, idempotencyKey: $key) { published unchanged }
           }`,
          { files, key },
        );
        for (const document of applyCatalogDocuments.published) console.log(`published ${document}`);
        console.log(
          `${applyCatalogDocuments.published.length} published, ${applyCatalogDocuments.unchanged.length} unchanged`,
        );
      } catch (error) {
        printProblems(error);
        throw error;
      }
    });
  return new Command('catalog')
    .description('Offers and policies as documents.')
    .addCommand(withConnection(apply));
}

/** A refused document names file, line and field of every error. */
function printProblems(error: unknown): void {
  const problems = error instanceof ApiRefusal ? error.details['errors'] : undefined;
  if (!Array.isArray(problems)) return;
  for (const { file, line, field, message } of problems as {
    file: string;
    line: number;
    field: string;
    message: string;
  }[]) {
    console.error(`${file}:${line} ${field}: ${message}`);
  }
}
