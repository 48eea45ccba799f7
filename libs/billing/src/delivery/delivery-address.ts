import type { DeliveryChannel } from '@ronghe/contracts';
import { billingErrors } from '../billing.errors';

const EMAIL = /^[^\s@<>,;"]{1,64}@[^\s@<>,;"]{1,190}\.[^\s@<>,;".]{2,60}$/;
const ADDRESS_LIMIT = 300;

/**
 * The address as a channel needs it; null for those that need none.
 * @throws DomainError `delivery_address_invalid`.
 */
export function deliveryAddress(
  channel: DeliveryChannel,
  address: string | null,
  isPlainHttpAllowed: boolean,
): string | null {
  switch (channel) {
    case 'none':
    case 'file':
      return null;
    case 'email':
      if (!address || !EMAIL.test(address)) throw billingErrors.deliveryAddressInvalid(channel);
      return address;
    case 'webhook':
      if (!address || !isWebAddress(address, isPlainHttpAllowed))
        throw billingErrors.deliveryAddressInvalid(channel);
      return address;
  }
}

/** Without user and password: these would stand in logs. */
function isWebAddress(address: string, isPlainHttpAllowed: boolean): boolean {
  if (address.length > ADDRESS_LIMIT || !URL.canParse(address)) return false;
  const { protocol, username, password } = new URL(address);
  return (
    username === '' &&
    password === '' &&
    (protocol === 'https:' || (protocol === 'http:' && isPlainHttpAllowed))
  );
}
