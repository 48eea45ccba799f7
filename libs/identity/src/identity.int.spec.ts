import { TokenSigner } from '@ronghe/platform';
import { startOperator, type TestOperator } from '@ronghe/testing';
import { DemoStaffService } from './demo-staff.service';
import { identityDomain } from './index';
import { FAILURE_LIMIT } from './lock-out';

const DEMO_PASSWORD = 'a demonstration password';
const CREATE = `mutation ($input: CreateStaffInput!, $key: String!) {
  createStaff(input: $input, idempotencyKey: $key) { staffId username displayName roles disabledAt }
}`;
const SIGN_IN = `mutation ($username: String!, $password: String!) {
  signIn(username: $username, password: $password) { accessToken expiresInSeconds staff { username roles } }
}`;

let operator: TestOperator;
let serial = 0;
const nextKey = () => `key-${(serial += 1)}`;

beforeAll(async () => {
  operator = await startOperator({
    domains: [identityDomain],
    environment: { RONGHE_DEMO_STAFF: 'true', RONGHE_DEMO_PASSWORD: DEMO_PASSWORD },
  });
});
afterAll(() => operator?.stop());

interface Created {
  createStaff: { staffId: string; username: string };
}
const create = (input: object, key = nextKey(), role: 'operations' | 'counter' = 'operations') =>
  operator.graphql<Created>(CREATE, { input, key }, role);
const token = (username: string, password: string) =>
  operator.rest('POST', '/auth/token', { username, password }, { role: null });
const codeOf = (body: unknown) => (body as { code?: string }).code;
const errorOf = (answer: { errors?: { extensions: { code: string; details?: object } }[] }) =>
  answer.errors?.[0]?.extensions;

async function me(accessToken: string): Promise<unknown> {
  const response = await fetch(`${operator.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
    body: JSON.stringify({ query: '{ me { username roles } }' }),
  });
  return response.json();
}

describe('demonstration staff', () => {
  it.each([
    ['counter1', 'COUNTER'],
    ['billing1', 'BILLING'],
    ['operations1', 'OPERATIONS'],
    ['partner1', 'PARTNER'],
  ])('%s is there when the host answers, and signs in over REST', async (username, role) => {
    const { status, body } = await token(username, DEMO_PASSWORD);
    expect(status).toBe(200);
    expect(body).toEqual({ accessToken: expect.any(String), tokenType: 'Bearer', expiresInSeconds: 28_800 });
    expect(await me((body as { accessToken: string }).accessToken)).toEqual({
      data: { me: { username, roles: [role] } },
    });
  });

  it('is made once', async () => {
    expect(await operator.get(DemoStaffService).seed()).toBe(0);
  });

  it('is refused in production and absent without the setting', async () => {
    await expect(
      startOperator({
        domains: [identityDomain],
        databaseUrl: operator.databaseUrl,
        environment: { RONGHE_DEMO_STAFF: 'true', NODE_ENV: 'production', RONGHE_CLOCK: 'system' },
      }),
    ).rejects.toMatchObject({ code: 'demo_in_production' });
    const plain = await startOperator({ domains: [identityDomain] });
    try {
      expect(await plain.sql('select 1 from identity.staff')).toEqual([]);
    } finally {
      await plain.stop();
    }
  });
});

describe('sign-in', () => {
  it('works over GraphQL, whatever the letter case of the name', async () => {
    const answer = await operator.graphql(SIGN_IN, { username: ' Counter1', password: DEMO_PASSWORD }, null);
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual({
      signIn: {
        accessToken: expect.any(String),
        expiresInSeconds: 28_800,
        staff: { username: 'counter1', roles: ['COUNTER'] },
      },
    });
  });

  it('answers a wrong password and an unknown name alike', async () => {
    const wrong = await token('counter1', 'not the password');
    const unknown = await token('nobody-at-all', 'not the password');
    expect(wrong.status).toBe(403);
    expect(codeOf(wrong.body)).toBe('sign_in_failed');
    const shown = ({ body }: { body: unknown }) => ({ ...(body as object), traceId: '' });
    expect(shown(unknown)).toEqual(shown(wrong));
    expect(unknown.status).toBe(wrong.status);
  });

  it.each(['locked-out', 'nobody-known'])(
    'locks %s after ten failures, also for the right password',
    async (username) => {
      if (username === 'locked-out') {
        await create({ username, displayName: 'Locked Out', password: DEMO_PASSWORD, roles: ['COUNTER'] });
      }
      const answers: unknown[] = [];
      for (let n = 0; n < FAILURE_LIMIT; n += 1) answers.push(codeOf((await token(username, 'wrong')).body));
      expect(new Set(answers)).toEqual(new Set(['sign_in_failed']));
      const locked = await token(username, DEMO_PASSWORD);
      expect(locked.status).toBe(403);
      expect(locked.body).toMatchObject({
        code: 'sign_in_locked',
        details: { retryAfterSeconds: expect.any(Number) },
      });
      const { retryAfterSeconds } = (locked.body as { details: { retryAfterSeconds: number } }).details;
      expect(retryAfterSeconds).toBeGreaterThan(14 * 60);
      expect(retryAfterSeconds).toBeLessThanOrEqual(15 * 60);
    },
  );

  it('opens again once the failures are 15 minutes old', async () => {
    await operator.sql(
      `update identity.sign_in_guard set failures = array(select at - interval '15 minutes' from unnest(failures) as at)`,
    );
    expect((await token('locked-out', DEMO_PASSWORD)).status).toBe(200);
  });

  it('moving the business clock unlocks nobody', async () => {
    for (let n = 0; n < FAILURE_LIMIT; n += 1) await token('clock-mover', 'wrong');
    await operator.moveClock('2026-06-02T00:00:00+08:00');
    expect(codeOf((await token('clock-mover', 'wrong')).body)).toBe('sign_in_locked');
  });

  it('lets ten of many attempts at once through to the password', async () => {
    const answers = await Promise.all(Array.from({ length: 24 }, () => token('at-once', 'wrong')));
    const codes = answers.map(({ body }) => codeOf(body));
    expect(codes.filter((code) => code === 'sign_in_failed')).toHaveLength(FAILURE_LIMIT);
    expect(codes.filter((code) => code === 'sign_in_locked')).toHaveLength(24 - FAILURE_LIMIT);
  });

  it('forgets the failures of a name that has signed in', async () => {
    await create({
      username: 'forgetful',
      displayName: 'Forgetful',
      password: DEMO_PASSWORD,
      roles: ['COUNTER'],
    });
    for (let round = 0; round < 2; round += 1) {
      for (let n = 0; n < FAILURE_LIMIT - 1; n += 1) await token('forgetful', 'wrong');
      expect((await token('forgetful', DEMO_PASSWORD)).status).toBe(200);
    }
  });

  it('stores neither names that were tried nor passwords', async () => {
    const rows = await operator.sql<{ text: string }>(
      'select row_to_json(t)::text as text from identity.sign_in_guard t',
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ text }) => /nobody|counter/.test(text))).toEqual([]);
    const log = await operator.sql<{ text: string }>(
      'select row_to_json(t)::text as text from identity.command_log t',
    );
    expect(log.filter(({ text }) => text.includes(DEMO_PASSWORD))).toEqual([]);
  });

  it.each([
    [{}],
    [{ username: 'counter1' }],
    [{ username: 'counter1', password: 'x'.repeat(801) }],
    [{ username: 1, password: 'x' }],
  ])('refuses the body %#', async (body) => {
    const answer = await operator.rest('POST', '/auth/token', body, { role: null });
    expect([answer.status, codeOf(answer.body)]).toEqual([400, 'input_invalid']);
  });
});

describe('tokens', () => {
  it('are refused when expired, forged or from elsewhere', async () => {
    const signer = operator.get(TokenSigner);
    const actor = { id: 'somebody', roles: ['operations' as const] };
    const expired = await signer.sign({ ...actor, expiresInSeconds: -1 });
    const valid = await signer.sign({ ...actor, expiresInSeconds: 60 });
    const [head, body, signature] = valid.split('.');
    const claims = JSON.parse(Buffer.from(body ?? '', 'base64url').toString('utf8')) as object;
    const richer = Buffer.from(JSON.stringify({ ...claims, roles: ['billing'] })).toString('base64url');
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`;
    for (const bad of [expired, `${head}.${richer}.${signature}`, unsigned, 'nonsense']) {
      const answer = JSON.stringify(await me(bad));
      expect(answer).toContain('unauthenticated');
      expect(answer).not.toContain('"me":{');
    }
  });
});

describe('staff', () => {
  const input = {
    username: 'Li.Lei',
    displayName: '李雷',
    password: 'long enough for us',
    roles: ['BILLING', 'COUNTER'],
  };

  it('is created by operations, once per key and name, and signs in', async () => {
    const first = await create(input, 'li');
    expect(first.errors).toBeUndefined();
    expect(first.data?.createStaff).toEqual({
      staffId: expect.any(String),
      username: 'li.lei',
      displayName: '李雷',
      roles: ['COUNTER', 'BILLING'],
      disabledAt: null,
    });
    expect((await create(input, 'li')).data).toEqual(first.data);
    expect(errorOf(await create(input))).toMatchObject({ code: 'username_taken', kind: 'conflict' });
    expect((await token('li.lei', input.password)).status).toBe(200);
  });

  it.each(['counter', 'billing', 'partner'] as const)(
    'is neither created, listed nor barred by %s',
    async (role) => {
      const created = await operator.graphql(
        CREATE,
        { input: { ...input, username: 'x1' }, key: nextKey() },
        role,
      );
      const listed = await operator.graphql('{ staff { edges { node { username } } } }', {}, role);
      const barred = await operator.graphql(
        'mutation { disableStaff(staffId: "x", idempotencyKey: "k") { staffId } }',
        {},
        role,
      );
      expect([created, listed, barred].map((answer) => errorOf(answer)?.code)).toEqual(
        Array(3).fill('role_missing'),
      );
    },
  );

  it.each([
    [{ username: 'a b' }, 'staff_invalid'],
    [{ password: 'short' }, 'staff_invalid'],
    [{ roles: [] }, 'input_invalid'],
  ])('is not created with %j', async (part, code) => {
    expect(errorOf(await create({ ...input, username: 'han.meimei', ...part }))?.code).toBe(code);
  });

  it('cannot sign in once barred, and learns nothing from the answer', async () => {
    const { data } = await create({ ...input, username: 'leaving' });
    const { data: barred } = await operator.graphql<{ disableStaff: { disabledAt: string } }>(
      'mutation ($id: ID!, $key: String!) { disableStaff(staffId: $id, idempotencyKey: $key) { disabledAt } }',
      { id: data?.createStaff.staffId, key: nextKey() },
      'operations',
    );
    expect(barred?.disableStaff.disabledAt).not.toBeNull();
    expect(codeOf((await token('leaving', input.password)).body)).toBe('sign_in_failed');
  });

  it('is listed by name in pages', async () => {
    type Page = {
      staff: {
        edges: { node: { username: string } }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
    };
    const query =
      'query ($after: String) { staff(first: 3, after: $after) { edges { node { username } } pageInfo { hasNextPage endCursor } } }';
    const names: string[] = [];
    let after: string | null = null;
    for (let pages = 0; pages < 10; pages += 1) {
      const page: Page | null = (await operator.graphql<Page>(query, { after }, 'operations')).data;
      names.push(...(page?.staff.edges.map(({ node }) => node.username) ?? []));
      if (!page?.staff.pageInfo.hasNextPage) break;
      after = page.staff.pageInfo.endCursor;
    }
    expect(names).toEqual([...names].sort());
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(['billing1', 'counter1', 'li.lei']));
  });

  it('audits clean', async () => {
    expect((await operator.rest('POST', '/audit', {})).body).toMatchObject({ differences: [] });
  });
});
