// L2: one purchase that the principal fixed in advance.   node dist/examples/l2.js [http://localhost:8080]
import { randomUUID } from 'node:crypto';
import { ActAgent, Principal, createWorld } from '../src/index.js';

const server = process.argv[2] ?? 'http://localhost:8080';
const name = `ts-l2-${randomUUID().slice(0, 8)}`;
const { world, made } = await createWorld(server, { name });
const principal = new Principal(world, made['keys'].principal);
const agent = await ActAgent.register(world, name, made['keys'].operator);
agent.instrumentRef = await principal.bind(agent.agentId);

// A draft with open questions is no mistake: the answer says what the principal still has to be asked.
const isr = {
  conversation_history: { user_intent_raw: 'Buy me one phone charger, at most 60 yuan' },
  intent_id: `I-${name}`,
  currency: 'CNY',
  validity_start_time: new Date(Date.now() - 60_000).toISOString(),
  validity_end_time: new Date(Date.now() + 86_400_000).toISOString(),
  delegation_mode: 'SPECIFIED',
  allowed_payment_methods: ['balance'],
  ext: { vendor_private: { targets: [{ kind: 'shop', what: 'charger', quantity: 1 }] } },
};
for (const question of (await agent.askAuthority(isr))['open_questions']) {
  console.log('open    ', question.field, question.question.en);
}
for (const line of (await agent.askAuthority({ ...isr, max_total_amount: 60 }))['summary']) {
  console.log('signs   ', line.text.en);
}
// A person reads that in the console and enters the PIN.
const authority = await agent.authority(await principal.giveAuthority(isr.intent_id));

const need = { kind: 'shop', terms: 'charger', features: [], quantity: 1 };
const offers = await agent.offers('luma-mart', need, { intentId: isr.intent_id });
const offer = offers.reduce((best, each) => (Number(each['total']) < Number(best['total']) ? each : best));
console.log('offer   ', offer['title'].en, offer['total']);
const order = await agent.confirmCart('luma-mart', offer, { delegationId: authority['delegation_id'] });
console.log('got     ', JSON.stringify(await agent.payUnder(authority, order)));
console.log('left    ', (await agent.sums(authority['delegation_id']))['left']);
await agent.giveBack(authority['delegation_id']);
console.log('returned', authority['delegation_id']);
