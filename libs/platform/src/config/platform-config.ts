import { z } from 'zod';
import type { DomainName } from '@ronghe/contracts';
import { DomainError } from '@ronghe/kernel';
import { readOrCreateSecrets } from './secrets';

const peers = z
  .string()
  .default('')
  .transform((text) =>
    Object.fromEntries(
      text
        .split(',')
        .map((pair) => pair.trim())
        .filter((pair) => pair !== '')
        .map((pair) => {
          const [name, ...url] = pair.split('=');
          return [name ?? '', url.join('=').replace(/\/$/, '')];
        }),
    ),
  );

/** The shortest secret that a gateway signs with. */
const GATEWAY_SECRET_LENGTH = 32;
const gatewaySecrets = z
  .string()
  .default('')
  .transform((text) => new Map(text.split(',').filter(Boolean).map(gatewaySecretOf)))
  .refine(
    (secrets) =>
      [...secrets].every(([name, secret]) => name !== '' && secret.length >= GATEWAY_SECRET_LENGTH),
    `must be NAME=SECRET, …, secrets of ${GATEWAY_SECRET_LENGTH} characters at least`,
  );

const environment = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(24),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  RONGHE_HTTP2_PORT: z.coerce.number().int().min(0).max(65535).optional(),
  RONGHE_NETWORK_PORT: z.coerce.number().int().min(0).max(65535).optional(),
  RONGHE_BIND: z.string().default('127.0.0.1'),
  RONGHE_CLOCK: z.enum(['system', 'movable']).default('system'),
  RONGHE_CLOCK_START: z.iso.datetime({ offset: true }).optional(),
  RONGHE_PEERS: peers,
  RONGHE_INTERNAL_TOKEN: z.string().min(16).optional(),
  RONGHE_JWT_SECRET: z.string().min(32).optional(),
  RONGHE_IDENTITY_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  RONGHE_DATA_DIR: z.string().default('.ronghe'),
  RONGHE_USAGE_INBOX: z.string().min(1).optional(),
  RONGHE_USAGE_BATCH_LINES: z.coerce.number().int().min(100).max(65_536).default(16_384),
  RONGHE_SIMULATOR_URL: z.url().default('http://127.0.0.1:3900'),
  RONGHE_DEMO_STAFF: z.enum(['true', 'false']).default('false'),
  RONGHE_DEMO_PASSWORD: z.string().min(8).default('ronghe-demo'),
  RONGHE_PUBLIC_URL: z.url().optional(),
  RONGHE_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  RONGHE_GATEWAY_SECRETS: gatewaySecrets,
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** Process settings, validated once at start. Business parameters are policy documents, never here. */
export class PlatformConfig {
  readonly production: boolean;
  readonly databaseUrl: string;
  readonly databasePoolSize: number;
  /** With it BullMQ runs on Redis, without it on PostgreSQL. */
  readonly redisUrl: string | undefined;
  readonly port: number;
  /** HTTP/2 without encryption, for network functions, beside `port`; undefined: none. */
  readonly http2Port: number | undefined;
  /** HTTP/1.1 for network functions on a thread of its own, beside `port`; undefined: none. */
  readonly networkPort: number | undefined;
  readonly bindAddress: string;
  readonly clockMode: 'system' | 'movable';
  /** Where a movable clock stands before anybody has moved it; default the time of the first start. */
  readonly clockStart: string | undefined;
  /** Base URL of each domain that this process does not host. */
  readonly peers: Partial<Record<DomainName, string>>;
  /** Shared by the operator's own processes for `/internal` calls. */
  readonly internalToken: string;
  readonly jwtSecret: string;
  /** AES-256 key of the identity numbers, hex, and the id that is stored with every ciphertext. */
  readonly identityKey: { id: string; hex: string };
  readonly dataDirectory: string;
  /** Folder with a folder for each usage source, whose files are taken in; undefined: none is watched. */
  readonly usageInbox: string | undefined;
  /** Lines of a usage file that are taken in and committed together, at most. */
  readonly usageBatchLines: number;
  readonly elementManagerUrl: string;
  readonly demoStaff: boolean;
  readonly demoPassword: string;
  /** Where people reach the gateway: used in links on bills and in the addresses of resources. */
  readonly publicUrl: string | undefined;
  /** The mail server that bills leave by, `smtp://user:password@host:587`; undefined: e-mail waits. */
  readonly smtpUrl: string | undefined;
  /** With what each payment gateway signs its callbacks, by its name; a gateway that is not there is refused. */
  readonly gatewaySecrets: ReadonlyMap<string, string>;
  readonly logLevel: string;

  constructor(values: z.infer<typeof environment>) {
    const secrets = completeSecrets(values);
    this.production = values.NODE_ENV === 'production';
    this.databaseUrl = values.DATABASE_URL;
    this.databasePoolSize = values.DATABASE_POOL_SIZE;
    this.redisUrl = values.REDIS_URL;
    this.port = values.PORT;
    this.http2Port = values.RONGHE_HTTP2_PORT;
    this.networkPort = values.RONGHE_NETWORK_PORT;
    this.bindAddress = values.RONGHE_BIND;
    this.clockMode = values.RONGHE_CLOCK;
    this.clockStart = values.RONGHE_CLOCK_START;
    this.peers = values.RONGHE_PEERS;
    this.internalToken = secrets.internalToken;
    this.jwtSecret = secrets.jwtSecret;
    this.identityKey = { id: 'k1', hex: secrets.identityKey };
    this.dataDirectory = values.RONGHE_DATA_DIR;
    this.usageInbox = values.RONGHE_USAGE_INBOX;
    this.usageBatchLines = values.RONGHE_USAGE_BATCH_LINES;
    this.elementManagerUrl = values.RONGHE_SIMULATOR_URL.replace(/\/$/, '');
    this.demoStaff = values.RONGHE_DEMO_STAFF === 'true';
    this.demoPassword = values.RONGHE_DEMO_PASSWORD;
    this.publicUrl = values.RONGHE_PUBLIC_URL?.replace(/\/$/, '');
    this.smtpUrl = values.RONGHE_SMTP_URL;
    this.gatewaySecrets = values.RONGHE_GATEWAY_SECRETS;
    this.logLevel = values.LOG_LEVEL;
    if (this.production && this.clockMode === 'movable') {
      throw new DomainError(
        'clock_not_movable',
        'invalid',
        'RONGHE_CLOCK=movable is refused in production: remove it.',
      );
    }
    if (this.production && this.demoStaff) {
      throw new DomainError(
        'demo_in_production',
        'invalid',
        'RONGHE_DEMO_STAFF is refused in production: remove it.',
      );
    }
  }
}

/**
 * Reads the process settings.
 * @throws DomainError `config_invalid` naming every variable that is missing or wrong.
 */
export function readConfig(variables: Record<string, string | undefined> = process.env): PlatformConfig {
  const parsed = environment.safeParse(variables);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new DomainError('config_invalid', 'invalid', `Settings are wrong: ${problems.join('; ')}`, {
      problems,
    });
  }
  return new PlatformConfig(parsed.data);
}

function completeSecrets(values: z.infer<typeof environment>) {
  const given = {
    internalToken: values.RONGHE_INTERNAL_TOKEN,
    jwtSecret: values.RONGHE_JWT_SECRET,
    identityKey: values.RONGHE_IDENTITY_KEY,
  };
  const { internalToken, jwtSecret, identityKey } = given;
  if (internalToken && jwtSecret && identityKey) return { internalToken, jwtSecret, identityKey };
  if (values.NODE_ENV === 'production') {
    throw new DomainError(
      'config_invalid',
      'invalid',
      'RONGHE_INTERNAL_TOKEN, RONGHE_JWT_SECRET and RONGHE_IDENTITY_KEY must be set in production.',
    );
  }
  const stored = readOrCreateSecrets(values.RONGHE_DATA_DIR);
  return {
    internalToken: internalToken ?? stored.internalToken,
    jwtSecret: jwtSecret ?? stored.jwtSecret,
    identityKey: identityKey ?? stored.identityKey,
  };
}

/** `NAME=SECRET`; a secret may hold `=`. */
function gatewaySecretOf(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return [pair.slice(0, Math.max(at, 0)).trim(), pair.slice(at + 1).trim()];
}
