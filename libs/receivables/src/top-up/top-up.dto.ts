import { IsIn, IsString, IsUUID, MaxLength } from 'class-validator';
import { paymentMethodNames, type PaymentMethodName } from '../payment-method-name';

/** GraphQL input TopUpInput. */
export class TopUpDto {
  @IsUUID()
  accountId!: string;

  @IsString()
  @MaxLength(40)
  amount!: string;

  @IsIn(paymentMethodNames)
  method!: PaymentMethodName;
}
