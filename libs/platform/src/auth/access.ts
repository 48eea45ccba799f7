import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { Actor, Role } from '@ronghe/contracts';
import { DomainError } from '@ronghe/kernel';
import { requestContext } from '../context/request-context';

export const ROLES = 'ronghe:roles';
export const PUBLIC = 'ronghe:public';

/** Only these roles may call this handler; without it any signed-in actor may. */
export const Roles = (...allowed: Role[]): MethodDecorator & ClassDecorator => SetMetadata(ROLES, allowed);

/** Anybody may call this handler, signed in or not. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(PUBLIC, true);

/** The signed-in actor of the request. @throws DomainError `unauthenticated`. */
export const CurrentActor = createParamDecorator((_data: unknown, _context: ExecutionContext): Actor => {
  const { actor } = requestContext();
  if (!actor) throw new DomainError('unauthenticated', 'forbidden', 'Sign in first.');
  return actor;
});

/** The `Idempotency-Key` header of a REST command. @throws DomainError `idempotency_key_missing`. */
export const IdempotencyKey = createParamDecorator((_data: unknown, context: ExecutionContext): string => {
  const request = context.switchToHttp().getRequest<{ headers: Record<string, string | undefined> }>();
  const key = request.headers['idempotency-key'];
  if (!key) {
    throw new DomainError(
      'idempotency_key_missing',
      'invalid',
      'This request needs an Idempotency-Key header.',
    );
  }
  return key;
});
