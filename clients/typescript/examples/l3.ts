// L3: the agent chooses within bounds, waits for its price, and pays from money that was set aside.
//   node dist/examples/l3.js [http://localhost:8080]
import { randomUUID } from 'node:crypto';
import { ActAgent, Principal, createWorld } from '../src/index.js';

const server = process.argv[2] ?? 'http://localhost:8080';
const name = `ts-l3-${randomUUID().slice(0, 8)}`;
const { world, made } = await createWorld(server, { name });
const principal = new Principal(world, made['keys'].principal);
const agent = await ActAgent.register(world, name, made['keys'].operator);

const isr = {
  conversation_history: { user_intent_raw: 'Buy chargers when they are cheap, 100 yuan in all' },
  intent_id: `I-${name}`,
  currency: 'CNY',
  validity_start_time: new Date(Date.now() - 60_000).toISOString(),
  validity_end_time: new Date(Date.now() + 86_400_000).toISOString(),
  delegation_mode: 'BOUNDED',
  allowed_payment_methods: ['sub_account'],
  max_total_amount: 100,
  ext: { commerce: { allowed_categories: ['shop'], max_single_amount: 60 } },
};
for (const line of (await agent.askAuthority(isr))['summary']) {
  console.log('signs   ', line.text.en);
}
const authority = await agent.authority(await principal.giveAuthority(isr.intent_id));
const purse = await principal.openSubAccount(agent.agentId, '100.00');
await agent.bindSubAccount(purse);

async function cheapest() {
  const need = { kind: 'shop', terms: 'charger', features: [], quantity: 1 };
  const offers = await agent.offers('luma-mart', need, { intentId: isr.intent_id });
  return offers.reduce((best, each) => (Number(each['total']) < Number(best['total']) ? each : best));
}

let offer = await cheapest();
console.log('offer   ', offer['title'].en, offer['total']);
const limit = Number(offer['total']) * 0.9;
for (let looks = 1; Number(offer['total']) > limit; looks++) {
  if (looks > 3) {
    throw new Error('the price does not fall');
  }
  console.log('waits   ', offer['total'], 'is above', limit.toFixed(2));
  // The operator plays the shop that lowers its price; a real agent would look again later.
  await world.json('POST', `${server}/api/worlds/${name}/merchants/luma-mart/disturbances`, {
    key: made['keys'].operator,
    body: { type: 'price_moved', item: offer['item_id'], percent: -20 },
  });
  offer = await cheapest();
}

const order = await agent.confirmCart('luma-mart', offer, { delegationId: authority['delegation_id'] });
console.log('got     ', JSON.stringify(await agent.payUnder(authority, order, purse)));
console.log('left    ', (await agent.sums(authority['delegation_id']))['left']);
await agent.giveBack(authority['delegation_id']);
console.log('returned', authority['delegation_id']);
