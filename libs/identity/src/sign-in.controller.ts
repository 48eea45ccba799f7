import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { Public } from '@ronghe/platform';
import { TokenRequestDto } from './identity.dto';
import { SignInService } from './sign-in.service';

/** What POST /auth/token answers. */
export interface TokenAnswer {
  accessToken: string;
  tokenType: 'Bearer';
  expiresInSeconds: number;
}

/** Signing in over REST. */
@Controller('auth')
export class SignInController {
  constructor(private readonly service: SignInService) {}

  @Public()
  @Post('token')
  @HttpCode(200)
  async token(@Body() body: TokenRequestDto): Promise<TokenAnswer> {
    const { accessToken, expiresInSeconds } = await this.service.signIn(body.username, body.password);
    return { accessToken, tokenType: 'Bearer', expiresInSeconds };
  }
}
