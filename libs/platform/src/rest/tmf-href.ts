import { createParamDecorator, Injectable, type ExecutionContext, type PipeTransform } from '@nestjs/common';
import { hrefBelow, type HrefOf } from '@ronghe/contracts';
import type { FastifyRequest } from 'fastify';
import { PlatformConfig } from '../config/platform-config';

/** Addresses as the client knows us: RONGHE_PUBLIC_URL where it is set, else the host that the request names. */
@Injectable()
class HrefPipe implements PipeTransform<FastifyRequest, HrefOf> {
  constructor(private readonly config: PlatformConfig) {}

  transform(request: FastifyRequest): HrefOf {
    return hrefBelow(this.config.publicUrl ?? `${request.protocol}://${request.host}`);
  }
}

const CurrentRequest = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  context.switchToHttp().getRequest<FastifyRequest>(),
);

/** The `HrefOf` of the request, as a handler's parameter. */
export const Hrefs = (): ParameterDecorator => CurrentRequest(HrefPipe);
