import { gradeOf, gradeRank } from './number-grade';

describe('the grade of a number', () => {
  it.each([
    ['8613312388888', 'diamond'],
    ['8613312345678', 'diamond'],
    ['8613312308888', 'platinum'],
    ['8613300912345', 'platinum'],
    ['8613312399888', 'gold'],
    ['8613312351234', 'gold'],
    ['8613312374321', 'gold'],
    ['8613312345566', 'silver'],
    ['8613312375656', 'silver'],
    ['8613312729729', 'silver'],
    ['8613312349588', 'bronze'],
    ['8613312375123', 'bronze'],
    ['8613312397071', 'ordinary'],
  ] as const)('%s is %s', (digits, grade) => {
    expect(gradeOf(digits)).toBe(grade);
  });

  it('ranks plain numbers first', () => {
    expect(gradeRank('ordinary')).toBe(0);
    expect(gradeRank('diamond')).toBeGreaterThan(gradeRank('platinum'));
  });
});
