import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from './platform-config';

const folder = mkdtempSync(join(tmpdir(), 'ronghe-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const secrets = {
  RONGHE_INTERNAL_TOKEN: 't'.repeat(16),
  RONGHE_JWT_SECRET: 's'.repeat(32),
  RONGHE_IDENTITY_KEY: 'a'.repeat(64),
};
const least = { DATABASE_URL: 'postgres://u:p@localhost/ronghe', RONGHE_DATA_DIR: folder };

it('names every variable that is missing or wrong at once', () => {
  const read = () => readConfig({ ...secrets, PORT: 'eighty', REDIS_URL: 'http://redis', LOG_LEVEL: 'loud' });
  for (const name of ['DATABASE_URL', 'PORT', 'REDIS_URL', 'LOG_LEVEL']) {
    expect(read).toThrow(
      expect.objectContaining({ code: 'config_invalid', message: expect.stringContaining(name) }),
    );
  }
});

it('makes development secrets once, for their owner alone', () => {
  const [first, second] = [readConfig(least), readConfig(least)];
  expect(second).toEqual(first);
  expect(first.jwtSecret).toMatch(/^[0-9a-f]{64}$/);
  expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
});

it('knows where peers run', () => {
  const { peers } = readConfig({ ...least, RONGHE_PEERS: 'customer=http://a:1/, billing=http://b:2/x?y=z' });
  expect(peers).toEqual({ customer: 'http://a:1', billing: 'http://b:2/x?y=z' });
});

describe('in production', () => {
  const production = { ...least, NODE_ENV: 'production' };

  it('makes no secrets up', () => {
    expect(() => readConfig(production)).toThrow(expect.objectContaining({ code: 'config_invalid' }));
    expect(readConfig({ ...production, ...secrets }).production).toBe(true);
  });

  it.each([
    ['RONGHE_CLOCK', 'movable', 'clock_not_movable'],
    ['RONGHE_DEMO_STAFF', 'true', 'demo_in_production'],
  ])('refuses %s=%s', (name, value, code) => {
    expect(() => readConfig({ ...production, ...secrets, [name]: value })).toThrow(
      expect.objectContaining({ code }),
    );
  });
});
