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
import { identityDocumentKinds, type IdentityDocumentKind } from './identity-document';

/** GraphQL enum PaymentMode. */
const paymentModeNames = ['POSTPAID', 'PREPAID'] as const;
export type PaymentModeName = (typeof paymentModeNames)[number];

/** GraphQL input IdentityDocumentInput. */
export class IdentityDocumentDto {
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
export class RegisterCustomerDto {
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
export class OpenAccountDto {
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
  paymentMode?: PaymentModeName | null;
}

/** GraphQL input ChangeContactInput. */
export class ChangeContactDto {
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
