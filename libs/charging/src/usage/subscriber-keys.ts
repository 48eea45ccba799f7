import type { ProductResource, SubscriberKeyKind } from '@ronghe/contracts';
import { normaliseNumber } from './usage-record';

/**
 * The forms under which a product may hold a subscriber's number: as delivered, and for a Chinese mobile number the
 * one with or without country code (ITU-T E.164 country code 86). Other keys have one form.
 */
export function numberForms(subscriber: string): string[] {
  if (/^1\d{10}$/.test(subscriber)) return [subscriber, `86${subscriber}`];
  if (/^861\d{10}$/.test(subscriber)) return [subscriber, subscriber.slice(2)];
  return [subscriber];
}

/** The keys that a SUPI or GPSI stands for: `msisdn-8613800138000`, `imsi-460030000000001`; none for other forms. */
export function keysOfIdentifier(identifier: string): string[] {
  const [, kind, digits = ''] = /^(msisdn|imsi)-(\d{5,15})$/.exec(identifier) ?? [];
  if (kind === 'msisdn') return numberForms(digits);
  return kind === 'imsi' ? [`imsi-${digits}`] : [];
}

/** The keys by which usage finds the product that holds a resource: a number, a SIM's IMSI and ICCID, a terminal. */
export function subscriberKeysOf({ kind, value, attributes }: ProductResource): string[] {
  switch (kind) {
    case 'mobile_number':
    case 'fixed_number':
      return [value];
    case 'sim': {
      const imsi = attributes?.['imsi'];
      return imsi ? [`imsi-${imsi}`, keyOf('iccid', value)] : [keyOf('iccid', value)];
    }
    case 'optical_terminal':
    case 'set_top_box':
      return [keyOf('equipment', value)];
  }
}

/** How the subscriber column of a source becomes a key; an empty key when it holds none. */
export function subscriberKeyReader(kind: SubscriberKeyKind): (text: string) => string {
  if (kind === 'number') return normaliseNumber;
  return (text) => (text === '' ? '' : keyOf(kind, text));
}

/** The product that a key names by its id; null for other keys. */
export function productOfKey(key: string): string | null {
  return key.startsWith('product-') ? key.slice('product-'.length) : null;
}

function keyOf(kind: Exclude<SubscriberKeyKind, 'number'>, text: string): string {
  if (kind === 'product') return `product-${text.toLowerCase()}`;
  return kind === 'imsi' ? `imsi-${text.replace(/\D/g, '')}` : `${kind}-${text.toUpperCase()}`;
}
