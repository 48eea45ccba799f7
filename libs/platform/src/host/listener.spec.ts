import { urlOf } from './listener';

it.each([
  ['0.0.0.0', 'http://127.0.0.1:3000'],
  ['10.1.2.3', 'http://10.1.2.3:3000'],
  ['::', 'http://[::1]:3000'],
  ['fd00::1', 'http://[fd00::1]:3000'],
  ['charging.example', 'http://charging.example:3000'],
])('reaches what is bound to %s at %s', (bindAddress, url) => {
  expect(urlOf({ bindAddress }, 3000)).toBe(url);
  expect(URL.canParse(url)).toBe(true);
});
