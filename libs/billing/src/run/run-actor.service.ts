import { requestContext } from '@ronghe/platform';

/** Who asks for what is done now. */
export function actorId(): string {
  return requestContext().actor?.id ?? 'system';
}
