import { connect } from 'node:http2';
import { Injectable, Module } from '@nestjs/common';
import {
  createTestDatabase,
  freePort,
  startOperator,
  TEST_SECRETS,
  toyCustomer,
  toyOrdering,
  type TestDatabase,
  type TestOperator,
} from '@ronghe/testing';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { readConfig } from '../config/platform-config';
import { OnCommand } from '../handler/decorators';
import { startHost } from './start-host';
import { Upkeep } from './upkeep.service';
import { defineDomain } from './domain-manifest';

let database: TestDatabase;
let operator: TestOperator;
beforeAll(async () => {
  database = await createTestDatabase([toyCustomer, toyOrdering]);
  operator = await startOperator({ domains: [toyCustomer, toyOrdering], databaseUrl: database.url });
});
afterAll(async () => {
  await operator?.stop();
  await database?.drop();
});

const start = (environment: Record<string, string>, domains = [toyCustomer]) =>
  startHost({
    config: readConfig({
      ...TEST_SECRETS,
      DATABASE_URL: database.url,
      PORT: '0',
      LOG_LEVEL: 'silent',
      ...environment,
    }),
    domains,
  });

it('is alive, ready and measured for anybody who asks', async () => {
  expect(await operator.rest('GET', '/health/live', undefined, { role: null })).toMatchObject({
    status: 200,
    body: { status: 'live' },
  });
  expect(await operator.rest('GET', '/health/ready', undefined, { role: null })).toMatchObject({
    status: 200,
    body: { status: 'ready', domains: ['customer', 'ordering'] },
  });
  const metrics = await operator.rest('GET', '/metrics', undefined, { role: null });
  expect(metrics.text).toContain('ronghe_http_request_duration_seconds_count');
});

it('says in one sentence that its port is taken', async () => {
  const port = new URL(operator.url).port;
  await expect(start({ PORT: port })).rejects.toMatchObject({
    code: 'port_in_use',
    message: expect.stringContaining(port),
  });
});

it('lets go of all it has begun where one of its ports is taken', async () => {
  const port = String(await freePort());
  const taken = new URL(operator.url).port;
  await expect(start({ PORT: port, RONGHE_HTTP2_PORT: taken })).rejects.toMatchObject({
    code: 'port_in_use',
    message: expect.stringContaining('RONGHE_HTTP2_PORT'),
  });
  await (await start({ PORT: port })).stop();
});

it('lets go of all it has begun where a domain handles what is not its own', async () => {
  @Injectable()
  class Stranger {
    @OnCommand('ordering.placeOrder')
    place(): void {}
  }
  @Module({ providers: [Stranger] })
  class StrangerModule {}
  const own = await createTestDatabase([toyCustomer]);
  const client = new Client({ connectionString: own.url });
  await client.connect();
  const areGone = async (): Promise<boolean> => {
    const { rowCount } = await client.query(
      `select from pg_stat_activity where datname = current_database() and application_name = 'ronghe'`,
    );
    return rowCount === 0;
  };
  try {
    const domain = defineDomain({ ...toyCustomer, module: StrangerModule });
    await expect(start({ DATABASE_URL: own.url }, [domain])).rejects.toThrow('another domain owns it');
    // PostgreSQL notices a moment later that somebody hung up; connections that are only idle stay for a minute.
    for (let tries = 0; tries < 100 && !(await areGone()); tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await areGone()).toBe(true);
  } finally {
    await client.end();
    await own.drop();
  }
});

it('says in one sentence that no database answers', async () => {
  const url = new URL(database.url);
  url.port = '1';
  await expect(start({ DATABASE_URL: url.toString() })).rejects.toMatchObject({
    code: 'database_unreachable',
  });
});

it.each([
  ['behind', [...toyCustomer.migrations, class Later1800000000000 {}]],
  ['ahead', []],
])('refuses a schema that is %s', async (_how, migrations) => {
  const domain = defineDomain({ ...toyCustomer, migrations: migrations as typeof toyCustomer.migrations });
  await expect(start({}, [domain])).rejects.toMatchObject({
    code: 'schema_unknown',
    message: expect.stringContaining('customer'),
  });
});

it('ends once, however often it is told to', async () => {
  const host = await start({ RONGHE_CLOCK: 'movable' });
  expect((await fetch(`${host.url}/health/live`)).status).toBe(200);
  await Promise.all([host.stop(), host.stop()]);
  await host.stop();
  await expect(fetch(`${host.url}/health/live`)).rejects.toThrow();
});

it('lets go of the rest where something cannot be ended, and says what', async () => {
  const host = await start({ RONGHE_CLOCK: 'movable' });
  const upkeep = host.app.get(Upkeep);
  const stopUpkeep = upkeep.stop.bind(upkeep);
  jest.spyOn(upkeep, 'stop').mockImplementation(async () => {
    await stopUpkeep();
    throw new Error('upkeep cannot be ended');
  });
  await expect(host.stop()).rejects.toThrow('upkeep cannot be ended');
  expect(host.app.get(DataSource).isInitialized).toBe(false);
  await expect(fetch(`${host.url}/health/live`)).rejects.toThrow();
});

it('ends also while somebody has a stream open over HTTP/2 that never ends', async () => {
  const host = await start({ RONGHE_CLOCK: 'movable', RONGHE_HTTP2_PORT: '0' });
  const client = connect(host.http2Url ?? '');
  client.on('error', () => undefined);
  const stream = client.request({
    ':method': 'POST',
    ':path': '/internal/commands/ordering.placeOrder',
    'content-type': 'application/json',
  });
  stream.on('error', () => undefined);
  stream.write('{ "key": ');
  // The stream has begun once another one, asked for after it, is answered.
  const other = client.request({ ':path': '/health/live' });
  const head = await new Promise<{ ':status'?: number }>((resolve) => other.once('response', resolve));
  expect(head[':status']).toBe(200);
  other.resume();
  await host.stop();
  client.destroy();
  const late = connect(host.http2Url ?? '');
  const refused = new Promise<NodeJS.ErrnoException>((resolve) => late.once('error', resolve));
  expect((await refused).code).toBe('ECONNREFUSED');
});

it('without the worker role leaves feeds, jobs and schedules alone', async () => {
  const own = await createTestDatabase([toyCustomer, toyOrdering]);
  const config = readConfig({
    ...TEST_SECRETS,
    DATABASE_URL: own.url,
    PORT: '0',
    RONGHE_CLOCK: 'movable',
    LOG_LEVEL: 'silent',
  });
  const host = await startHost({ config, domains: [toyCustomer, toyOrdering], roles: ['api'] });
  try {
    const response = await fetch(`${host.url}/internal/commands/ordering.placeOrder`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-ronghe-internal': config.internalToken },
      body: JSON.stringify({ key: 'k', input: { customerId: 'c', accountId: 'a', items: [] } }),
    });
    expect(await response.json()).toEqual({ orderId: 'order-of-a' });
    await new Promise((resolve) => setTimeout(resolve, 2500));
    const status = await fetch(`${host.url}/internal/status`, {
      method: 'POST',
      headers: { 'x-ronghe-internal': config.internalToken },
    });
    expect(await status.json()).toMatchObject([
      { domain: 'customer' },
      { domain: 'ordering', dueNow: 1, pending: { 'ordering.work': 1 } },
    ]);
  } finally {
    await host.stop();
    await own.drop();
  }
});
