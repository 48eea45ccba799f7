import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';

/** Most lines of one note. */
const MAX_LINES = 1000;

/** GraphQL input CreditedLineInput. */
export class CreditedLineDto {
  @IsInt()
  @Min(1)
  no!: number;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  amount?: string | null;
}

/** GraphQL input IssueCreditNoteInput. */
export class IssueCreditNoteDto {
  @IsUUID()
  billId!: string;

  @IsString()
  @Length(1, 200)
  reason!: string;

  @ValidateNested({ each: true })
  @Type(() => CreditedLineDto)
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_LINES)
  lines!: CreditedLineDto[];
}
