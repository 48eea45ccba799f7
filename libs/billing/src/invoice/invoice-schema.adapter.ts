import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { validateXML } from 'xmllint-wasm';
import { PermanentFailure } from '../document/attempt';

/** Pages of 64 KiB that a check may use: an invoice of 20,000 lines fits. */
const MEMORY_PAGES = 8192;

/** @throws PermanentFailure with what `tax-invoice.xsd` has against the XML. */
export async function checkInvoiceXml(xml: string): Promise<void> {
  const schema = await readFile(join(__dirname, 'tax-invoice.xsd'), 'utf8');
  const { valid, errors } = await validateXML({
    xml: { fileName: 'invoice.xml', contents: xml },
    schema: { fileName: 'tax-invoice.xsd', contents: schema },
    maxMemoryPages: MEMORY_PAGES,
  });
  if (valid) return;
  const said = errors.map(({ message }) => message).join('; ');
  throw new PermanentFailure(`the tax invoice does not keep to its schema: ${said}`);
}
