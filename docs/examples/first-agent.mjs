// One purchase (ACT level L1) by an agent of your own, from a fresh world to the delivered goods.
// Needs Node 20 and nothing else:  node docs/examples/first-agent.mjs [http://localhost:8080]
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';

const sandbox = process.argv[2] ?? 'http://localhost:8080';
const run = randomUUID().slice(0, 8);
const name = `first-${run}`;
const agent = `did:act:${name}`;
const { publicKey, privateKey } = generateKeyPairSync('ed25519');

// The sandbox's RFC 8785 form: keys sorted, no spaces. JSON.stringify does the rest.
const sorted = (value) =>
  Array.isArray(value) ? value.map(sorted)
  : value !== null && typeof value === 'object'
    ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]))
    : value;

// Every message names its signer and carries a signature over all of it but the signature.
function signed(message) {
  const whole = { ...message, signer_id: `${agent}#key-1`, signature_type: 'ED25519' };
  const bytes = Buffer.from(JSON.stringify(sorted(whole)));
  return { ...whole, signature_content: sign(null, bytes, privateKey).toString('base64url') };
}

// What every signed message says besides its own fields.
const stamped = (prefix, fields) =>
  signed({ request_id: prefix + run, intent_id: `I-${run}`, agent_id: agent, timestamp: new Date().toISOString(), ...fields });

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

// A world of your own. Its keys: operator for the clock and faults, principal to approve, agent to act.
const world = (await send('POST', '/api/worlds', { body: { name }, expect: 201 })).json;
const { operator, principal } = world.keys;
const at = (path) => `/w/${name}${path}`;

// The sandbox learns your public key; the private one stays here.
const { kty, crv, x } = publicKey.export({ format: 'jwk' });
const registered = (await send('POST', `/api/worlds/${name}/agents`,
  { key: operator, body: { name, jwk: { kty, crv, x } }, expect: 201 })).json;

// The principal binds an account; the agent gets a reference and never the account's number (PSD-1).
const consent = (await send('POST', at('/psp/bindings'),
  { key: principal, body: { agent_id: agent, account: 'balance' }, expect: 201 })).json;
// It is shown what it would consent to, and enters its PIN for the digest of that.
const bound = (await send('POST', at(`/psp/bindings/${consent.binding_id}/confirmation`),
  { key: principal, body: { decision: 'APPROVE', digest: consent.digest, pin: '246810' }, expect: 201 })).json;

// What is wanted, and what the shop offers for it.
const intent = stamped('Q-', {
  response_form: 'offers', limit: 3,
  context: { explicit_needs: [{ kind: 'shop', terms: 'charger', features: [], quantity: 1 }] },
});
const { offers } = (await send('POST', at('/merchants/luma-mart/intents'), { body: intent, expect: 200 })).json;
const offer = offers[0];
console.log(`offer    ${offer.title.en}: ${offer.total} ${offer.currency}`);

// The cart, exactly as the offer was seen; the shop confirms it as an order that holds the goods for a while.
const cart = stamped('C-', {
  lines: [{ offer_id: offer.offer_id, quantity: 1 }],
  expected_total: offer.total, currency: offer.currency, fulfilment: { ship_to: 'home' },
});
const order = (await send('POST', at('/merchants/luma-mart/carts'), { body: cart, expect: 201 })).json;
console.log(`order    ${order.order_no}`);

// The resource costs something: HTTP 402, with the bill in a header (A402).
const unpaid = await send('GET', order.resource_url, { expect: 402 });
const bill = JSON.parse(Buffer.from(unpaid.headers.get('Payment-Needed'), 'base64url')).protocol;

const payment = stamped('P-', {
  merchant_order_no: bill.out_trade_no, instrument_ref: bound.instrument_ref,
  amount: bill.amount, currency: bill.currency, payee: bill.seller_unique_id, bill,
});
const asked = (await send('POST', at('/psp/payments'), { key: registered.key, body: payment, expect: 201 })).json;
console.log(`approve  ${asked.cashier_url}`);

// Money moves only on the principal's approval of exactly what the cashier shows. A person does this in the
// browser; here their key and PIN stand in for them. The agent's own key is answered 403.
const approval = at(`/psp/payments/${asked.trade_no}/approval`);
const shown = (await send('GET', approval, { key: principal, expect: 200 })).json;
await send('POST', approval, { key: principal, body: { decision: 'APPROVE', digest: shown.digest, pin: '246810' }, expect: 200 });

// The proof, and the goods for it.
const paid = (await send('GET', at(`/psp/payments/${asked.trade_no}?wait_seconds=25`), { key: registered.key, expect: 200 })).json;
const proof = Buffer.from(JSON.stringify(paid.proof)).toString('base64url');
const delivered = (await send('GET', order.resource_url, { headers: { 'Payment-Proof': proof }, expect: 200 })).json;
console.log(`paid     ${asked.trade_no} ${paid.status}`);
console.log(`got      ${JSON.stringify(delivered)}`);
