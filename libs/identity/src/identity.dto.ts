import { ArrayMaxSize, ArrayMinSize, IsIn, IsString, MaxLength } from 'class-validator';
import type { CreateStaffInput, Role as RoleName } from './generated/graphql';

/** GraphQL enum Role. */
const roleNames: readonly RoleName[] = ['COUNTER', 'BILLING', 'OPERATIONS', 'PARTNER'];

/** GraphQL input CreateStaffInput. */
export class CreateStaffDto implements CreateStaffInput {
  @IsString()
  @MaxLength(80)
  username!: string;

  @IsString()
  @MaxLength(400)
  displayName!: string;

  @IsString()
  @MaxLength(800)
  password!: string;

  @IsIn(roleNames, { each: true })
  @ArrayMinSize(1)
  @ArrayMaxSize(roleNames.length)
  roles!: RoleName[];
}

/** Body of POST /auth/token. */
export class TokenRequestDto {
  @IsString()
  @MaxLength(80)
  username!: string;

  @IsString()
  @MaxLength(800)
  password!: string;
}
