import {
  createTestDatabase,
  faultSeeds,
  freePort,
  randomFrom,
  spawnApp,
  startOperator,
  TEST_SECRETS,
  type SpawnedApp,
  type TestDatabase,
  type TestOperator,
} from '@ronghe/testing';
import { chargingDomain } from './charging.domain';
import { auditDifferences, publishDocuments, sellFamily, type Family } from './family.fixture';
import { CHARGING_DATA } from './session/network-function.fixture';
import { passTimeOfAll } from './silent-session.fixture';

const FAULT_TIMEOUT_MS = 240_000;
const CLIENTS = 12;
const RUNS_FOR_MS = 2_500;
const MB = 1_048_576;

/** What a network function was told before its peer died. */
interface Acknowledged {
  reference: string;
  /** Octets of the releases that were answered; null: the session is open. */
  used: number | null;
}

/**
 * The charging domain as a process of its own is killed while network functions charge; another one, in this process, holds
 * the account data. What was answered must be there afterwards, and the sums must be right.
 */
describe.each(faultSeeds())('R2: kill -9 while charging (seed %d)', (seed) => {
  let database: TestDatabase;
  let operator: TestOperator;
  let app: SpawnedApp;
  let family: Family;
  let token: string;
  let port: string;
  /** Where a thread of its own reads what network functions ask. */
  let networkPort: string;

  const start = (): Promise<SpawnedApp> =>
    spawnApp('charging', {
      ...TEST_SECRETS,
      PORT: port,
      RONGHE_NETWORK_PORT: networkPort,
      DATABASE_URL: database.url,
      DATABASE_POOL_SIZE: '8',
      RONGHE_CLOCK: 'movable',
      LOG_LEVEL: 'fatal',
    });

  beforeAll(async () => {
    port = String(await freePort());
    networkPort = String(await freePort());
    database = await createTestDatabase([chargingDomain]);
    operator = await startOperator({
      domains: [chargingDomain],
      databaseUrl: database.url,
      startsAt: '2026-06-11T00:00:00+08:00',
    });
    await publishDocuments(operator);
    family = await sellFamily(operator, ['main', 'sub1', 'broadband'], { online: ['main', 'sub1'] });
    await operator.settle();
    await operator.moveClock('2026-06-20T12:00:00+08:00');
    token = await operator.token('partner');
    app = await start();
  }, FAULT_TIMEOUT_MS);
  afterAll(async () => {
    await app?.kill();
    await operator?.stop();
    await database?.drop();
  });

  const post = (path: string, body: object, url = app.url): Promise<Response> =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  const bodyOf = (client: number, chargingId: number, sequence: number, usage: object): object => ({
    nfConsumerIdentification: { nodeFunctionality: 'SMF', nFName: `smf-${client}` },
    invocationTimeStamp: '2026-06-20T04:00:00Z',
    invocationSequenceNumber: sequence,
    chargingId,
    subscriberIdentifier: `msisdn-${family.numberOf(client % 2 === 0 ? 'main' : 'sub1')}`,
    multipleUnitUsage: [{ ratingGroup: 1, ...usage }],
  });

  /** Charges one session after the other until its peer is gone; what was answered, and what was asked last. */
  async function charge(client: number, random: () => number, told: Acknowledged[]): Promise<object | null> {
    let create: object | null = null;
    const url = client % 3 === 0 ? app.url : `http://127.0.0.1:${networkPort}`;
    try {
      for (let chargingId = 1; ; chargingId += 1) {
        create = bodyOf(client, chargingId, 0, { requestedUnit: { totalVolume: 5 * MB } });
        const created = await post(CHARGING_DATA, create, url);
        if (created.status !== 201) throw new Error(`create: ${created.status} ${await created.text()}`);
        const session: Acknowledged = {
          reference: created.headers.get('location')?.split('/').at(-1) ?? '',
          used: null,
        };
        told.push(session);
        if (random() < 0.2) continue;
        const used = Math.floor(random() * 9 * MB);
        const usage = { usedUnitContainer: [{ localSequenceNumber: 1, totalVolume: used }] };
        const path = `${CHARGING_DATA}/${session.reference}/release`;
        const released = await post(path, bodyOf(client, chargingId, 1, usage), url);
        if (released.status !== 204) throw new Error(`release: ${released.status} ${await released.text()}`);
        session.used = used;
      }
    } catch (error) {
      if ((error as Error).name === 'TypeError') return create;
      throw error;
    }
  }

  it(
    'keeps all that was answered, and answers again what it answered',
    async () => {
      const random = randomFrom(seed);
      const told: Acknowledged[] = [];
      const clients = Array.from({ length: CLIENTS }, (_, client) => charge(client, random, told));
      await new Promise((resolve) => setTimeout(resolve, 300 + random() * RUNS_FOR_MS));
      // A slow machine has not begun by then, and nothing would be tried.
      while (told.length <= CLIENTS) await new Promise((resolve) => setTimeout(resolve, 20));
      await app.kill();
      const asked = await Promise.all(clients);
      expect(told.length).toBeGreaterThan(CLIENTS);
      app = await start();
      // A network function that was left without an answer asks again: one session, whether or not it was committed.
      for (const create of asked) {
        if (create === null) continue;
        const answers = [await post(CHARGING_DATA, create), await post(CHARGING_DATA, create)];
        const places = answers.map((answer) => answer.headers.get('location')?.split('/').at(-1));
        expect(answers.map(({ status }) => status)).toEqual([201, 201]);
        expect(new Set(places).size).toBe(1);
      }
      const sessions = await operator.sql<{ session_id: string; state: string }>(
        'select session_id, state from charging.session',
      );
      const stateOf = new Map(sessions.map((row) => [row.session_id, row.state]));
      const rated = await operator.sql<{ usage_id: string; quantity: string }>(
        'select usage_id, quantity from charging.rated_usage',
      );
      const quantityOf = new Map(rated.map((row) => [row.usage_id, Number(row.quantity)]));
      const lost = told.filter(({ reference, used }) => {
        if (used === null) return !stateOf.has(reference);
        return (
          stateOf.get(reference) !== 'released' || (quantityOf.get(reference) ?? 0) !== Math.ceil(used / 1024)
        );
      });
      expect(lost).toEqual([]);
      // Sessions that nobody ends any more give back what they hold, by the sweep alone.
      await passTimeOfAll(operator);
      await operator.settle();
      const [held] = await operator.sql<{ reserved: string; open: string }>(
        `select (select sum(reserved) from charging.bucket_balance) as reserved,
           (select count(*) from charging.session where state = 'open') as open`,
      );
      expect(held).toEqual({ reserved: '0', open: '0' });
      expect(await auditDifferences(operator)).toEqual([]);
    },
    FAULT_TIMEOUT_MS,
  );
});
