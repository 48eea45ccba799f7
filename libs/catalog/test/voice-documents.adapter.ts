import type { Allowance } from '@ronghe/contracts';
import { readDocuments, type DocumentFile } from '../src/read-documents';
import { changed, demonstration, fileAt } from './document-files.adapter';

/** Documents about allowances of voice, beside the demonstration's. */

const SPECIFICATIONS = 'catalog/specifications.yaml';
const NIGHT = '      night-data:\n';
const { text } = fileAt(demonstration, SPECIFICATIONS);
const rulesOfVoice = text.slice(text.indexOf('      voice:\n'), text.indexOf('\n  - code: mobile-sub\n'));

/** The demonstration, with rules for voice also in the specification of prepaid cards. */
export const withVoice = changed(demonstration, SPECIFICATIONS, NIGHT, `${rulesOfVoice}${NIGHT}`);

interface Sold {
  version?: number;
  corrects?: number;
  from?: string;
  to?: string;
  voice?: string;
}

/** A pack that uses the prices of the main card beside which it is bought. */
export function pack({ requires, ...sold }: Sold & { requires: string }): string {
  return offer('voice-pack', { ...sold, specification: 'mobile-prepaid', usage: 'as main card', requires });
}

/** A plan with prices of its own. @param cap what members may use of its voice */
export function plan(sold: Sold & { specification: string; usage: string; cap?: string }): string {
  return offer('voice-plan', { ...sold, requires: '' });
}

function offer(
  code: string,
  sold: Sold & { specification: string; usage: string; requires: string; cap?: string },
): string {
  const { version = 1, corrects, from = '2026-01-01', to, voice, cap } = sold;
  return [
    `  - code: ${code}`,
    `    version: ${version}`,
    ...(corrects === undefined ? [] : [`    corrects: ${corrects}`]),
    '    name: { en: Voice, zh-CN: 语音 }',
    `    specification: ${sold.specification}`,
    `    sale: { from: ${from}, ${to === undefined ? '' : `to: ${to}, `}alone: yes, requires: [${sold.requires}] }`,
    `    usage: ${sold.usage}`,
    ...(voice === undefined ? [] : [`    allowances: { voice: ${voice} }`]),
    ...(cap === undefined ? [] : [`    membersAtMost: { voice: ${cap} }`]),
  ].join('\n');
}

/** A tariff for calls; each price says what it costs and when. */
export function tariff(code: string, ...prices: string[]): DocumentFile {
  const about = 'usage: voice, chargeClass: voice out of bundle, taxClass: voice, counter: product';
  return {
    path: `catalog/tariff-${code}.yaml`,
    text: [
      'tariffs:',
      `  - code: ${code}`,
      '    prices:',
      ...prices.map(
        (price) => `      - { code: calls, label: { en: Calls, zh-CN: 通话 }, ${about}, ${price} }`,
      ),
      '',
    ].join('\n'),
  };
}

/** The allowance of voice of an offer or bundle. */
export function voiceOf(code: string, files: readonly DocumentFile[]): Allowance | undefined {
  const found = readDocuments(files).offers.find((each) => each.code === code);
  return [...(found?.allowances ?? []), ...(found?.bundle?.allowances ?? [])].find(
    ({ code: name }) => name === 'voice',
  );
}
