// Stands in for the person behind an agent, in tests and demonstrations. A person does all of this in the console. An
// agent must never have this key or the PIN.
import { randomUUID } from 'node:crypto';
import type { Message, World } from './http.js';

export class Principal {
  readonly #world: World;
  readonly #key: string;
  readonly #pin: string;

  constructor(world: World, key: string, pin = '246810') {
    this.#world = world;
    this.#key = key;
    this.#pin = pin;
  }

  /** Binds an account to an agent (PSD-1) and returns the reference that the agent pays with. */
  async bind(agentId: string, account = 'balance', limits: Message = {}): Promise<string> {
    const wish = { ...limits, agent_id: agentId, account, request_id: `B-${randomUUID()}` };
    const shown = await this.#post('/psp/bindings', wish);
    const bound = await this.#post(`/psp/bindings/${shown['binding_id']}/confirmation`, this.#approval(shown));
    return bound['instrument_ref'];
  }

  /** Approves what the cashier shows (PSD-3). */
  async approvePayment(tradeNo: string): Promise<Message> {
    return this.#decide(`/psp/payments/${tradeNo}/approval`);
  }

  /** Confirms what the agent asked to be allowed (ADD-3) and returns the delegation id. */
  async giveAuthority(intentId: string): Promise<string> {
    return (await this.#decide(`/delegations/intents/${intentId}/confirmation`))['delegation_id'];
  }

  /** Opens a sub-account for an agent, moves money to it (PSD-2) and returns its id. */
  async openSubAccount(agentId: string, amount: string): Promise<string> {
    const opening = { agent_id: agentId, pin: this.#pin, request_id: `S-${randomUUID()}` };
    const account: string = (await this.#post('/psp/sub-accounts', opening))['sub_account_id'];
    const topUp = { request_id: `U-${randomUUID()}`, amount, pin: this.#pin };
    await this.#post(`/psp/sub-accounts/${account}/top-ups`, topUp);
    return account;
  }

  async #decide(path: string): Promise<Message> {
    const shown = await this.#world.json('GET', path, { key: this.#key });
    return this.#post(path, this.#approval(shown));
  }

  #approval(shown: Message): Message {
    return { decision: 'APPROVE', digest: shown['digest'], pin: this.#pin };
  }

  #post(path: string, body: Message): Promise<Message> {
    return this.#world.json('POST', path, { key: this.#key, body });
  }
}
