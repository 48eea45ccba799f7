import { provisioningDomain } from '@ronghe/provisioning';
import { startOperator } from '@ronghe/testing';
import { runFaultyNetwork } from './faulty-network';

const start = (environment: Record<string, string>) =>
  startOperator({ domains: [provisioningDomain], environment });

const SEEDS = 10;
const first = Number(process.env['TEST_SEED'] ?? Math.floor(Math.random() * 1_000_000));
const count = process.env['TEST_SEED'] === undefined ? Number(process.env['RONGHE_FAULT_SEEDS'] ?? SEEDS) : 1;
const seeds = Array.from({ length: count }, (_, index) => first + index);

it.each(seeds)(
  'ends every service order complete or clean over a faulty network (TEST_SEED=%i)',
  async (seed) => {
    const { replies, expected, present, differences } = await runFaultyNetwork(seed, start);
    expect([...replies.values()].map((types) => types.length)).toEqual([...replies].map(() => 1));
    expect(present).toEqual(expected);
    expect(differences).toEqual([]);
  },
  120_000,
);
