import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { domainNames } from '@ronghe/contracts';
import { readConfig } from '@ronghe/platform';
import { parse } from 'yaml';
import { repository } from './tool-runner';

interface Service {
  image?: string;
  build?: { context: string; dockerfile: string };
  command?: string[];
  entrypoint?: string[];
  environment?: Record<string, string | null>;
  ports?: string[];
  volumes?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { disable?: boolean; test?: string[] };
}

const read = (...parts: string[]): string => readFileSync(path.join(repository, ...parts), 'utf8');
const compose = parse(read('docker', 'compose.yaml'), { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, null>;
};
const services = Object.entries(compose.services);
const example = read('docker', '.env.example');
const dockerfile = read('docker', 'Dockerfile');

/** The app that a service runs, by its compiled entry; undefined for PostgreSQL and Redis. */
const appOf = ({ command = [], entrypoint = [] }: Service) =>
  /^dist\/apps\/([a-z-]+)\/src\/main\.js$/.exec(
    [...entrypoint, ...command].find((text) => text.startsWith('dist/')) ?? '',
  )?.[1];
const own = services.filter(([, service]) => appOf(service) !== undefined);
/** Not read by the platform's settings: the simulator's journal, and the command line's default address. */
const ofOthers = ['NETWORK_SIMULATOR_STATE_FILE', 'RONGHE_URL'];

/** Every setting that the platform reads, by watching it read. */
function platformSettings(): Set<string> {
  const seen = new Set<string>();
  const watched = new Proxy<Record<string, string | undefined>>(
    {},
    {
      get: (_, name) => void seen.add(String(name)),
    },
  );
  expect(() => readConfig(watched)).toThrow(/DATABASE_URL/);
  return seen;
}

/** The settings of .env.example: what a line sets, and what a comment says about one that compose.yaml sets. */
const exampleValues = Object.fromEntries(
  [...example.matchAll(/^(?:# )?([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [
    name as string,
    value as string,
  ]),
);
const exampleOfCompose = [...example.matchAll(/^# compose: ([A-Z0-9_]+) /gm)].map(
  ([, name]) => name as string,
);

/** Values as compose gives them to a container, for a .env in which only what must be set is set. */
function environmentOf(service: Service, env: Record<string, string>): Record<string, string> {
  const fill = (text: string) =>
    text.replace(/\$\{(\w+):([-?])([^}]*)\}/g, (_, name: string, kind: string, rest: string) => {
      const value = env[name];
      if (value) return value;
      if (kind === '?') throw new Error(`${name} is not set`);
      return rest;
    });
  return Object.fromEntries(
    Object.entries(service.environment ?? {}).flatMap(([name, text]) => {
      // Without a value compose hands on what is set, and nothing else.
      if (text === null) return env[name] ? [[name, env[name]]] : [];
      return [[name, fill(text)]];
    }),
  );
}
const secrets = {
  POSTGRES_PASSWORD: 'a1b2c3',
  RONGHE_INTERNAL_TOKEN: '0'.repeat(48),
  RONGHE_JWT_SECRET: '1'.repeat(64),
  RONGHE_IDENTITY_KEY: 'ab'.repeat(32),
};
/** What the image sets for every container. */
const imageEnvironment = { PORT: '3000', RONGHE_BIND: '0.0.0.0', RONGHE_DATA_DIR: '/var/lib/ronghe' };

describe('docker/compose.yaml', () => {
  it('runs every app as a service of its own name, but the suite, which is all of them in one', () => {
    const apps = readdirSync(path.join(repository, 'apps')).filter((app) =>
      existsSync(path.join(repository, 'apps', app, 'src', 'main.ts')),
    );
    expect(own.map(([, service]) => appOf(service)).sort()).toEqual(
      // The command line is there twice: to migrate, and for people.
      [...apps.filter((app) => app !== 'suite'), 'cli'].sort(),
    );
    for (const [name, service] of own) expect([name, 'cli']).toContain(appOf(service));
  });

  it('starts nothing before what it needs', () => {
    for (const [name, { depends_on: needs = {} }] of services)
      for (const [needed, { condition }] of Object.entries(needs)) {
        const other = compose.services[needed];
        expect({ name, needed, isThere: other !== undefined }).toEqual({ name, needed, isThere: true });
        // One that nobody checks would be waited for in vain.
        if (condition === 'service_healthy') expect(other?.healthcheck?.disable ?? false).toBe(false);
      }
    for (const [name, service] of own)
      if (appOf(service) !== 'cli')
        expect({ name, needs: service.depends_on?.['migrate'] }).toEqual({
          name,
          needs: { condition: 'service_completed_successfully' },
        });
  });

  it('publishes no port twice and mounts only volumes that it declares', () => {
    const ports = services.flatMap(([, { ports: published = [] }]) =>
      published.map((port) => port.split(':').at(-2)),
    );
    expect(new Set(ports).size).toBe(ports.length);
    const mounted = services.flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(':')[0]));
    expect([...new Set(mounted)].sort()).toEqual(Object.keys(compose.volumes).sort());
  });

  it('gives settings that the platform reads, and values that it accepts, in production', () => {
    const known = platformSettings();
    for (const [name, service] of own) {
      const environment = environmentOf(service, secrets);
      const strangers = Object.keys(environment).filter(
        (each) => !known.has(each) && !ofOthers.includes(each),
      );
      expect({ name, strangers }).toEqual({ name, strangers: [] });
      if (name === 'network-simulator') continue;
      const config = readConfig({ ...imageEnvironment, ...environment });
      expect(config).toMatchObject({ production: true, clockMode: 'system', demoStaff: false });
    }
  });

  it('refuses to run without its secrets', () => {
    for (const missing of Object.keys(secrets))
      expect(() =>
        environmentOf(compose.services['gateway'] as Service, { ...secrets, [missing]: '' }),
      ).toThrow(`${missing} is not set`);
  });

  it('can run the demonstration', () => {
    const demonstration = {
      ...secrets,
      NODE_ENV: 'development',
      RONGHE_CLOCK: 'movable',
      RONGHE_DEMO_STAFF: 'true',
    };
    const config = readConfig({
      ...imageEnvironment,
      ...environmentOf(compose.services['gateway'] as Service, demonstration),
    });
    expect(config).toMatchObject({
      clockMode: 'movable',
      clockStart: '2026-06-01T00:00:00+08:00',
      demoStaff: true,
    });
  });

  it('says of every domain which process hosts it, and at which port', () => {
    for (const [name, service] of own) {
      if (name === 'network-simulator') continue;
      const { peers, elementManagerUrl } = readConfig({
        ...imageEnvironment,
        ...environmentOf(service, secrets),
      });
      expect(Object.keys(peers).sort()).toEqual([...domainNames].sort());
      for (const [domain, url] of Object.entries(peers)) {
        const { hostname, port } = new URL(url);
        const main = read('apps', appOf(compose.services[hostname] as Service) as string, 'src', 'main.ts');
        expect(main).toMatch(new RegExp(`domains: \\[[^\\]]*\\b${domain}Domain\\b`));
        expect(port).toBe(imageEnvironment.PORT);
      }
      const simulator = new URL(elementManagerUrl);
      expect(compose.services[simulator.hostname]?.environment?.['PORT']).toBe(simulator.port);
    }
  });
});

describe('docker/.env.example', () => {
  it('explains every setting of the platform, and no other', () => {
    const explained = [...Object.keys(exampleValues), ...exampleOfCompose];
    expect([...new Set(explained)].sort()).toEqual([...platformSettings(), 'POSTGRES_PASSWORD'].sort());
  });

  it('names what compose.yaml asks for, and what compose.yaml sets itself', () => {
    const handedOn = Object.entries(compose.services['gateway']?.environment ?? {}).flatMap(([name, text]) =>
      text === null ? [name] : [],
    );
    const asked = new Set([
      ...[...read('docker', 'compose.yaml').matchAll(/\$\{(\w+):/g)].map(([, name]) => name as string),
      ...handedOn,
    ]);
    expect([...asked].sort()).toEqual(Object.keys(exampleValues).sort());
    const set = Object.assign(
      { ...imageEnvironment },
      ...Object.values(compose.services).map(({ environment }) => environment ?? {}),
    ) as object;
    expect(Object.keys(set)).toEqual(expect.arrayContaining(exampleOfCompose));
  });

  it('leaves the secrets empty', () => {
    for (const name of Object.keys(secrets)) expect(exampleValues[name]).toBe('');
  });
});

describe('docker/Dockerfile', () => {
  const copies = [...dockerfile.matchAll(/^COPY (?!--from)(.+)$/gm)].map(([, rest]) =>
    (rest as string).split(' ').slice(0, -1),
  );

  it('copies what is there, and what the ignore file lets through', () => {
    const ignored = read('docker', 'Dockerfile.dockerignore');
    const allowed = [...ignored.matchAll(/^!(.+)$/gm)].map(([, name]) => name as string);
    expect(copies.length).toBeGreaterThan(5);
    for (const source of copies.flat()) {
      expect({ source, isThere: existsSync(path.join(repository, source)) }).toEqual({
        source,
        isThere: true,
      });
      expect(allowed.some((name) => source === name || source.startsWith(`${name}/`))).toBe(true);
    }
  });

  it('sets for every container what the tests above take for granted', () => {
    for (const [name, value] of Object.entries(imageEnvironment))
      expect(dockerfile).toContain(`${name}=${value}`);
    expect(dockerfile).toMatch(/^USER node$/m);
  });
});
