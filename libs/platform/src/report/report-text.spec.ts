import { csvLine, reportDays, reportFormat } from './report-text';

describe('a line of CSV', () => {
  it.each([
    [['a', '1.00'], 'a,1.00\r\n'],
    [['a,b', 'say "x"', 'two\nlines'], '"a,b","say ""x""","two\nlines"\r\n'],
    [['-1.65', '=1+1', '-x', '@y'], "-1.65,'=1+1,'-x,'@y\r\n"],
  ])('of %j is %j', (cells, line) => {
    expect(csvLine(cells)).toBe(line);
  });
});

describe('the days of a report', () => {
  it('are both included, in Shanghai unless told', () => {
    expect(reportDays({ from: '2026-06-01', to: '2026-06-30' })).toMatchObject({
      from: '2026-05-31T16:00:00.000Z',
      to: '2026-06-30T16:00:00.000Z',
    });
  });

  it.each([[{}], [{ from: '2026-06-31', to: '2026-07-01' }], [{ from: '2026-07-01', to: '2026-06-01' }]])(
    'are refused: %j',
    (query) => {
      expect(() => reportDays(query)).toThrow(expect.objectContaining({ code: 'report_days_invalid' }));
    },
  );

  it('come as csv or json only', () => {
    expect(reportFormat({})).toBe('json');
    expect(() => reportFormat({ format: 'xls' })).toThrow(
      expect.objectContaining({ code: 'report_format_invalid' }),
    );
  });
});
