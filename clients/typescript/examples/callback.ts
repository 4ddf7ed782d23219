// Be told instead of asking: a payment with a callback. Builds with "npm install" in clients/typescript, then
//   node dist/examples/callback.js [http://localhost:8080]
// The sandbox calls addresses on this machine without a setting; others with --set outbound-hosts=HOST.
import assert from 'node:assert';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ActAgent, Principal, createWorld } from '../src/index.js';

// Takes notifications and answers 200 at once: what is not answered is sent again.
let tell: (notice: any) => void;
const told = new Promise<any>((resolve) => (tell = resolve));
const listener = createServer(async (request, response) => {
  let body = '';
  for await (const piece of request) {
    body += piece;
  }
  response.writeHead(200).end();
  tell(JSON.parse(body));
});
await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
const callbackUrl = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/told`;

const server = process.argv[2] ?? 'http://localhost:8080';
const name = `ts-callback-${randomUUID().slice(0, 8)}`;
const { world, made } = await createWorld(server, { name });
const principal = new Principal(world, made['keys'].principal);
const agent = await ActAgent.register(world, name, made['keys'].operator);
agent.instrumentRef = await principal.bind(agent.agentId);

const need = { kind: 'shop', terms: 'charger', features: [], quantity: 1 };
const order = await agent.confirmCart('luma-mart', (await agent.offers('luma-mart', need))[0]!);
console.log('order   ', order['order_no'], order['lines'][0].title.en);
const payment = await agent.requestPayment(order, await agent.bill(order), callbackUrl);
await principal.approvePayment(payment['trade_no']); // a person, at payment['cashier_url']

const notice = await told;
const signer = await agent.verified(notice);
console.log('told    ', notice.event, 'by', signer);
assert.equal(signer, 'did:act:sandbox-pay', 'the notification is not signed by the payment service');
assert.equal(notice.trade_no, payment['trade_no']);
// A notification is a hint to look, and no proof: the proof of the payment comes from the payment service.
console.log('got     ', JSON.stringify(await agent.collect(order, await agent.payment(notice.trade_no))));
listener.close();
