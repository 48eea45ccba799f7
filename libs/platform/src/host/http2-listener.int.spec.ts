import { connect } from 'node:http2';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import type { PlatformConfig } from '../config/platform-config';
import { listenHttp2 } from './http2-listener';

/** A listener closes although somebody has a stream open that never ends. */

it('closes, and lets a stream that never ends go', async () => {
  let begun: () => void = () => undefined;
  const hasBegun = new Promise<void>((resolve) => (begun = resolve));
  const routing = (request: Http2ServerRequest, response: Http2ServerResponse) => {
    request.on('data', () => begun());
    response.stream.on('error', () => undefined);
  };
  const app = { getHttpAdapter: () => ({ getInstance: () => ({ routing }) }) };
  const config = { bindAddress: '127.0.0.1' } as PlatformConfig;
  const listener = await listenHttp2(app as never, config, 0);
  const client = connect(listener.url);
  client.on('error', () => undefined);
  const stream = client.request({ ':method': 'POST', ':path': '/' });
  const isGone = new Promise((resolve) => stream.once('close', resolve));
  stream.on('error', () => undefined);
  stream.write('{');
  await hasBegun;
  await listener.close();
  await isGone;
  expect(stream.destroyed).toBe(true);
  client.destroy();
}, 15_000);
