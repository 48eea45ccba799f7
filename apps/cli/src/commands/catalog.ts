import { Command } from 'commander';
import { newKey } from '../bill-run-api';
import { connect, withConnection, type ConnectionOptions } from '../connection';
import { counted } from '../counted';
import { findDocuments } from '../repository-files';
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
      const found = findDocuments(folders);
      const files = found.map(({ document }) => document);
      try {
        const { applyCatalogDocuments } = await connect(options).graphql<Applied>(
          'operations',
          `mutation ($files: [CatalogFileInput!]!, $key: String!) {
             applyCatalogDocuments(files: $files, idempotencyKey: $key) { published unchanged }
           }`,
          { files, key: newKey() },
        );
        for (const document of applyCatalogDocuments.published) console.log(`published ${document}`);
        console.log(
          `${applyCatalogDocuments.published.length} published, ${applyCatalogDocuments.unchanged.length} unchanged`,
        );
      } catch (error) {
        const mistakes = mistakesIn(error);
        if (mistakes.length === 0) throw error;
        const readFrom = new Map(found.map((each) => [each.document.path, each.readFrom]));
        for (const { file, line, field, message } of mistakes)
          console.error(`${readFrom.get(file) ?? file}:${line} ${field}: ${message}`);
        throw Object.assign(new Error(`nothing is published: ${counted(mistakes.length, 'mistake')}`), {
          code: 'document_invalid',
        });
      }
    });
  return new Command('catalog')
    .description('Offers and policies as documents.')
    .addCommand(withConnection(apply));
}

interface Mistake {
  file: string;
  line: number;
  field: string;
  message: string;
}

/** What a refusal of documents says is wrong, all of it; nothing where it was refused for another reason. */
function mistakesIn(error: unknown): Mistake[] {
  const mistakes = error instanceof ApiRefusal ? error.details['errors'] : undefined;
  return Array.isArray(mistakes) ? (mistakes as Mistake[]) : [];
}
