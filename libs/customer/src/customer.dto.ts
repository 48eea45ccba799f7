import {
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { Type } from 'class-transformer';
import type {
  ChangeContactInput,
  IdentityDocumentInput,
  OpenAccountInput,
  PaymentMode,
  RegisterCustomerInput,
} from './generated/graphql';
import { identityDocumentKinds, type IdentityDocumentKind } from './identity-document';

/** GraphQL enum PaymentMode. */
const paymentModeNames: readonly PaymentMode[] = ['POSTPAID', 'PREPAID'];

/** GraphQL input IdentityDocumentInput. */
export class IdentityDocumentDto implements IdentityDocumentInput {
  @IsIn(identityDocumentKinds)
  kind!: IdentityDocumentKind;

  @IsString()
  @Length(1, 40)
  number!: string;

  @IsOptional()
  @IsString()
  @Length(2, 2)
  issuingCountry?: string | null;
}

/** GraphQL input RegisterCustomerInput. */
export class RegisterCustomerDto implements RegisterCustomerInput {
  @IsString()
  @MaxLength(400)
  name!: string;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  phone?: string | null;

  @IsOptional()
  @IsString()
  @MaxLength(800)
  address?: string | null;

  @ValidateNested()
  @Type(() => IdentityDocumentDto)
  identityDocument!: IdentityDocumentDto;
}

/** GraphQL input OpenAccountInput. */
export class OpenAccountDto implements OpenAccountInput {
  @IsUUID()
  customerId!: string;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(31)
  billDay?: number | null;

  @IsOptional()
  @IsString()
  @MaxLength(60)
  zone?: string | null;

  @IsOptional()
  @IsIn(paymentModeNames)
  paymentMode?: PaymentMode | null;

  @IsOptional()
  @IsUUID()
  balanceGroupId?: string | null;

  @IsOptional()
  @IsUUID()
  billedWithAccountId?: string | null;

  @IsOptional()
  @IsString()
  @Length(1, 40)
  region?: string | null;
}

/** GraphQL input ChangeContactInput. */
export class ChangeContactDto implements ChangeContactInput {
  @IsUUID()
  customerId!: string;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  phone?: string | null;

  @IsOptional()
  @IsString()
  @MaxLength(800)
  address?: string | null;

  @IsOptional()
  @IsISO8601({ strict: true })
  effectiveFrom?: string | null;

  @IsString()
  @Length(1, 200)
  cause!: string;
}
