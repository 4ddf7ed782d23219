// Buys a train ticket with the client that OpenAPI Generator makes, and prints what it got.
// Usage: node buy-ticket.js http://localhost:8080
import { randomUUID } from 'node:crypto';
import * as act from './act-client/index.js';
import { AgentSigner, base64url, fromBase64url } from './act-agent/signing.js';

const server = process.argv[2]!;
const pin = '246810';
const run = randomUUID().slice(0, 8);
const world = `typescript-${run}`;
const signer = new AgentSigner(`did:act:${world}`);

/** Makes the configuration with a role key; without one for what needs none. */
const as = (key?: string) => new act.Configuration({ basePath: server, ...(key && { accessToken: key }) });

// A world of its own, in which the sandbox learns the public key of the agent.
const made = await new act.WorldsApi(as()).createWorld({ createWorldRequest: { name: world } });
const { operator, principal } = made.keys!;
const registered = await new act.WorldsApi(as(operator)).registerAgent({
  world,
  externalAgentRegistrationRequest: { name: world, jwk: signer.publicJwk() },
});
const merchants = new act.MerchantsApi(as());
const merchant = 'raileast';

/** Returns what every signed message of the agent says besides its own fields. */
const stamp = (prefix: string) => ({
  requestId: prefix + run,
  intentId: `I-${run}`,
  agentId: signer.agentId,
  timestamp: new Date().toISOString(),
});

// The principal binds an account to the agent: it sees what it consents to, and enters its PIN for that.
const wallet = new act.WalletApi(as(principal));
const binding = await wallet.requestBinding({
  world,
  instrumentBindingsBindingRequest: { agentId: signer.agentId, account: 'balance' },
});
const bound = await wallet.confirmBinding({
  world,
  id: binding.bindingId,
  approvalRequest: { decision: 'APPROVE', digest: binding.digest, pin },
});

const { now } = await new act.ClockApi(as(operator)).readClock({ world });
const tomorrow = new Date(now.getTime() + 24 * 3600 * 1000).toISOString().slice(0, 10);
const intent = signer.sign(
  {
    ...stamp('Q-'),
    responseForm: 'offers' as const,
    limit: 3,
    context: {
      explicitNeeds: [
        { kind: 'train' as const, from: 'Hangzhou', to: 'Shanghai', date: tomorrow, passengers: 1, seatClass: 'second' as const },
      ],
    },
  },
  (message) => act.IntentRequestToJSON(message as act.IntentRequest),
);
const { offers } = await merchants.transferIntent({ world, merchant, intentRequest: intent as act.IntentRequest });
const offer = offers[0]!;
if (offer.details.kind !== 'train') {
  throw new Error(`not a train: ${offer.details.kind}`);
}
console.log(`world    ${world}`);
console.log(`offer    ${offer.details.trainNo}: ${offer.total} ${offer.currency}`);

const cart = signer.sign(
  {
    ...stamp('C-'),
    lines: [{ offerId: offer.offerId, quantity: 1 }],
    expectedTotal: offer.total,
    currency: offer.currency,
  },
  (message) => act.CartRequestToJSON(message as act.CartRequest),
);
const order = await merchants.confirmCart({ world, merchant, cartRequest: cart as act.CartRequest });
console.log(`order    ${order.orderNo}`);

// The ticket costs something: HTTP 402, with the bill in a header (A402).
const unpaid = await merchants.fetchDelivery({ world, merchant, orderNo: order.orderNo }).then(
  () => Promise.reject(new Error('delivered without a payment')),
  (refused: act.ResponseError) => refused.response,
);
if (unpaid.status !== 402) {
  throw new Error(`${unpaid.status} instead of 402`);
}
const bill = act.PaymentNeededFromJSON(JSON.parse(fromBase64url(unpaid.headers.get('Payment-Needed')!).toString()));
const payment = signer.sign(
  {
    ...stamp('P-'),
    merchantOrderNo: bill.protocol.outTradeNo,
    instrumentRef: bound.instrumentRef!,
    amount: bill.protocol.amount,
    currency: bill.protocol.currency,
    payee: bill.protocol.sellerUniqueId,
    bill: bill.protocol,
  },
  (message) => act.InstantPaymentRequestToJSON(message as act.InstantPaymentRequest),
);
const asked = await new act.PaymentsApi(as(registered.key)).requestPayment({
  world,
  instantPaymentRequest: payment as act.InstantPaymentRequest,
});

// Money moves on the principal's approval alone. A person does this in the browser.
const payments = new act.PaymentsApi(as(principal));
const { tradeNo } = asked;
const shown = await payments.readApproval({ world, tradeNo });
await payments.approvePayment({
  world,
  tradeNo,
  approvalRequest: { decision: 'APPROVE', digest: shown.digest, pin },
});

// The proof, and the ticket for it.
const paid = await new act.PaymentsApi(as(registered.key)).readPayment({ world, tradeNo, waitSeconds: 25 });
const paymentProof = base64url(JSON.stringify(act.PaymentProofToJSON(paid.proof)));
const ticket = await merchants.fetchDelivery({ world, merchant, orderNo: order.orderNo, paymentProof });
if (ticket.kind !== 'train') {
  throw new Error(`not a train: ${ticket.kind}`);
}
console.log(`paid     ${tradeNo} ${paid.status}`);
console.log(`ticket   ${ticket.trainNo}, carriage ${ticket.seats[0]!.carriage}, seat ${ticket.seats[0]!.seat}`);
