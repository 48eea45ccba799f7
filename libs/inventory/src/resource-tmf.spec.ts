import { hrefBelow } from '@ronghe/contracts';
import { instantFromIso } from '@ronghe/kernel';
import type { Resource } from './resource';
import { tmfResourceOf } from './resource-tmf';

const hrefOf = hrefBelow('https://ronghe.example');

const sim: Resource = {
  resourceId: '01980000-0000-7000-8000-000000000001',
  kind: 'sim',
  value: '8986032600000000000',
  attributes: { imsi: '460110000000001' },
  placeCode: 'cd-01',
  version: 2,
  situation: { state: 'held', orderId: 'o1', slot: 's', until: instantFromIso('2026-06-11T00:15:00+08:00') },
};

describe('a resource in the words of TMF639', () => {
  it('says how it is used, and its IMSI', () => {
    expect(tmfResourceOf(sim, hrefOf)).toMatchObject({
      href: `https://ronghe.example/tmf-api/resourceInventoryManagement/v4/resource/${sim.resourceId}`,
      '@type': 'PhysicalResource',
      name: '8986032600000000000',
      resourceStatus: 'reserved',
      usageState: 'idle',
      resourceCharacteristic: [
        { name: 'state', value: 'held' },
        { name: 'imsi', value: '460110000000001' },
      ],
    });
  });

  it('never tells which order has it', () => {
    expect(JSON.stringify(tmfResourceOf(sim, hrefOf))).not.toContain('o1');
  });
});
