import type { ProductResource } from '@ronghe/contracts';

/**
 * The forms under which a product may hold a subscriber's number: as delivered, and for a Chinese mobile number the
 * one with or without country code (ITU-T E.164 country code 86).
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

/** The keys by which usage finds the product that holds a resource: a number, or a SIM's IMSI. */
export function subscriberKeysOf({ kind, value, attributes }: ProductResource): string[] {
  if (kind === 'mobile_number' || kind === 'fixed_number') return [value];
  const imsi = attributes?.['imsi'];
  return kind === 'sim' && imsi ? [`imsi-${imsi}`] : [];
}
