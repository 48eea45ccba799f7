import { DomainError, isDomainError } from './index';

describe('DomainError', () => {
  it('carries a code, a kind and plain details', () => {
    const error = new DomainError('number_taken', 'conflict', 'the number is sold', {
      number: '13800000000',
    });
    expect(error).toBeInstanceOf(Error);
    expect({ ...error }).toEqual({
      code: 'number_taken',
      kind: 'conflict',
      name: 'DomainError',
      details: { number: '13800000000' },
    });
    expect(String(error)).toBe('DomainError: the number is sold');
    expect(new DomainError('gone', 'not_found', 'gone').details).toEqual({});
  });

  it('is told from other errors', () => {
    expect(isDomainError(new DomainError('gone', 'not_found', 'gone'))).toBe(true);
    expect(isDomainError(new TypeError('gone'))).toBe(false);
    expect(isDomainError(undefined)).toBe(false);
  });
});
