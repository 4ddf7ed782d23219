// A scheduled purchase by an agent of your own: its authority begins later, and the agent buys when it has begun.
// Needs Node 20 and nothing else:  node docs/examples/scheduled-agent.mjs L2|L3 [http://localhost:8080] [--after HOURS]
// L2 is directed, L3 autonomous; docs/clients.md has packages that do the same without code of your own for signatures.
// Read first-agent.mjs before: signing, carts and proofs are explained there.
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';

const [first, ...rest] = process.argv.slice(2);
const level = first === 'L3' ? 'L3' : 'L2';
const hours = rest.includes('--after') ? Number(rest.splice(rest.indexOf('--after'), 2)[1]) : 2;
const sandbox = rest[0] ?? 'http://localhost:8080';
const run = randomUUID().slice(0, 8);
const name = `${level.toLowerCase()}-${run}`;
const agent = `did:act:${name}`;
const shop = '/merchants/luma-mart';
const identity = generateKeyPairSync('ed25519');

const sorted = (value) =>
  Array.isArray(value) ? value.map(sorted)
  : value !== null && typeof value === 'object'
    ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]))
    : value;

function signed(message, keyId = `${agent}#key-1`, privateKey = identity.privateKey) {
  const whole = { ...message, signer_id: keyId, signature_type: 'ED25519' };
  const bytes = Buffer.from(JSON.stringify(sorted(whole)));
  return { ...whole, signature_content: sign(null, bytes, privateKey).toString('base64url') };
}

async function send(method, address, { key, body, headers = {}, expect }) {
  const answer = await fetch(new URL(address, sandbox), {
    method,
    headers: {
      'Act-Sender': agent,
      ...(key && { Authorization: `Bearer ${key}` }),
      ...(body && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  });
  const text = await answer.text();
  if (answer.status !== expect) {
    throw new Error(`${method} ${address}: ${answer.status} instead of ${expect}\n${text}`);
  }
  return { headers: answer.headers, json: text && answer.headers.get('Content-Type')?.includes('json') ? JSON.parse(text) : null };
}

const jwk = ({ publicKey }) => {
  const { kty, crv, x } = publicKey.export({ format: 'jwk' });
  return { kty, crv, x };
};
let ahead = 0; // By how much the world's clock is ahead of this machine's, in milliseconds.
const now = () => new Date(Date.now() + ahead).toISOString();
const world = (await send('POST', '/api/worlds', { body: { name }, expect: 201 })).json;
const { operator, principal } = world.keys;
const at = (path) => `/w/${name}${path}`;
const { key } = (await send('POST', `/api/worlds/${name}/agents`, { key: operator, body: { name, jwk: jwk(identity) }, expect: 201 })).json;

// 1. The agent says what it wants to be allowed (the ISR, ADD-1). A draft with open questions is no mistake: the answer
// lists them, each with the field, what is expected, and a question for the principal in two languages.
const isr = {
  conversation_history: { user_intent_raw: level === 'L2' ? 'Buy me one phone charger, at most 60 yuan' : 'Buy chargers when they are cheap, 100 yuan in all' },
  intent_id: `I-${run}`, agent_id: agent, currency: 'CNY',
  validity_start_time: new Date(Date.now() + (hours > 0 ? hours * 3_600_000 : -60_000)).toISOString(),
  validity_end_time: new Date(Date.now() + (hours + 24) * 3_600_000).toISOString(),
  ...(level === 'L2'
    // Directed: exactly this purchase, fixed in advance (docs/delegation.md has the fields of a target).
    ? { delegation_mode: 'SPECIFIED', allowed_payment_methods: ['balance'], ext: { vendor_private: { targets: [{ kind: 'shop', what: 'charger', quantity: 1 }] } } }
    // Autonomous: the agent chooses within bounds, and pays from money that was set aside for it.
    : { delegation_mode: 'BOUNDED', allowed_payment_methods: ['sub_account'], ext: { commerce: { allowed_categories: ['shop'], max_single_amount: 60 } } }),
};
const draft = (fields) => send('POST', at('/delegations/intents'), { key, body: signed({ isr: { ...isr, ...fields }, timestamp: now() }), expect: 201 });
const asked = (await draft({})).json;
console.log(`open     ${asked.open_questions.map((question) => `${question.field}: ${question.question.en}`).join(' ')}`);
// max_total_amount is a number, and RFC 8785 writes it as 60, never as 60.0.
const ready = (await draft({ max_total_amount: level === 'L2' ? 60 : 100 })).json;
ready.summary.forEach((line) => console.log(`signs    ${line.text.en}`));

// 2. The principal reads what it would sign, and enters the PIN for the digest of that. A person does this at
// /console/{world}/delegations; here their key and PIN stand in for them. The agent's own key is answered 403.
const confirmation = at(`/delegations/intents/${isr.intent_id}/confirmation`);
const shown = (await send('GET', confirmation, { key: principal, expect: 200 })).json;
const { delegation_id } = (await send('POST', confirmation, { key: principal, body: { decision: 'APPROVE', digest: shown.digest, pin: '246810' }, expect: 200 })).json;
const { iac } = (await send('GET', at(`/delegations/iacs/${delegation_id}/credential`), { key, expect: 200 })).json;
console.log(`granted  ${delegation_id}`);

if (hours > 0) {
  // Before its time the authority is there and permits nothing: its state is Pending, and a payment would be refused.
  const early = (await send('GET', at(`/delegations/iacs/${delegation_id}`), { key, expect: 200 })).json;
  console.log(`waits    ${early.state} until ${isr.validity_start_time}`);
  // The operator moves the world's clock; outside of a demonstration the agent would sleep until then.
  await send('POST', `/api/worlds/${name}/clock/advance`, { key: operator, body: { to: isr.validity_start_time }, expect: 200 });
  ahead = Date.parse((await send('GET', `/api/worlds/${name}/clock`, { key: operator, expect: 200 })).json.now) - Date.now();
  const begun = (await send('GET', at(`/delegations/iacs/${delegation_id}`), { key, expect: 200 })).json;
  console.log(`begins   ${begun.state} at ${now()}`);
}

// 3. What pays: at L2 an instrument that the principal bound to the agent, at L3 a sub-account with a key of its own.
let instrument_ref, purse, purseKey;
if (level === 'L2') {
  const consent = (await send('POST', at('/psp/bindings'), { key: principal, body: { agent_id: agent, account: 'balance' }, expect: 201 })).json;
  ({ instrument_ref } = (await send('POST', at(`/psp/bindings/${consent.binding_id}/confirmation`),
    { key: principal, body: { decision: 'APPROVE', digest: consent.digest, pin: '246810' }, expect: 201 })).json);
} else {
  purse = (await send('POST', at('/psp/sub-accounts'), { key: principal, body: { agent_id: agent, pin: '246810' }, expect: 201 })).json.sub_account_id;
  await send('POST', at(`/psp/sub-accounts/${purse}/top-ups`), { key: principal, body: { request_id: `U-${run}`, amount: '100.00', pin: '246810' }, expect: 200 });
  purseKey = generateKeyPairSync('ed25519');
  await send('POST', at(`/psp/sub-accounts/${purse}/key`),
    { key, body: signed({ sub_account_id: purse, jwk: { ...jwk(purseKey), kid: `${agent}#${purse}` }, timestamp: now() }), expect: 200 });
}

// 4. The purchase. An autonomous agent waits for its condition: here a price at least a tenth below the first.
const cheapest = async () => {
  const intent = signed({
    request_id: `Q-${randomUUID().slice(0, 8)}`, intent_id: isr.intent_id, agent_id: agent, timestamp: now(), response_form: 'offers', limit: 3,
    context: { explicit_needs: [{ kind: 'shop', terms: 'charger', features: [], quantity: 1 }] },
  });
  const { offers } = (await send('POST', at(`${shop}/intents`), { body: intent, expect: 200 })).json;
  return offers.reduce((best, offer) => (Number(offer.total) < Number(best.total) ? offer : best));
};
let offer = await cheapest();
console.log(`offer    ${offer.title.en}: ${offer.total} ${offer.currency}`);
if (level === 'L3') {
  const limit = Number(offer.total) * 0.9;
  for (let looks = 1; Number(offer.total) > limit; looks++) {
    if (looks > 3) throw new Error('the price does not fall');
    console.log(`waits    ${offer.total} is above ${limit.toFixed(2)}`);
    // The operator plays the shop that lowers its price; outside of a demonstration the agent would look again later.
    await send('POST', `/api/worlds/${name}/merchants/luma-mart/disturbances`,
      { key: operator, body: { type: 'price_moved', item: offer.item_id, percent: -20 }, expect: 204 });
    offer = await cheapest();
  }
}
// The cart names the authority, so only a payment under it is taken for this order (CID-8).
const cart = signed({
  request_id: `C-${run}`, intent_id: isr.intent_id, delegation_id, agent_id: agent, timestamp: now(),
  lines: [{ offer_id: offer.offer_id, quantity: 1 }], expected_total: offer.total, currency: offer.currency, fulfilment: { ship_to: 'home' },
});
const order = (await send('POST', at(`${shop}/carts`), { body: cart, expect: 201 })).json;
const unpaid = await send('GET', order.resource_url, { expect: 402 });
const bill = JSON.parse(Buffer.from(unpaid.headers.get('Payment-Needed'), 'base64url')).protocol;

// 5. The payment carries the credential and the shop's signed order; nobody is asked (PSD-5, PSD-7).
const payment = {
  request_id: `P-${run}`, delegation_id, iac, merchant_order_no: bill.out_trade_no, amount: bill.amount, currency: bill.currency,
  timestamp: now(), agent_id: agent, principal_id: 'did:act:principal', payee: bill.seller_unique_id, bill, order,
};
if (level === 'L2') {
  payment.instrument_ref = instrument_ref;
} else {
  const { request_id, merchant_order_no, amount, currency, timestamp } = payment;
  payment.sub_account_authorization =
    signed({ sub_account_id: purse, request_id, merchant_order_no, amount, currency, timestamp }, `${agent}#${purse}`, purseKey.privateKey);
}
const door = level === 'L2' ? 'delegated-payments' : 'autonomous-payments';
const paid = (await send('POST', at(`/psp/${door}`), { key, body: signed(payment), expect: 201 })).json;
console.log(`paid     ${paid.trade_no} ${paid.status}`);

const { proof } = (await send('GET', at(`/psp/payments/${paid.trade_no}?wait_seconds=25`), { key, expect: 200 })).json;
const delivered = (await send('GET', order.resource_url,
  { headers: { 'Payment-Proof': Buffer.from(JSON.stringify(proof)).toString('base64url') }, expect: 200 })).json;
console.log(`got      ${JSON.stringify(delivered)}`);

// 6. What is left, for agent and principal alike; and the agent gives back what it no longer needs (ADD-7).
const sums = (await send('GET', at(`/psp/delegations/${delegation_id}`), { key, expect: 200 })).json;
console.log(`left     ${sums.left} of ${sums.total} ${sums.currency}`);
await send('POST', at(`/delegations/iacs/${delegation_id}/revoke`), { key, body: { reason: 'done' }, expect: 200 });
console.log(`returned ${delegation_id}`);
