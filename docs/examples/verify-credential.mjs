// Verifies an intent authorization credential (IAC) as docs/delegation.md says, with Node 20 and nothing else:
//   node docs/examples/verify-credential.mjs CREDENTIAL http://localhost:8080/w/demo
// Prints what was found and ends with 0; a credential that must not be relied on ends with 1 and says why.
import { createHash, createPublicKey, verify } from 'node:crypto';

const [compact, world] = process.argv.slice(2);
const refuse = (why) => { console.log(`refused: ${why}`); process.exit(1); };
const must = (holds, why) => { if (!holds) refuse(why); };

// RFC 8785: members by UTF-16 code units, no spaces, numbers and texts as JSON.stringify writes them.
const canonical = (value) =>
  Array.isArray(value) ? `[${value.map(canonical).join(',')}]`
  : value !== null && typeof value === 'object'
    ? `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`
    : JSON.stringify(value);
const digest = (text) => 'sha-256:' + createHash('sha256').update(text).digest('base64url');

function part(name, text) {
  const bytes = Buffer.from(text, 'base64url');
  must(bytes.toString('base64url') === text, `${name} is not base64url in its one spelling`);
  return bytes;
}

function object(name, text) {
  const bytes = part(name, text);
  let value;
  try { value = JSON.parse(bytes); } catch { refuse(`${name} is not JSON`); }
  must(value !== null && typeof value === 'object' && !Array.isArray(value), `${name} is no object`);
  must(bytes.equals(Buffer.from(canonical(value))), `${name} is not in its RFC 8785 form`);
  return value;
}

async function get(address) {
  const answer = await fetch(address, { signal: AbortSignal.timeout(10_000), redirect: 'error' });
  return answer.ok ? answer.json() : null;
}

// A key id is the DID, '#', and the key's name in the DID document.
async function key(kid) {
  const did = kid.split('#')[0];
  const document = await get(`${world}/dids/${did}`);
  must(document !== null && document.id === did, `no DID document of ${did}`);
  const method = document.verificationMethod.find((each) => each.id === kid && each.controller === did);
  must(method !== undefined, `${kid} is no key of ${did}`);
  return { jwk: method.publicKeyJwk, check: createPublicKey({ key: method.publicKeyJwk, format: 'jwk' }) };
}

const TYPES = { EdDSA: { kty: 'OKP', crv: 'Ed25519', hash: null }, ES256: { kty: 'EC', crv: 'P-256', hash: 'sha256' }, RS256: { kty: 'RSA', hash: 'sha256' } };
function signed(alg, { jwk, check }, input, signature) {
  const type = TYPES[alg];
  if (!type || jwk.kty !== type.kty || jwk.crv !== type.crv) return false;
  return verify(type.hash, input, alg === 'ES256' ? { key: check, dsaEncoding: 'ieee-p1363' } : check, signature);
}

// Messages of the delegation service: the signature covers the RFC 8785 form without signature_content.
async function message(address, signer) {
  const answer = await get(address);
  if (answer === null) return null;
  const { signature_content: signature, ...rest } = answer;
  must(String(rest.signer_id).startsWith(`${signer}#`), `${address} is not signed by ${signer}`);
  const alg = { ED25519: 'EdDSA', ES256: 'ES256', RSA2: 'RS256' }[rest.signature_type];
  must(signed(alg, await key(rest.signer_id), Buffer.from(canonical(rest)), part('signature', signature)), `${address}: bad signature`);
  return rest;
}

const service = 'did:act:sandbox-delegations';
must(compact !== undefined && world !== undefined, 'say: CREDENTIAL and the address of the world');
const parts = compact.split('.');
must(parts.length === 3 && compact.length <= 4096, 'no compact JWS');

// 1. The header is exactly alg, kid and typ.
const header = object('header', parts[0]);
must(Object.keys(header).sort().join() === 'alg,kid,typ', 'the header has other members');
must(header.typ === 'vc+jwt', 'this is another kind of token');

// 2. The signature, by the key that the header names; the key says the algorithm.
must(signed(header.alg, await key(header.kid), Buffer.from(`${parts[0]}.${parts[1]}`), part('signature', parts[2])), 'the signature does not match');

// 3. The envelope says what its subject says.
const iac = object('payload', parts[1]);
const subject = iac.credentialSubject;
const issuer = header.kid.split('#')[0];
must(iac.issuer === issuer && subject.delegator_identity === issuer, 'the issuer is not the signer');
must(iac.id === `urn:act:delegation:${subject.delegation_id}`, 'another id');
must(iac.type.join() === 'VerifiableCredential,IntentAuthorizationCredential', 'another kind of credential');
must(iac.validFrom === subject.validity_start_time && iac.validUntil === subject.validity_end_time, 'two windows');
const { type, statusListCredential, statusListIndex } = iac.credentialStatus;
must(type === 'ActDelegationStatusListEntry', 'another kind of status');
must(statusListCredential.startsWith(`${world}/delegations/status/`), 'a status list of another service');

// 4. Issued: the delegation service says so of exactly these bytes.
const issued = await message(`${world}/delegations/iacs/${encodeURIComponent(subject.delegation_id)}/status?iac_digest=${digest(compact)}`, service);
must(issued !== null, 'the delegation service did not issue it');
must(issued.iac_digest === digest(compact) && issued.delegation_id === subject.delegation_id, 'an answer about another one');
must(`${statusListCredential}`.endsWith(`/${issued.list_id}`) && issued.index === Number(statusListIndex), 'another entry of the list');

// 5. In force: two bits of the signed list; entry i stands in byte i/4, lowest bits first.
const list = await message(statusListCredential, service);
must(list !== null && statusListCredential.endsWith(`/${list.list_id}`), 'no status list');
const bits = part('bits', list.bits);
const index = Number(statusListIndex);
must(index >= 0 && index / 4 < bits.length, 'no such entry');
const state = ['unassigned', 'in force', 'suspended', 'ended'][(bits[Math.floor(index / 4)] >> ((index % 4) * 2)) & 3];

// 6. Inside its window, by the clock of the list (a world has its own).
const now = Date.parse(list.issued_at);
const window = now < Date.parse(iac.validFrom) ? 'not yet valid' : now < Date.parse(iac.validUntil) ? 'inside' : 'over';
must(state === 'in force', `the credential is ${state}`);
must(window === 'inside', `its window is ${window}`);
console.log(JSON.stringify({ relied_on: true, delegation_id: subject.delegation_id, state, window, agent_id: subject.agent_id, mode: subject.delegation_mode ?? 'SPECIFIED', targets: subject.ext?.vendor_private?.targets ?? [] }));
