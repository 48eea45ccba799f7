import { REPORT_TABLE_ROWS, reportTable, type Report, type RowSink } from './report-table';

const reportOf = (write: (sink: RowSink) => Promise<void>): Report => ({
  ...{ name: 'tax', days: null, columns: ['rate', 'gross'] },
  write: async (sink) => {
    await write(sink);
    return { gross: '3.00' };
  },
});

it('has its cells in the order of the columns, and totals where there are some', async () => {
  const report = reportOf(async (sink) => {
    await sink([{ gross: '1.00', rate: '9' }]);
    await sink([{ gross: '2.00' }]);
  });
  expect(await reportTable(report)).toEqual({
    ...{ name: 'tax', columns: ['rate', 'gross'] },
    rows: [
      ['9', '1.00'],
      ['', '2.00'],
    ],
    totals: [null, '3.00'],
  });
});

it('is refused whole where it is too long, never cut', async () => {
  const page = Array.from({ length: REPORT_TABLE_ROWS }, () => ({ rate: '9', gross: '0.00' }));
  expect((await reportTable(reportOf((sink) => sink(page)))).rows).toHaveLength(REPORT_TABLE_ROWS);
  const longer = reportOf(async (sink) => {
    await sink(page);
    await sink(page.slice(0, 1));
  });
  await expect(reportTable(longer)).rejects.toMatchObject({ code: 'report_too_long' });
});
