// Signs and verifies ACT messages: JSON in the form of RFC 8785, Ed25519 (RFC 8032). Needs Node and nothing else.
//
// Works with any client, because it signs plain JSON values. AgentSigner.sign also takes the models of a client that
// OpenAPI Generator made, and signs exactly what that client will send.
import { type KeyObject, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

/** The fields by which a message names its signer, as the generated models call them. */
export interface Signed {
  signerId: string;
  signatureType: string;
  signatureContent: string;
}

export interface PublicJwk {
  kty: 'OKP';
  crv: 'Ed25519';
  x: string;
}

export interface PrivateJwk extends PublicJwk {
  d: string;
}

const SIGNATURE_TYPE = 'ED25519';

/** Encodes text or bytes without padding, as ACT does everywhere. */
export const base64url = (data: Uint8Array | string): string => Buffer.from(data as string).toString('base64url');

/** Decodes text without padding; throws if the text is not written in its one form. */
export function fromBase64url(text: string): Buffer {
  const data = Buffer.from(text, 'base64url');
  if (data.toString('base64url') !== text) {
    throw new Error(`not base64url without padding: ${text.slice(0, 40)}`);
  }
  return data;
}

/**
 * Writes a JSON value in the form of RFC 8785. Its numbers and strings are those of ECMAScript; only the order of
 * names is left to do, and Array.sort compares UTF-16 code units, as RFC 8785 wants. Fields that are undefined are left
 * out, as JSON.stringify does.
 */
export function canonical(value: Json): string {
  if (typeof value === 'number' && (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER)) {
    throw new Error(`a number that is not the same in every language: ${value}`);
  }
  if (typeof value === 'string' && !value.isWellFormed()) {
    throw new Error('a lone surrogate is not text');
  }
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join(',')}]`;
  }
  if (value !== null && typeof value === 'object') {
    const fields = Object.keys(value).filter((name) => value[name] !== undefined).sort();
    return `{${fields.map((name) => `${canonical(name)}:${canonical(value[name]!)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

/** Returns the bytes that the signature of a message covers: all of it but the signature. */
export function signedBytes(message: JsonObject): Buffer {
  const { signature_content: _, ...covered } = message;
  return Buffer.from(canonical(covered));
}

/** The key of an agent, with the id that others find it by. */
export class AgentSigner {
  readonly signerId: string;
  readonly #key: KeyObject;

  /**
   * Makes a new key if none is given. The agent's id is its DID, such as did:act:my-agent; the name of the key of a
   * sub-account is the id of the sub-account.
   */
  constructor(
    readonly agentId: string,
    key?: KeyObject,
    keyName = 'key-1',
  ) {
    this.signerId = `${agentId}#${keyName}`;
    this.#key = key ?? generateKeyPairSync('ed25519').privateKey;
  }

  /** Takes a private key as a JWK, as a mission and privateJwk() have it. */
  static fromJwk(agentId: string, jwk: PrivateJwk): AgentSigner {
    return new AgentSigner(agentId, createPrivateKey({ key: { ...jwk }, format: 'jwk' }));
  }

  /** Returns the private key, for the agent's own store. A reader of it can sign as the agent. */
  privateJwk(): PrivateJwk {
    const { d } = this.#key.export({ format: 'jwk' });
    return { ...this.publicJwk(), d: d! };
  }

  /** Returns the public key as the sandbox takes it. */
  publicJwk(): PublicJwk {
    const { x } = createPublicKey(this.#key).export({ format: 'jwk' });
    return { kty: 'OKP', crv: 'Ed25519', x: x! };
  }

  /** Returns the message with its signer and its signature. */
  signJson(message: JsonObject): JsonObject & { signature_content: string } {
    const whole = { ...message, signer_id: this.signerId, signature_type: SIGNATURE_TYPE };
    return { ...whole, signature_content: sign(null, signedBytes(whole), this.#key).toString('base64url') };
  }

  /** Returns a model of a generated client with its signature. What the client sends for it is toJson's result. */
  sign<Model>(message: Model, toJson: (message: Model & Signed) => unknown): Model & Signed {
    const whole = { ...message, signerId: this.signerId, signatureType: SIGNATURE_TYPE, signatureContent: '' };
    return { ...whole, signatureContent: this.signJson(toJson(whole) as JsonObject).signature_content };
  }
}

/** Says whether the message was signed with this Ed25519 key. */
export function verifies(message: JsonObject, publicJwk: PublicJwk): boolean {
  const content = message['signature_content'];
  if (typeof content !== 'string') {
    return false;
  }
  try {
    const key = createPublicKey({ key: { ...publicJwk }, format: 'jwk' });
    return verify(null, signedBytes(message), key, fromBase64url(content));
  } catch {
    return false;
  }
}
