import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Role } from '@ronghe/contracts';
import { DomainError } from '@ronghe/kernel';
import { requestContext } from '../context/request-context';
import { PUBLIC, ROLES } from './access';

/** Stands before every REST and GraphQL handler, entity references and field resolvers included. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, targets)) return true;
    const { actor } = requestContext();
    if (!actor)
      throw new DomainError('unauthenticated', 'forbidden', 'Sign in first: no access token was sent.');
    const allowed = this.reflector.getAllAndOverride<Role[] | undefined>(ROLES, targets);
    if (!allowed || actor.id.startsWith('domain:') || allowed.some((role) => actor.roles.includes(role)))
      return true;
    throw new DomainError('role_missing', 'forbidden', `This needs one of the roles ${allowed.join(', ')}.`, {
      allowed,
    });
  }
}
