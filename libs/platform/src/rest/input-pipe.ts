import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { DomainError } from '@ronghe/kernel';

/** Validates every DTO: unknown fields are refused, and each problem names its field. */
export function inputPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    exceptionFactory: (errors) => {
      const fields = errors.flatMap((error) => problemsOf(error, ''));
      const first = fields[0];
      return new DomainError(
        'input_invalid',
        'invalid',
        first ? `${first.field}: ${first.message}` : 'The input is wrong.',
        { fields },
      );
    },
  });
}

/** class-validator begins with the field's name, which stands in front anyway. */
function withoutName(text: string, name: string): string {
  return text.startsWith(`${name} `) ? text.slice(name.length + 1) : text;
}

function problemsOf(error: ValidationError, path: string): { field: string; message: string }[] {
  const field = path === '' ? error.property : `${path}.${error.property}`;
  const own = Object.values(error.constraints ?? {}).map((text) => ({
    field,
    message: withoutName(text, error.property),
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => problemsOf(child, field))];
}
