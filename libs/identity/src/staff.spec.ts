import { DomainError } from '@ronghe/kernel';
import { readStaff, type StaffRequest } from './staff';

const request: StaffRequest = {
  username: ' Wang.Fang ',
  displayName: ' 王芳 ',
  password: 'correct horse battery',
  roles: ['operations', 'counter', 'counter'],
};

const fieldOf = (part: Partial<StaffRequest>): unknown => {
  try {
    return readStaff({ ...request, ...part });
  } catch (error) {
    return error instanceof DomainError ? `${error.code} ${String(error.details['field'])}` : error;
  }
};

describe('readStaff', () => {
  it('gives the normal form and each role once', () => {
    expect(readStaff(request)).toEqual({
      username: 'wang.fang',
      displayName: '王芳',
      roles: ['counter', 'operations'],
    });
  });

  it.each([
    [{ username: 'w' }, 'username'],
    [{ username: 'wang fang' }, 'username'],
    [{ username: '.wang' }, 'username'],
    [{ displayName: ' ' }, 'displayName'],
    [{ displayName: 'a\nb' }, 'displayName'],
    [{ password: 'short' }, 'password'],
    [{ password: 'x'.repeat(201) }, 'password'],
    [{ password: 'my name is Wang.Fang' }, 'password'],
    [{ roles: [] }, 'roles'],
    [{ roles: ['counter', 'root'] }, 'roles'],
  ])('refuses %j', (part, field) => expect(fieldOf(part)).toBe(`staff_invalid ${field}`));

  it('never repeats the password in the error', () => {
    try {
      readStaff({ ...request, password: 'wang.fang-secret-1' });
    } catch (error) {
      expect(JSON.stringify([(error as DomainError).message, (error as DomainError).details])).not.toContain(
        'secret',
      );
    }
    expect.assertions(1);
  });
});
