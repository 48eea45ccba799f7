import { moneyToDecimal, type Money } from '@ronghe/kernel';
import type { InvoiceLine, TaxInvoice } from './tax-invoice';

/** The namespace of our schema, `tax-invoice.xsd`. */
export const NAMESPACE = 'urn:ronghe:tax-invoice:1';

/** The invoice as XML by `tax-invoice.xsd`; the same data gives the same text. */
export function taxInvoiceXml(invoice: TaxInvoice): string {
  const { seller, buyer } = invoice;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<taxInvoice xmlns="${NAMESPACE}"${attribute('requestId', invoice.requestId)}${attribute('kind', invoice.kind)}>`,
    element('billNumber', invoice.billNumber),
    element('issuedOn', invoice.issuedOn),
    ...(invoice.credits === null ? [] : [element('creditsInvoice', invoice.credits)]),
    '<seller>',
    element('name', seller.name),
    element('taxNumber', seller.taxNumber),
    ...optional('address', seller.address),
    ...optional('bank', seller.bank),
    '</seller>',
    '<buyer>',
    element('name', buyer.name),
    ...optional('taxNumber', buyer.taxNumber),
    '</buyer>',
    '<lines>',
    ...invoice.lines.map(lineXml),
    '</lines>',
    '<taxes>',
    ...invoice.rates.map((rate) => `<rate${attribute('percent', rate.percent)}>${amounts(rate)}</rate>`),
    '</taxes>',
    `<total>${amounts(invoice)}</total>`,
    '</taxInvoice>',
    '',
  ].join('\n');
}

function lineXml(line: InvoiceLine): string {
  return [
    `<line${attribute('no', String(line.no))}>`,
    element('itemCode', line.itemCode),
    element('itemName', line.itemName),
    element('description', line.description),
    element('servicePeriod', line.servicePeriod),
    element('taxPercent', line.taxPercent),
    amounts(line),
    '</line>',
  ].join('');
}

function amounts({ net, tax, gross }: { net: Money; tax: Money; gross: Money }): string {
  return (
    element('net', moneyToDecimal(net)) +
    element('tax', moneyToDecimal(tax)) +
    element('gross', moneyToDecimal(gross))
  );
}

function optional(name: string, value: string | null): string[] {
  return value === null ? [] : [element(name, value)];
}

function element(name: string, value: string): string {
  return `<${name}>${escaped(value)}</${name}>`;
}

function attribute(name: string, value: string): string {
  return ` ${name}="${escaped(value)}"`;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Also without what XML 1.0 §2.2 does not let a document hold. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"]/g, (character) => entities[character] ?? '');
}
