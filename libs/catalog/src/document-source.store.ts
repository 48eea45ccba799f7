import { Injectable } from '@nestjs/common';
import type { Tx } from '@ronghe/platform';
import type { DocumentFile } from './read-documents';

/** The documents as they were last applied, by path. */
@Injectable()
export class DocumentSourceStore {
  /** Waits for whoever applies documents now, and counts this application. */
  async begin(tx: Tx): Promise<number> {
    const [row] = await tx.query<{ application: number }>(
      'update catalog.live_state set application = application + 1 returning application',
    );
    if (!row) throw new Error('catalog.live_state has lost its row');
    return row.application;
  }

  async findAll(tx: Tx): Promise<DocumentFile[]> {
    return tx.query<DocumentFile>('select path, text from catalog.document_source order by path');
  }

  /** Writes new texts over old ones; a file without text is forgotten. */
  async save(tx: Tx, files: readonly DocumentFile[], application: number): Promise<void> {
    const kept = files.filter((file) => file.text.trim() !== '');
    const dropped = files.filter((file) => file.text.trim() === '').map((file) => file.path);
    await tx.execute('delete from catalog.document_source where path = any($1)', [dropped]);
    await tx.execute(
      `insert into catalog.document_source (path, text, application)
       select path, text, $3 from unnest($1::text[], $2::text[]) as file (path, text)
       on conflict (path) do update set text = excluded.text, application = excluded.application`,
      [kept.map((file) => file.path), kept.map((file) => file.text), application],
    );
  }
}
