import { applyDocuments, type DocumentFile, type OperatorApi } from '@ronghe/journey';
import { documentFiles } from '../demonstration';
import { storyDocuments } from './story';

const TAX_FILE = 'policy/tax.yaml';

/** Announces that IPTV content is taxed at 9 % from 2027 on: the table in force ends, and its next version follows. */
export async function announceTax(api: OperatorApi): Promise<void> {
  const files = [...documentFiles(), ...storyDocuments()].flatMap((file) =>
    file.path === TAX_FILE ? taxVersions(file.text) : [file],
  );
  await applyDocuments(api, files, 'year/tax');
}

function taxVersions(text: string): DocumentFile[] {
  const ended = text.replace('version: 1\n', 'version: 1\neffectiveTo: 2027-01-01\n');
  const next = text
    .replace('version: 1\n', 'version: 2\n')
    .replace(/effectiveFrom: \S+/, 'effectiveFrom: 2027-01-01')
    .replace(
      /(code: iptv-content\n.*\n {4}rates:) .*/,
      '$1 [{ from: 2019-04-01, to: 2027-01-01, percent: 6 }, { from: 2027-01-01, percent: 9 }]',
    );
  return [
    { path: TAX_FILE, text: ended },
    { path: 'policy/tax-2.yaml', text: next },
  ];
}
