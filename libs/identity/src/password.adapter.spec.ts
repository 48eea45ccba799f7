import { hashPassword, verifyPassword } from './password.adapter';

describe('verifyPassword', () => {
  it('knows the right password, in any Unicode spelling', async () => {
    const stored = await hashPassword('Zoë’s long password');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    await expect(verifyPassword(stored, 'Zoe\u0308’s long password')).resolves.toBe(true);
    await expect(verifyPassword(stored, 'zoë’s long password')).resolves.toBe(false);
  });

  it('never matches where there is nobody, not even the stand-in', async () => {
    await expect(verifyPassword(null, 'nobody')).resolves.toBe(false);
  });
});
