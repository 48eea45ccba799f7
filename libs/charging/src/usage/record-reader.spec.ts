import type { UsageSourcePolicy } from '@ronghe/contracts';
import { parseLocalDate } from '@ronghe/kernel';
import { LineInterpreter, readHeader, type ReadLine } from './record-reader';
import {
  keysOfIdentifier,
  numberForms,
  productOfKey,
  subscriberKeyReader,
  subscriberKeysOf,
} from './subscriber-keys';
import { bodyHashOf, normaliseNumber } from './usage-record';

const mapping: UsageSourcePolicy = {
  kind: 'usage-source',
  code: 'mediation',
  version: 1,
  effectiveFrom: parseLocalDate('2020-01-01'),
  effectiveTo: null,
  source: 'mediation',
  format: 'csv',
  zone: 'Asia/Shanghai',
  columns: { recordId: 'record_id', type: 'type', subscriber: 'number', peer: 'peer', start: 'start' },
  subscriberBy: 'number',
  types: [
    { value: 'voice', usageClass: 'voice', quantity: 'duration_s', unit: 'second' },
    { value: 'data', usageClass: 'data', quantity: 'volume_kb', unit: 'kb' },
    { value: 'sms', usageClass: 'sms', quantity: 'messages', unit: 'message' },
  ],
  lateAfterPeriods: 2,
};
const head = 'record_id,type,number,peer,start,duration_s,volume_kb,messages';

function read(...texts: string[]): ReadLine[] {
  const lines = texts.map((text, index) => ({ text, number: index + 2, endOffset: 0 }));
  const interpreter = new LineInterpreter(mapping, readHeader({ text: head }, mapping));
  return lines.flatMap((line) => interpreter.readLine(line) ?? []);
}

function reasonOf(text: string): string {
  const [line] = read(text);
  return line?.kind === 'malformed' ? line.reason : 'read';
}

describe('records of a usage file', () => {
  it('reads each type by its own quantity column', () => {
    const [voice, data, sms] = read(
      'a,voice,+86 138 0013 8000,10086,2026-06-11T08:00:00+08:00,61,,',
      'b,data,13800138000,,2026-06-11 08:00:00,,1048576,',
      'c,sms,13800138000,10086,2026-06-11T00:00:00Z,,,1',
    );
    expect(voice).toMatchObject({
      record: {
        recordId: 'a',
        usageClass: 'voice',
        subscriber: '8613800138000',
        quantity: 61n,
        unit: 'second',
      },
    });
    expect(data).toMatchObject({
      record: { usedAt: '2026-06-11T00:00:00.000Z', quantity: 1048576n, peer: null },
    });
    expect(sms).toMatchObject({
      record: { usedAt: '2026-06-11T00:00:00.000Z', quantity: 1n, unit: 'message' },
    });
  });

  it('says what is wrong with a line and where, and reads the others', () => {
    expect(reasonOf(',voice,1,,2026-06-11T08:00:00Z,1,,')).toMatch(/record_id is empty/);
    expect(reasonOf('a,fax,1,,2026-06-11T08:00:00Z,1,,')).toBe('type is not one of voice, data, sms');
    expect(reasonOf('a,voice,none,,2026-06-11T08:00:00Z,1,,')).toBe('number holds no number');
    expect(reasonOf('a,voice,1,,yesterday,1,,')).toBe('start is not a date and time');
    expect(reasonOf('a,voice,1,,2026-02-30 08:00:00,1,,')).toBe('start is not a date and time');
    expect(reasonOf('a,voice,1,,2026-06-11T08:00:00Z,-1,,')).toBe(
      'duration_s is not a whole number of seconds',
    );
    expect(reasonOf('a,voice,1,,2026-06-11T08:00:00Z,1.5,,')).toBe(
      'duration_s is not a whole number of seconds',
    );
    expect(reasonOf('a,data,1,,2026-06-11T08:00:00Z,1,,')).toBe('volume_kb is not a whole number of kbs');
    expect(reasonOf('a,voice,1')).toBe('3 columns instead of 8');
  });

  it('does not let an open quote spoil its neighbours', () => {
    const good = 'a,sms,1,,2026-06-11T08:00:00Z,,,1';
    expect(
      read(good, 'b,"sms,1,,2026-06-11T08:00:00Z,,,1', good.replace('a,', 'c,')).map((line) => line.kind),
    ).toEqual(['record', 'malformed', 'record']);
    const [quoted] = read('"a, b",sms,1,"he said ""no""",2026-06-11T08:00:00Z,,,1');
    expect(quoted).toMatchObject({ record: { recordId: 'a, b', peer: 'he said "no"' } });
  });

  it('skips empty lines and keeps the numbers of the others', () => {
    expect(read('', 'a,sms,1,,2026-06-11T08:00:00Z,,,1', '  ').map(({ line }) => line.number)).toEqual([3]);
  });

  it('refuses a header without a needed column', () => {
    const text = 'record_id,type,number,peer,start,duration_s,messages';
    expect(() => readHeader({ text }, mapping)).toThrow(
      expect.objectContaining({
        code: 'usage_header_invalid',
        details: { missing: ['volume_kb'], doubled: [] },
      }),
    );
    expect(readHeader({ text: `\uFEFF${head},extra` }, mapping)).toContain('extra');
  });

  it('refuses a header of which only the beginning was kept', () => {
    expect(() => readHeader({ text: head, isCut: true }, mapping)).toThrow(
      expect.objectContaining({
        code: 'usage_header_invalid',
        message: 'the first line is longer than 16384 bytes',
      }),
    );
  });

  it('hashes what a record says, not how it is written', () => {
    const [first, same, other] = read(
      'a,voice,+8613800138000,,2026-06-11T08:00:00+08:00,61,,',
      'a,voice,8613800138000, ,2026-06-11T00:00:00Z,061,,',
      'a,voice,8613800138000,,2026-06-11T00:00:00Z,62,,',
    ).map((line) => (line.kind === 'record' ? bodyHashOf(line.record) : line.reason));
    expect(same).toBe(first);
    expect(other).not.toBe(first);
  });

  it('knows the forms of a subscriber number', () => {
    expect(normaliseNumber('0086 138-0013-8000')).toBe('8613800138000');
    expect(numberForms('13800138000')).toEqual(['13800138000', '8613800138000']);
    expect(numberForms('8613800138000')).toEqual(['8613800138000', '13800138000']);
    expect(numberForms('02161234567')).toEqual(['02161234567']);
    expect(keysOfIdentifier('msisdn-8613800138000')).toContain('13800138000');
    expect(keysOfIdentifier('imsi-460030000000001')).toEqual(['imsi-460030000000001']);
    expect(keysOfIdentifier('nai-somebody@example.org')).toEqual([]);
    const sim = {
      resourceId: 's',
      kind: 'sim' as const,
      value: '8986',
      attributes: { imsi: '460030000000001' },
    };
    expect(subscriberKeysOf(sim)).toEqual(['imsi-460030000000001', 'iccid-8986']);
    const terminal = { resourceId: 't', kind: 'optical_terminal' as const, value: 'zte0a1' };
    expect(subscriberKeysOf(terminal)).toEqual(['equipment-ZTE0A1']);
    expect(subscriberKeyReader('equipment')('zte0a1')).toBe('equipment-ZTE0A1');
    expect(subscriberKeyReader('imsi')('46003 0000000001')).toBe('imsi-460030000000001');
    expect(productOfKey(subscriberKeyReader('product')('A-1'))).toBe('a-1');
  });
});
