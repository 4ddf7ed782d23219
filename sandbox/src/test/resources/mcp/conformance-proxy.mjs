// Stands between the protocol's conformance runner, which sends no key, and a world's address; says its port when it listens.
import http from 'node:http';

const [, , port, path, key] = process.argv;
const own = `localhost:${port}`;

const server = http.createServer((request, response) => {
  const headers = { ...request.headers, authorization: `Bearer ${key}` };
  // The runner names the proxy's port; a foreign host or origin stays as it is, since the server has to refuse it.
  if (/^(localhost|127\.0\.0\.1)(:|$)/.test(headers.host ?? '')) headers.host = own;
  if (/^http:\/\/(localhost|127\.0\.0\.1)(:|$)/.test(headers.origin ?? '')) headers.origin = `http://${own}`;
  const passed = http.request({ host: '127.0.0.1', port, path, method: request.method, headers }, (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  passed.on('error', (failure) => response.writeHead(502).end(String(failure)));
  request.pipe(passed);
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
