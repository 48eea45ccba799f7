import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Public } from '@ronghe/platform';
import { SignInService, type Session } from './sign-in.service';

/** Signing in over GraphQL. */
@Resolver('Session')
export class SignInResolver {
  constructor(private readonly service: SignInService) {}

  @Public()
  @Mutation('signIn')
  async signIn(@Args('username') username: string, @Args('password') password: string): Promise<Session> {
    return this.service.signIn(username, password);
  }
}
