import { mergeFiles } from './source-files';

describe('mergeFiles', () => {
  it('replaces by path, takes out what is empty, sorts by path', () => {
    const before = [
      { path: 'b.yaml', text: 'old' },
      { path: 'c.yaml', text: 'goes' },
      { path: 'd.yaml', text: 'stays' },
    ];
    const given = [
      { path: 'c.yaml', text: ' \n' },
      { path: 'b.yaml', text: 'new' },
      { path: 'a.yaml', text: 'added' },
    ];
    expect(mergeFiles(before, given)).toEqual([
      { path: 'a.yaml', text: 'added' },
      { path: 'b.yaml', text: 'new' },
      { path: 'd.yaml', text: 'stays' },
    ]);
  });
});
