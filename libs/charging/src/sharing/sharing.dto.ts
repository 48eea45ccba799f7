import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  MaxLength,
  ValidateNested,
} from 'class-validator';

/** Longest code, reason and number; caps of one member. */
const CODE_LENGTH = 100;
const REASON_LENGTH = 200;
const UNITS_LENGTH = 15;
const CAPS_MAXIMUM = 20;

/** GraphQL input SharingCapInput. */
export class SharingCapDto {
  @IsOptional()
  @IsString()
  @MaxLength(CODE_LENGTH)
  allowanceCode?: string | null;

  @IsOptional()
  @IsIn(['VOICE', 'SMS', 'MMS', 'DATA', 'CONTENT'])
  usageClass?: string | null;

  @IsString()
  @MaxLength(UNITS_LENGTH)
  units!: string;
}

/** GraphQL input ShareAllowancesInput. */
export class ShareAllowancesDto {
  @IsUUID()
  ownerProductId!: string;

  @IsUUID()
  memberProductId!: string;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(CAPS_MAXIMUM)
  @ValidateNested({ each: true })
  @Type(() => SharingCapDto)
  caps?: SharingCapDto[] | null;

  @IsString()
  @Length(1, REASON_LENGTH)
  reason!: string;
}

/** GraphQL input EndSharingInput. */
export class EndSharingDto {
  @IsUUID()
  accountId!: string;

  @IsUUID()
  sharingId!: string;

  @IsString()
  @Length(1, REASON_LENGTH)
  reason!: string;
}
