// Buys a power bank with the protocol's own TypeScript client. Arguments: address, key, auto | legacy.
// It prints one JSON line per step; a line on standard input says that the principal has approved.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const require = createRequire(pathToFileURL(process.cwd() + '/').href);
const { Client, StreamableHTTPClientTransport } = await import(
  pathToFileURL(require.resolve('@modelcontextprotocol/client')).href
);
const [address, key, mode] = process.argv.slice(2);
const client = new Client({ name: 'buyer', version: '1' }, { versionNegotiation: { mode } });
const headers = { Authorization: 'Bearer ' + key };
await client.connect(new StreamableHTTPClientTransport(new URL(address), { requestInit: { headers } }));

const say = (step) => console.log(JSON.stringify(step));
const call = async (name, args) => {
  const result = await client.callTool({ name, arguments: args });
  if (result.isError) throw new Error(name + ': ' + result.content[0].text);
  return result.structuredContent;
};

// The client compares each result with the output schema of its tool.
const tools = (await client.listTools()).tools;
say({ revision: client.getNegotiatedProtocolVersion(), tools: tools.length });
const found = await call('search_offers', { kind: 'shop', terms: 'power bank' });
const held = await call('confirm_cart', { offer_id: found.offers[0].offer_id });
const order = { order_no: held.order_no };
say(await call('request_payment', order));
for await (const _ of createInterface({ input: process.stdin })) break;
say(await call('wait_for_payment', order));
say(await call('collect', order));
await client.close();
process.exit(0);
