/** What W8 is held against: node:http that reads a body and answers a constant. */
import { createServer } from 'node:http';

const body = '{"data":{"__typename":"Query"}}\n';
const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${JSON.stringify(server.address())}\n`));
