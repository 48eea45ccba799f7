import { instantFromIso } from '@ronghe/kernel';
import type { Resource } from './resource';
import { tmfResourceOf, withFields } from './resource-tmf';

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
    expect(tmfResourceOf(sim)).toMatchObject({
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
    expect(JSON.stringify(tmfResourceOf(sim))).not.toContain('o1');
  });

  it('leaves out what was not asked for, but keeps what is required', () => {
    expect(Object.keys(withFields(tmfResourceOf(sim), 'name'))).toEqual(['id', 'href', '@type', 'name']);
  });
});
