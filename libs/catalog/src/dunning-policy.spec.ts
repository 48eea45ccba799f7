import { changed, demonstration, problemsOf } from '../test/document-files.adapter';

const FILE = 'policy/dunning.yaml';

/** Of the file that the operator uses, which is good. */
it('takes the policy of the demonstration operator', () => {
  expect(problemsOf(demonstration)).toEqual([]);
});

it.each([
  [
    '        overdueDays: 30\n        minimumAmount: 1.00\n      - { code: last-warning',
    '        overdueDays: 29\n        minimumAmount: 1.00\n      - { code: last-warning',
    'services[1].states[2].overdueDays',
    'fixed is not stopped before 30 days overdue',
  ],
  [
    'stoppedDays: 60',
    'stoppedDays: 59',
    'services[1].states[4].stoppedDays',
    'fixed is not ended before 60 days stopped',
  ],
  ['        stoppedDays: 60\n', '', 'services[1].states[4].stoppedDays', 'a termination needs stoppedDays'],
  [
    '        overdueDays: 19\n',
    '        overdueDays: 3\n',
    'services[0].states[3].overdueDays',
    'comes before outgoing-stop',
  ],
  ['code: warning', 'code: reminder', 'services[0].states[1].code', 'reminder is there twice'],
  ['service: fixed', 'service: mobile', 'services[1].service', 'mobile is there twice'],
  [
    'chargeClass: late fee',
    'chargeClass: tardiness',
    'lateFee.chargeClass',
    'the billing policy has no charge class tardiness',
  ],
  ['taxClass: voice', 'taxClass: speech', 'lateFee.taxClasses[0].taxClass', 'unknown tax class speech'],
  ['perMille: 3', 'perMille: 3.05', 'lateFee.perMille', 'must be at most 99.9'],
  [
    'effect: outgoing stop',
    'effect: barred',
    'services[0].states[2].effect',
    'must be notice, outgoing stop',
  ],
])('refuses %j written as %j', (from, to, field, message) => {
  const problems = problemsOf(changed(demonstration, FILE, from, to));
  expect(problems[0]).toMatchObject({ file: FILE, field });
  expect(problems[0]?.message).toContain(message);
});
