// Finds the reference to credit that a cart may carry: ids alone, never the content.
import { type Message, NoAnswer, Refused } from './http.js';

const PURPOSE = 'HOTEL_DEPOSIT';
const ITEMS = ['associatedCreditValue', 'mappingPolicy'];

/** Returns the deposit in the offer's total in fen; zero if the merchant takes none. */
function depositOf(offer: Message): number {
  const lines = ((offer['lines'] ?? []) as Message[]).filter((line) => line['type'] === 'deposit');
  return lines.reduce((sum, line) => sum + fen(line['amount']), 0);
}

/**
 * Returns the reference, if the merchant takes a deposit and the principal lets exactly it ask for that. If issuer or
 * verifier do not answer there is none: the deposit is then taken in full.
 */
export async function creditReference(
  get: (path: string) => Promise<Message>,
  agentId: string,
  principalId: string,
  offer: Message,
): Promise<Message | undefined> {
  if (depositOf(offer) === 0) {
    return undefined;
  }
  const merchant: string = offer['merchant_did'];
  const query = `?principal_id=${encodeURIComponent(principalId)}`;
  try {
    const granted = await get(`/credit-verifier/authorizations${query}`);
    const permission = (granted['items'] as Message[])
      .map((each) => each['authorization'] as Message)
      .find((each) => permits(each, merchant, agentId));
    if (!permission) {
      return undefined;
    }
    const associations = await get(`/credit-issuer/associations${query}`);
    const held = (associations['items'] as Message[]).filter((each) => fits(each, merchant, offer));
    // One that is assessed again counts, too: a person of the merchant looks then.
    const chosen = held.find((each) => each['status'].status === 'ACTIVE') ?? held[0];
    return (
      chosen && {
        credential_id: chosen['credential'].credentialId,
        assertion_ref: chosen['credential'].subjectCreditAssertionRef,
        authorization_id: permission['authorizationId'],
        mode: 'PLATFORM_DELEGATED',
      }
    );
  } catch (failed) {
    if (failed instanceof Refused || failed instanceof NoAnswer) {
      return undefined;
    }
    throw failed;
  }
}

/** Returns what an order may cost whose deposit the merchant has lowered; the offer's total if it has not. */
export function totalWithDeposit(offer: Message, order: Message): string {
  const deposit = order['deposit'] as Message | undefined;
  if (!deposit) {
    return offer['total'];
  }
  const taken = fen(deposit['amount']);
  const full = fen(deposit['full_amount']);
  if (full !== depositOf(offer) || taken < 0 || taken > full) {
    return offer['total'];
  }
  return ((fen(offer['total']) - full + taken) / 100).toFixed(2);
}

function fen(amount: string): number {
  return Math.round(Number(amount) * 100);
}

function permits(permission: Message, merchant: string, agentId: string): boolean {
  return (
    permission['status'] === 'ACTIVE' &&
    permission['mode'] === 'PLATFORM_DELEGATED' &&
    permission['platformDelegateId'] === merchant &&
    permission['purpose'] === PURPOSE &&
    permission['agentIds'].includes(agentId) &&
    ITEMS.every((item) => permission['allowedDataItems'].includes(item))
  );
}

function fits(held: Message, merchant: string, offer: Message): boolean {
  const { credential, status } = held as { credential: Message; status: Message };
  return (
    (status['status'] === 'ACTIVE' || status['reasonCode'] === 'REASSESSMENT') &&
    credential['purpose'] === PURPOSE &&
    (credential['scope'].includes(merchant) || credential['scope'].includes(`kind:${offer['kind']}`))
  );
}
