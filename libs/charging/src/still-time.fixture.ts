/**
 * Lets the process's time stand still in each test of a file: what one asked for a moment ago stays fresh however slow the
 * machine is, and however quick, nothing that a test before it asked for is fresh.
 */
export function letTimeStandStill(): void {
  let later = 0;
  beforeEach(() => {
    later += 60_000;
    jest.spyOn(performance, 'now').mockReturnValue(performance.now() + later);
  });
  afterEach(() => void jest.restoreAllMocks());
}

/** Nothing that was asked for is fresh any more, and what somebody else changed may be recalled again. */
export function letTimePass(): void {
  jest.mocked(performance.now).mockReturnValue(performance.now() + 2000);
}
