import { IsIn, IsString, IsUUID, MaxLength } from 'class-validator';
import type { PaymentMethod } from './payment';

/** GraphQL enum PaymentMethod. */
const paymentMethodNames = ['CASH', 'CARD', 'TRANSFER', 'GATEWAY'] as const;
export type PaymentMethodName = (typeof paymentMethodNames)[number];

/** GraphQL input RecordPaymentInput. */
export class RecordPaymentDto {
  @IsUUID()
  accountId!: string;

  @IsString()
  @MaxLength(40)
  amount!: string;

  @IsIn(paymentMethodNames)
  method!: PaymentMethodName;
}

/** CASH → cash. */
export function methodOf(name: PaymentMethodName): PaymentMethod {
  return name.toLowerCase() as PaymentMethod;
}

/** cash → CASH. */
export function methodName(method: PaymentMethod): PaymentMethodName {
  return method.toUpperCase() as PaymentMethodName;
}
