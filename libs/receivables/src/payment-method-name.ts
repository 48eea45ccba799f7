import type { PaymentMethod } from './payment';

/** GraphQL enum PaymentMethod. */
export const paymentMethodNames = ['CASH', 'CARD', 'TRANSFER', 'GATEWAY'] as const;
export type PaymentMethodName = (typeof paymentMethodNames)[number];

/** CASH → cash. */
export function methodOf(name: PaymentMethodName): PaymentMethod {
  return name.toLowerCase() as PaymentMethod;
}

/** cash → CASH. */
export function methodName(method: PaymentMethod): PaymentMethodName {
  return method.toUpperCase() as PaymentMethodName;
}
