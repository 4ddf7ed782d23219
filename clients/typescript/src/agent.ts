// An agent that signs, checks what merchants answer, and pays over HTTP 402. Each step of a purchase is a method, so an
// agent can do what it wants between them; pay and payUnder do the steps from the bill to the delivery at once.
import { createHash, randomUUID } from 'node:crypto';
import { creditReference, totalWithDeposit } from './credit.js';
import { type Message, Refused, World, json } from './http.js';
import { AgentSigner, type JsonObject, type PublicJwk, base64url, canonical, fromBase64url, verifies } from './signing.js';

/** What a merchant answered is not what was agreed on. Nothing was paid. */
export class CheckFailed extends Error {}

/** Both layers of a bill, verified, as they came. */
export interface Bill {
  protocol: Message;
  method: Message;
}

export interface AgentSettings {
  world: World;
  signer: AgentSigner;
  /** What the sandbox answered when the agent's public key was registered. */
  roleKey: string;
  /** What the principal bound to the agent; not needed for sub-accounts. */
  instrumentRef?: string;
  principalId?: string;
  /** The world's time, which differs from the machine's if its clock was set. */
  now?: () => Date;
}

/** An agent in one world. */
export class ActAgent {
  readonly world: World;
  readonly signer: AgentSigner;
  readonly agentId: string;
  readonly principalId: string;
  instrumentRef: string | undefined;
  readonly #roleKey: string;
  readonly #now: () => Date;
  readonly #purses = new Map<string, AgentSigner>();
  // Signed payment requests by order: a payment that is asked for again is the same message, so it is one payment.
  readonly #requests = new Map<string, Message>();

  constructor(settings: AgentSettings) {
    this.world = settings.world;
    this.signer = settings.signer;
    this.agentId = settings.signer.agentId;
    this.principalId = settings.principalId ?? 'did:act:principal';
    this.instrumentRef = settings.instrumentRef;
    this.#roleKey = settings.roleKey;
    this.#now = settings.now ?? (() => new Date());
  }

  /** Makes a key and tells the world the public half of it. */
  static async register(world: World, name: string, operatorKey: string): Promise<ActAgent> {
    const signer = new AgentSigner(`did:act:${name}`);
    const answer = await world.json('POST', `${world.address.replace('/w/', '/api/worlds/')}/agents`, {
      key: operatorKey,
      body: { name, jwk: signer.publicJwk() },
    });
    return new ActAgent({ world, signer, roleKey: answer['key'] });
  }

  /** Takes identity and world from a mission of ./run grade, whose clock stands. */
  static ofMission(mission: Message): ActAgent {
    const agent = mission['agent'];
    return new ActAgent({
      world: new World(mission['world']),
      signer: AgentSigner.fromJwk(agent.agent_id, agent.private_jwk),
      roleKey: agent.role_key,
      instrumentRef: agent.instrument_ref,
      now: () => new Date(mission['now']),
    });
  }

  // What is wanted, and an order for it.

  /** Asks a merchant for offers (CID-2). The fields of a need are in docs/needs.md. */
  async offers(merchant: string, need: Message, { limit = 3, intentId = newId('I') } = {}): Promise<Message[]> {
    const intent = {
      ...this.#stamped('Q', intentId),
      response_form: 'offers',
      limit,
      context: { explicit_needs: [need] },
    };
    const answer = await this.#post(`/merchants/${merchant}/intents`, this.#signed(intent));
    return (answer['offers'] as Message[]).map((offer) => ({ ...offer, intent_id: intentId }));
  }

  /**
   * Confirms an offer as it was seen; returns the merchant's signed order, which holds it for a while. Goods are sent
   * home unless `fulfilment` says otherwise; `delegationId` is the authority that the order will be paid under. Where a
   * deposit is taken and the principal lets this merchant ask, the cart refers to the credit behind the agent
   * (docs/credit.md); the order's `deposit` says what became of it. Throws CheckFailed if the order is not signed by the
   * merchant, or is not the offer.
   */
  async confirmCart(
    merchant: string,
    offer: Message,
    { fulfilment, delegationId }: { fulfilment?: Message; delegationId?: string } = {},
  ): Promise<Message> {
    const credit = await creditReference((path) => this.#get(path), this.agentId, this.principalId, offer);
    const cart = {
      ...this.#stamped('C', offer['intent_id']),
      lines: [{ offer_id: offer['offer_id'], quantity: offer['quantity'] ?? 1 }],
      expected_total: offer['total'],
      currency: offer['currency'],
      fulfilment: fulfilment ?? (offer['kind'] === 'shop' ? { ship_to: 'home' } : {}),
      ...(delegationId && { delegation_id: delegationId }),
      ...(credit && { credit }),
    };
    const order = await this.#post(`/merchants/${merchant}/carts`, this.#signed(cart));
    await this.#requireSigned(order, `did:act:${merchant}`, 'the order');
    requireSame("the order's total", credit ? totalWithDeposit(offer, order) : offer['total'], order['total']);
    requireSame("the order's currency", offer['currency'], order['currency']);
    requireSame("the order's intent", offer['intent_id'], order['intent_id']);
    return order;
  }

  // The bill (A402).

  /**
   * Asks for what was ordered and returns the bill of the 402 answer. Both layers have to be signed by the merchant, and
   * the bill has to be that of the order; throws CheckFailed if not: then it must not be paid.
   */
  async bill(order: Message): Promise<Bill> {
    const address: string = order['resource_url'];
    const answer = await this.world.send('GET', address, { headers: this.#sender() });
    if (answer.status !== 402) {
      throw new Refused('GET', address, answer.status, json(answer));
    }
    const { protocol, method } = decoded(answer.headers.get('Payment-Needed') ?? '') as unknown as Bill;
    const merchant = order['merchant_did'];
    await this.#requireSigned(protocol, merchant, 'the bill');
    await this.#requireSigned(method, merchant, "the bill's payment method");
    requireSame("the bill's payee", merchant, protocol['seller_unique_id']);
    requireSame("the bill's order", order['order_no'], protocol['out_trade_no']);
    requireSame("the bill's resource", order['resource_id'], protocol['resource_id']);
    requireSame("the bill's amount", order['total'], protocol['amount']);
    requireSame("the bill's currency", order['currency'], protocol['currency']);
    requireSame("the bill's buyer", this.agentId, protocol['buyer_unique_id'] ?? this.agentId);
    const digest = createHash('sha256').update(canonical(protocol as JsonObject)).digest('base64url');
    requireSame('the digest of the bill', `sha-256:${digest}`, method['bill_digest']);
    requireSame('the payment service', this.world.at('/psp/payments'), method['endpoint']);
    return { protocol, method };
  }

  // A payment that the principal approves (L1).

  /**
   * Asks for a payment; the answer's `cashier_url` is where the principal decides (PSD-3). The callback is told of the
   * decision, instead of asking for it (docs/webhooks.md).
   */
  requestPayment(order: Message, bill: Bill, callbackUrl?: string): Promise<Message> {
    const payment = () => ({
      ...this.#payment(bill),
      intent_id: order['intent_id'],
      instrument_ref: this.instrumentRef,
      ...(callbackUrl && { callback_url: callbackUrl }),
    });
    const signed = this.#requests.get(order['order_no']) ?? this.#signed(payment());
    this.#requests.set(order['order_no'], signed);
    return this.#post('/psp/payments', signed, this.#roleKey);
  }

  /** Returns a payment; waits at most 25 seconds for the principal. */
  payment(tradeNo: string, waitSeconds = 0): Promise<Message> {
    return this.#get(`/psp/payments/${tradeNo}?wait_seconds=${waitSeconds}`);
  }

  /** Waits until the principal has decided, ten minutes unless told otherwise. */
  async waitForPayment(tradeNo: string, waits = 24): Promise<Message> {
    let payment = await this.payment(tradeNo, 25);
    for (let wait = 1; payment['status'] === 'waiting_for_approval' && wait < waits; wait++) {
      payment = await this.payment(tradeNo, 25);
    }
    if (!['waiting_for_approval', 'paid'].includes(payment['status'])) {
      // The order can be paid by another payment now.
      this.#requests.delete(payment['out_trade_no']);
    }
    return payment;
  }

  /**
   * Shows the proof of a payment to the merchant and returns the delivery (A402-6). The same proof gets the same delivery
   * again, so a lost one can be collected once more.
   */
  collect(order: Message, payment: Message): Promise<Message> {
    const proof = base64url(JSON.stringify(payment['proof']));
    return this.world.json('GET', order['resource_url'], { headers: { ...this.#sender(), 'Payment-Proof': proof } });
  }

  /**
   * Goes from the bill to the delivery. `tellPrincipal` gets the payment, and leads the principal to its `cashier_url`.
   * Throws CheckFailed if the principal did not pay.
   */
  async pay(order: Message, tellPrincipal: (payment: Message) => unknown, callbackUrl?: string): Promise<Message> {
    const asked = await this.requestPayment(order, await this.bill(order), callbackUrl);
    await tellPrincipal(asked);
    return this.collect(order, paid(await this.waitForPayment(asked['trade_no'])));
  }

  // Payments under an authority (L2, L3).

  /**
   * Says what the agent wants to be allowed (ADD-1); docs/delegation.md has the fields. `open_questions` of the answer
   * names what is missing. The same `intent_id` again replaces the draft.
   */
  askAuthority(isr: Message, callbackUrl?: string): Promise<Message> {
    const message = {
      isr: { ...isr, agent_id: this.agentId },
      timestamp: this.#time(),
      ...(callbackUrl && { callback_url: callbackUrl }),
    };
    return this.#post('/delegations/intents', this.#signed(message), this.#roleKey);
  }

  /** Returns what has become of a wish for an authority. */
  intent(intentId: string): Promise<Message> {
    return this.#get(`/delegations/intents/${intentId}`);
  }

  /** Returns the credential of an authority, `iac`, with its ids. */
  async authority(delegationId: string): Promise<Message> {
    return { ...(await this.#get(`/delegations/iacs/${delegationId}/credential`)), delegation_id: delegationId };
  }

  /** Makes a key for a sub-account that the principal opened, and tells the payment service (PSD-2). */
  async bindSubAccount(subAccountId: string): Promise<void> {
    const purse = new AgentSigner(this.agentId, undefined, subAccountId);
    const message = {
      sub_account_id: subAccountId,
      jwk: { ...purse.publicJwk(), kid: purse.signerId },
      timestamp: this.#time(),
    };
    await this.#post(`/psp/sub-accounts/${subAccountId}/key`, this.#signed(message), this.#roleKey);
    this.#purses.set(subAccountId, purse);
  }

  /**
   * Pays an order under an authority, without the principal, and returns the delivery. A sub-account pays (PSD-7), or
   * without one the bound instrument (PSD-5). Throws Refused with the boundary that the payment would pass; then nothing
   * moved.
   */
  async payUnder(authority: Message, order: Message, subAccountId?: string): Promise<Message> {
    const signed = this.#requests.get(order['order_no']) ?? (await this.#under(authority, order, subAccountId));
    this.#requests.set(order['order_no'], signed);
    const path = subAccountId === undefined ? '/psp/delegated-payments' : '/psp/autonomous-payments';
    const asked = await this.#post(path, signed, this.#roleKey).catch((failed: unknown) => {
      if (failed instanceof Refused) {
        // It may be tried again with another authority.
        this.#requests.delete(order['order_no']);
      }
      throw failed;
    });
    return this.collect(order, paid(await this.payment(asked['trade_no'], 25)));
  }

  async #under(authority: Message, order: Message, subAccountId?: string): Promise<Message> {
    const payment: Message = {
      ...this.#payment(await this.bill(order)),
      delegation_id: authority['delegation_id'],
      iac: authority['iac'],
      principal_id: this.principalId,
      order,
    };
    if (subAccountId === undefined) {
      payment['instrument_ref'] = this.instrumentRef;
    } else {
      const purse = this.#purses.get(subAccountId);
      if (!purse) {
        throw new Error(`the agent has no key for ${subAccountId}: call bindSubAccount before`);
      }
      const { request_id, merchant_order_no, amount, currency, timestamp } = payment;
      const authorization = { sub_account_id: subAccountId, request_id, merchant_order_no, amount, currency, timestamp };
      payment['sub_account_authorization'] = purse.signJson(authorization);
    }
    return this.#signed(payment);
  }

  /** Returns what an authority has left. */
  sums(delegationId: string): Promise<Message> {
    return this.#get(`/psp/delegations/${delegationId}`);
  }

  /** Gives an authority back that is not needed any more (ADD-7). */
  giveBack(delegationId: string): Promise<Message> {
    return this.#post(`/delegations/iacs/${delegationId}/revoke`, { reason: 'done' }, this.#roleKey);
  }

  // What all of it needs.

  /** Returns the DID that signed a message, such as a notification; undefined if the signature is not good. */
  async verified(message: Message): Promise<string | undefined> {
    const signerId = String(message['signer_id']);
    const did = signerId.split('#')[0]!;
    if (!did.startsWith('did:act:')) {
      return undefined;
    }
    const answer = await this.world.send('GET', `/dids/${did}`);
    const methods = (answer.status === 200 ? json(answer)?.['verificationMethod'] : undefined) ?? [];
    const isGood = (methods as Message[]).some(
      (method) => method['id'] === signerId && verifies(message as JsonObject, method['publicKeyJwk'] as PublicJwk),
    );
    return isGood ? did : undefined;
  }

  async #requireSigned(message: Message, did: string, what: string): Promise<void> {
    if ((await this.verified(message)) !== did) {
      throw new CheckFailed(`${what} is not signed by ${did}`);
    }
  }

  #payment({ protocol, method }: Bill): Message {
    return {
      request_id: newId('P'),
      agent_id: this.agentId,
      timestamp: this.#time(),
      merchant_order_no: protocol['out_trade_no'],
      amount: protocol['amount'],
      currency: protocol['currency'],
      payee: protocol['seller_unique_id'],
      bill: protocol,
      bill_method: method,
    };
  }

  #stamped(prefix: string, intentId: string): Message {
    return { request_id: newId(prefix), intent_id: intentId, agent_id: this.agentId, timestamp: this.#time() };
  }

  #signed(message: Message): Message {
    return this.signer.signJson(message as JsonObject);
  }

  #time(): string {
    return this.#now().toISOString();
  }

  #get(path: string): Promise<Message> {
    return this.world.json('GET', path, { key: this.#roleKey, headers: this.#sender() });
  }

  #post(path: string, body: Message, key?: string): Promise<Message> {
    return this.world.json('POST', path, { key, body, headers: this.#sender() });
  }

  #sender(): Record<string, string> {
    return { 'Act-Sender': this.agentId };
  }
}

export const newId = (prefix: string): string => `${prefix}-${randomUUID().slice(0, 13)}`;

/** Reads a header of A402: base64url of JSON. */
export const decoded = (header: string): Message => JSON.parse(fromBase64url(header).toString('utf8')) as Message;

function paid(payment: Message): Message {
  if (payment['status'] !== 'paid') {
    throw new CheckFailed(`the payment ${payment['trade_no']} is ${payment['status']}`);
  }
  return payment;
}

function requireSame(what: string, expected: unknown, observed: unknown): void {
  if (expected !== observed) {
    throw new CheckFailed(`${what} is ${String(observed)}, and not ${String(expected)}`);
  }
}
