import type { PlaceOrderInput } from '@ronghe/contracts';
import { parseLocalDate } from '@ronghe/kernel';
import { IsDateString, IsOptional, IsString, Length } from 'class-validator';

/** From which day an order counts. */
export class DatedDto {
  @IsOptional()
  @IsDateString({ strict: true })
  @Length(10, 10)
  effectiveOn?: string | null;

  @IsOptional()
  @IsString()
  @Length(1, 200)
  backdateReason?: string | null;
}

/** The day as an order has it. @throws DomainError('invalid_local_date') for a day that the calendar does not have */
export function dayOf({
  effectiveOn,
  backdateReason,
}: DatedDto): Pick<PlaceOrderInput, 'effectiveOn' | 'backdateReason'> {
  return {
    ...(effectiveOn ? { effectiveOn: parseLocalDate(effectiveOn) } : {}),
    ...(backdateReason ? { backdateReason } : {}),
  };
}
