import { billLineText, usageText, type ExplainedLine, type ExplainedUsage } from './explanation-text';

const usage: ExplainedUsage = {
  accountId: 'a',
  recomputed: '1.50',
  matches: true,
  awaitsRerating: false,
  usage: {
    ...{
      usageId: 'u1',
      source: 'nchf',
      recordId: 'r1',
      card: 'sub1',
      period: '2026-06',
      usageClass: 'VOICE',
    },
    ...{ usedAt: '2026-06-12T00:00:00.000Z', quantity: '1200', unit: 'MINUTE', unitsTotal: '20' },
    ...{ unitsCharged: '10', amount: '1.50', chargeCode: 'voice-out', peer: '10086' },
    ...{ zeroedByCap: false, late: true, revision: 2 },
  },
  price: {
    ...{ offeringCode: 'plan', chargeCode: 'voice-out', pricedByCard: 'main', counterKey: 'voice-out' },
    ...{
      label: 'Voice',
      reason: 'main was sold under plan version 1, which version 2 mends',
      offeringVersion: 2,
    },
    policies: [{ kind: 'zone-plan', code: 'cn', version: 3 }],
  },
  parts: [{ zone: 'hk', band: 'night', step: '', unitsTotal: '20', unitsCharged: '10', amount: '1.50' }],
  sources: [
    {
      ...{
        bucket: 'plan/voice',
        label: 'Minutes',
        units: '10',
        origin: 'BASE',
        rank: 'ADD_ON',
        offeringCode: 'plan',
      },
      ...{ ownerCard: 'main', memberCap: '100', sharedBy: null, sharingCap: null, offeringVersion: 2 },
    },
  ],
  steps: [{ op: 'multiply', result: '1.50', text: '10 × 0.15 = 1.50' }],
};

it('tells the chain from usage to amount', () => {
  expect(usageText(usage).split('\n')).toEqual([
    'usage u1: 1.50 (late, revision 2)',
    '  voice by sub1 at 2026-06-12T00:00:00.000Z to 10086, 20 min measured, 20 min counted; nchf r1, period 2026-06',
    '  price voice-out (Voice) of plan version 2',
    '    main was sold under plan version 1, which version 2 mends',
    '    zone-plan cn version 3',
    '  part hk / night / -: 20 min counted, 10 min charged: 1.50',
    '  from plan/voice (Minutes): 10 min base add-on, of main, at most 100 min for each member; granted by plan version 2',
    '  = 10 × 0.15 = 1.50',
    '  recomputed 1.50',
  ]);
});

it('tells the chain from a bill line to its usage', () => {
  const line: ExplainedLine = {
    ...{ recomputed: '1.50', matches: true, eventCount: 2 },
    line: {
      ...{ card: 'main', chargeClass: 'voice', label: 'Voice', servicePeriod: '2026-06', amount: '1.50' },
      ...{ discount: '0.00', net: '1.50', taxPercent: '9', tax: '0.12' },
      explanation: { steps: [{ op: 'round', result: '1.50', text: 'rounded to 1.50' }] },
    },
    references: [{ kind: 'USAGE', priceCode: 'voice-out', offeringCode: 'plan', offeringVersion: 2 }],
    events: [{ usageId: 'u1', recordId: 'r1', usedAt: '2026-06-12', amount: '1.50', text: '20 minutes' }],
  };
  const lines = billLineText(line, [usage]).split('\n');
  expect(lines.slice(0, 6)).toEqual([
    'Voice (main, voice, 2026-06): 1.50 - 0.00 = 1.50, of which 9 % tax 0.12',
    '  usage voice-out of plan version 2',
    '  = rounded to 1.50',
    '  recomputed 1.50',
    '  2 events:',
    '    usage u1: 1.50 (late, revision 2)',
  ]);
  expect(lines.at(-1)).toBe('    … and 1 more');
  expect(billLineText(line, [])).toContain('    2026-06-12 r1 1.50: 20 minutes');
  // All events are there, and come to less than the line: they were re-rated since.
  const events = line.events.map((event) => ({ ...event, amount: '1.20' }));
  expect(
    billLineText({ ...line, eventCount: 1, events }, [])
      .split('\n')
      .at(-1),
  ).toBe('  as they are rated now its events come to 1.20: what differs from the line is on another bill');
  expect(billLineText({ ...line, eventCount: 1 }, [])).not.toContain('another bill');
});
