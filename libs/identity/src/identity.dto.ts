import { ArrayMaxSize, ArrayMinSize, IsIn, IsString, MaxLength } from 'class-validator';

/** GraphQL enum Role. */
const roleNames = ['COUNTER', 'BILLING', 'OPERATIONS', 'PARTNER'] as const;
export type RoleName = (typeof roleNames)[number];

/** GraphQL input CreateStaffInput. */
export class CreateStaffDto {
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
