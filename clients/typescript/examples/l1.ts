// L1: the principal approves each payment. Builds with "npm install" in clients/typescript, then
//   node dist/examples/l1.js [http://localhost:8080]
import { randomUUID } from 'node:crypto';
import { ActAgent, Principal, createWorld } from '../src/index.js';

const server = process.argv[2] ?? 'http://localhost:8080';
const name = `ts-l1-${randomUUID().slice(0, 8)}`;
const { world, made } = await createWorld(server, { name });
const principal = new Principal(world, made['keys'].principal);
const agent = await ActAgent.register(world, name, made['keys'].operator);
agent.instrumentRef = await principal.bind(agent.agentId);

const offers = await agent.offers('luma-mart', { kind: 'shop', terms: 'charger', features: [], quantity: 1 });
const offer = offers.reduce((best, each) => (Number(each['total']) < Number(best['total']) ? each : best));
console.log('offer   ', offer['title'].en, offer['total']);
const order = await agent.confirmCart('luma-mart', offer);
console.log('order   ', order['order_no']);

const delivery = await agent.pay(order, async (payment) => {
  // A person opens this address and enters the PIN; here their key stands in for them.
  console.log('approve ', payment['cashier_url']);
  await principal.approvePayment(payment['trade_no']);
});
console.log('got     ', JSON.stringify(delivery));
