import { checkNumberRange, mobileSegments, numberFrom } from './number-plan';

describe('numbers of the Chinese plan', () => {
  it.each(['13312345678', '+8613312345678', '8613312345678', '133 1234 5678'])(
    'stores %s in one form',
    (text) => {
      expect(numberFrom('mobile_number', text)).toBe('8613312345678');
    },
  );

  it.each(['02885551234', '028-85551234', '+862885551234'])('stores %s with its area code', (text) => {
    expect(numberFrom('fixed_number', text)).toBe('02885551234');
  });

  it.each([
    ['mobile_number', '17410000000'],
    ['mobile_number', '12345678901'],
    ['mobile_number', '1331234567'],
    ['mobile_number', '02885551234'],
    ['mobile_number', '+14155552671'],
    ['mobile_number', ''],
    ['fixed_number', '13312345678'],
    ['fixed_number', '05101234567'],
    ['fixed_number', 'no number'],
  ] as const)('knows no %s %s', (kind, text) => {
    expect(() => numberFrom(kind, text)).toThrow(
      expect.objectContaining({ code: 'number_invalid', kind: 'invalid' }),
    );
  });

  it('derives the mobile segments', () => {
    expect(mobileSegments()).toEqual(
      expect.arrayContaining(['133', '153', '174', '177', '180', '189', '191', '199']),
    );
    expect(mobileSegments()).not.toContain('141');
    expect(mobileSegments()).not.toContain('010');
  });

  it('finds the part of a range that the plan does not know', () => {
    expect(() => checkNumberRange('mobile_number', '8613312340000', 10_000)).not.toThrow();
    expect(() => checkNumberRange('mobile_number', '8617405999500', 1_000)).toThrow(
      expect.objectContaining({ code: 'number_invalid' }),
    );
  });
});
