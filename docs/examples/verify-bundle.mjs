// Verifies evidence bundles of ACT Sandbox by what docs/evidence.md says, and by nothing of the sandbox's code.
// Needs Node 20 and nothing else:
//   node docs/examples/verify-bundle.mjs [--json] [--key sha-256:...] [--trust identities.json] BUNDLE.zip ...
// Exit code 0: all verified, 6: one is not, 2: wrong usage.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

class Refused extends Error {
  constructor(code, detail) { super(`${code}: ${detail}`); this.code = code; }
}
const refuse = (code, detail) => { throw new Refused(code, detail); };
const same = (what, expected, observed) => {
  if (expected !== observed) refuse('paper_contradicts', `${what} is ${observed}, and by the records it is ${expected}`);
};

// ---- bytes and JSON

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const base64url = (bytes) => Buffer.from(bytes).toString('base64url');
function decoded(text, what) {
  const bytes = Buffer.from(String(text), 'base64url');
  if (base64url(bytes) !== text) refuse('file_unreadable', `${what} is not base64url in its one spelling`);
  return bytes;
}
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const digest = (bytes) => `sha-256:${base64url(sha256(bytes))}`;

// RFC 8785. JavaScript sorts by UTF-16 and writes numbers as the RFC wants it; keys that look like numbers
// would be moved to the front of an object, so members are written one by one.
function jcs(value) {
  if (Array.isArray(value)) return `[${value.map(jcs).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${jcs(value[key])}`).join(',')}}`;
  }
  return JSON.stringify(value);
}
const canonical = (value) => Buffer.from(jcs(value));
function parsed(bytes, name) {
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch {
    return refuse('file_unreadable', `${name} is not JSON`);
  }
}
function without(object, ...members) {
  const copy = { ...object };
  members.forEach((member) => delete copy[member]);
  return copy;
}
const exactly = (object, names, what) => {
  const more = Object.keys(object).find((name) => !names.includes(name));
  if (more) refuse('file_unreadable', `${what} has a member ${more}`);
};

// ---- the zip file: one spelling

const NAME = /^[a-z0-9][a-z0-9-]{0,60}(?:\/[a-z0-9][a-z0-9-]{0,60})?\.(?:json|html|txt)$/;
const CRC = Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n >>> 0;
});
const crc32 = (bytes) => {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = CRC[(crc ^ byte) & 255] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
};
const fields = (...pairs) => Buffer.concat(pairs.map(([size, value]) => {
  const bytes = Buffer.alloc(size);
  bytes.writeUIntLE(value, 0, size);
  return bytes;
}));

function zip(files) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [name, content] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    // Version 1.0, names in UTF-8 (flag 11), stored, 1980-02-01 00:00, no extra field, no comment.
    const about = fields([2, 10], [2, 0x0800], [2, 0], [4, 0x00410000], [4, crc32(content)],
      [4, content.length], [4, content.length], [2, name.length], [2, 0]);
    parts.push(fields([4, 0x04034b50]), about, Buffer.from(name), content);
    directory.push(fields([4, 0x02014b50], [2, 10]), about, fields([2, 0], [2, 0], [2, 0], [4, 0], [4, offset]), Buffer.from(name));
    offset += 30 + name.length + content.length;
  }
  const index = Buffer.concat(directory);
  return Buffer.concat([...parts, index, fields([4, 0x06054b50], [2, 0], [2, 0], [2, files.size], [2, files.size],
    [4, index.length], [4, offset], [2, 0])]);
}

function unzip(archive) {
  const files = new Map();
  let at = 0;
  while (at + 30 <= archive.length && archive.readUInt32LE(at) === 0x04034b50) {
    const size = archive.readUInt32LE(at + 22);
    const name = archive.subarray(at + 30, at + 30 + archive.readUInt16LE(at + 26)).toString();
    const from = at + 30 + archive.readUInt16LE(at + 26) + archive.readUInt16LE(at + 28);
    if (!NAME.test(name) || files.has(name) || from + size > archive.length) refuse('archive_changed', 'no zip file of a bundle');
    files.set(name, archive.subarray(from, from + size));
    at = from + size;
  }
  if (files.size === 0 || !zip(files).equals(archive)) refuse('archive_changed', 'bytes of the zip file are not as they were made');
  return files;
}

// ---- keys and signatures

/** A list of keys, each with the time it was valid. Times are RFC 3339 in UTC. */
class Keys {
  constructor(entries) {
    this.entries = entries.map(({ jwk, valid_from, valid_until }) => ({
      id: jwk.kid, jwk, from: Date.parse(valid_from), until: valid_until === undefined ? Infinity : Date.parse(valid_until),
    }));
  }
  /** The key, if it was valid then: from its beginning on, and before its end. */
  at(id, moment) {
    return this.entries.find((key) => key.id === id && key.from <= moment && moment < key.until);
  }
  /** If it was valid at any moment between the two, with ten seconds of leeway. */
  between(id, from, until) {
    return this.entries.find((key) => key.id === id && key.from <= until + 10_000 && from - 10_000 <= key.until);
  }
}
const TYPES = { OKP: 'ED25519', EC: 'ES256', RSA: 'RSA2' };
const ALGORITHMS = { OKP: 'EdDSA', EC: 'ES256', RSA: 'RS256' };
function verifies(key, bytes, signature) {
  const publicKey = createPublicKey({ key: key.jwk, format: 'jwk' });
  if (key.jwk.kty === 'OKP') return verify(null, bytes, publicKey, signature);
  return verify('sha256', bytes, key.jwk.kty === 'EC' ? { key: publicKey, dsaEncoding: 'ieee-p1363' } : publicKey, signature);
}
const owner = (id) => String(id).split('#')[0];
const fingerprint = (key) => digest(canonical(key.jwk));

/** A signed JSON message: the signature covers the RFC 8785 form without signature_content. */
function signedBy(name, message, find, expected, code = 'paper_not_signed') {
  const key = typeof message.signer_id === 'string' ? find(message.signer_id) : undefined;
  const content = message.signature_content;
  const good = key && message.signature_type === TYPES[key.jwk.kty]
    && typeof content === 'string' && base64url(Buffer.from(content, 'base64url')) === content
    && verifies(key, canonical(without(message, 'signature_content')), Buffer.from(content, 'base64url'));
  if (!good) refuse(code, `${name} has no signature by a known key`);
  if (owner(key.id) !== expected) refuse(code, `${name} is signed by ${owner(key.id)} and not by ${expected}`);
  return key;
}

/** A compact JWS with exactly this header; the payload, and the key. */
function jws(name, compact, type, find, code = 'paper_not_signed') {
  const parts = compact.split('.');
  if (parts.length !== 3) refuse(code, `${name} is no compact JWS`);
  const header = parsed(decoded(parts[0], name), name);
  const key = typeof header.kid === 'string' ? find(header.kid, parsed(decoded(parts[1], name), name)) : undefined;
  if (!key || header.typ !== type || header.alg !== ALGORITHMS[key.jwk.kty] || Object.keys(header).sort().join() !== 'alg,kid,typ'
    || !verifies(key, Buffer.from(`${parts[0]}.${parts[1]}`), decoded(parts[2], name))) {
    refuse(code, `${name} has no signature by a known key`);
  }
  return { payload: parsed(decoded(parts[1], name), name), bytes: decoded(parts[1], name), key };
}

// ---- the chain (RFC 6962 hashing, proofs as in RFC 9162)

const leaf = (anchor) => sha256(Buffer.of(0), Buffer.from(anchor, 'ascii'));
const node = (left, right) => sha256(Buffer.of(1), left, right);

function included(hash, index, size, path, root) {
  if (index < 0 || index >= size) return false;
  let place = index;
  let last = size - 1;
  let top = hash;
  for (const sibling of path) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      top = node(sibling, top);
      while (place % 2 === 0 && place !== 0) { place = Math.floor(place / 2); last = Math.floor(last / 2); }
    } else {
      top = node(top, sibling);
    }
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && top.equals(root);
}

function consistent(first, firstRoot, second, secondRoot, path) {
  if (first < 1 || first > second) return false;
  if (first === second) return path.length === 0 && firstRoot.equals(secondRoot);
  let place = first - 1;
  let last = second - 1;
  while (place % 2 === 1) { place = (place - 1) / 2; last = Math.floor(last / 2); }
  const proof = [...path];
  const start = place === 0 ? firstRoot : proof.shift();
  if (!start) return false;
  let one = start;
  let two = start;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      one = node(sibling, one);
      two = node(sibling, two);
      while (place % 2 === 0 && place !== 0) { place /= 2; last = Math.floor(last / 2); }
    } else {
      two = node(two, sibling);
    }
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && one.equals(firstRoot) && two.equals(secondRoot);
}

// ---- records

const COVERED = ['event_body', 'participants', 'salt', 'record_id', 'business_time'];
const MEMBERS = ['record_id', 'event_type', 'business_time', 'record_time', 'version', 'intent_id', 'delegation_id', 'order_no', 'trade_no',
  'upstream_records', 'salt', 'payload_hash', 'hash_algorithm', 'participants', 'event_body', 'signatures'];
const LINKS = ['delegation_id', 'order_no', 'trade_no'];
const hasher = (algorithm) => (...parts) =>
  base64url(parts.reduce((hash, part) => hash.update(part), createHash(algorithm === 'SM3' ? 'sm3' : 'sha256')).digest());

function record(name, bytes, place, keys, head, keeper) {
  const it = parsed(bytes, name);
  exactly(it, MEMBERS, name);
  if (it.version !== '1.0' || !['SHA-256', 'SM3'].includes(it.hash_algorithm) || it.participants.length === 0) {
    refuse('record_malformed', `${name} is no record this version knows`);
  }
  const at = Date.parse(it.business_time);
  const hash = hasher(it.hash_algorithm);
  const salt = decoded(it.salt, 'the salt');
  if (salt.length < 16) refuse('record_malformed', `${name} has too short a salt`);
  if (hash(canonical({ event_body: it.event_body, participants: it.participants }), salt) !== it.payload_hash) {
    refuse('payload_changed', `${name} is not what its hash says`);
  }
  const covered = canonical(Object.fromEntries(COVERED.map((field) => [field, it[field]])));
  for (const signature of it.signatures) {
    exactly(signature, ['signer_id', 'signature_type', 'signature_value', 'covered_fields'], `a signature of ${name}`);
    const key = keys.at(signature.signer_id, at);
    if (!key || !it.participants.some((each) => each.participant_id === owner(key.id))
      || signature.signature_type !== TYPES[key.jwk.kty] || jcs(signature.covered_fields) !== jcs(COVERED)
      || !verifies(key, covered, decoded(signature.signature_value, 'a signature'))) {
      refuse('signature_wrong', `a signature of ${name} does not hold`);
    }
  }
  if (!it.signatures.some((each) => owner(each.signer_id) === it.participants[0].participant_id)) {
    refuse('reporter_did_not_sign', `the first participant did not sign ${name}`);
  }
  if (!place) refuse('not_on_chain', `${name} has no anchor`);
  anchored(name, it, place, keys, head, hash);
  return it;
}

function anchored(name, it, placeBytes, keys, head, hash) {
  const place = parsed(placeBytes, `the anchor of ${name}`);
  exactly(place, ['anchor', 'height', 'path'], `the anchor of ${name}`);
  const { payload, key } = jws(`the anchor of ${name}`, place.anchor, 'act-anchor+jws',
    // iat counts whole seconds.
    (id, anchor) => keys.at(id, anchor.iat * 1000) ?? keys.at(id, anchor.iat * 1000 + 999), 'anchor_broken');
  const expected = {
    record_id: it.record_id, version: it.version, event_type: it.event_type, business_time: it.business_time, intent_id: it.intent_id,
    ...Object.fromEntries(LINKS.filter((link) => it[link] !== undefined).map((link) => [link, it[link]])),
    payload_hash: it.payload_hash, hash_algorithm: it.hash_algorithm,
    ext: { record_digest: hash(canonical(without(it, 'signatures'))) },
    iat: payload.iat, submitter: owner(key.id), privacy_channel: payload.privacy_channel,
  };
  if (jcs(payload) !== jcs(expected)) refuse('anchor_differs', `the anchor of ${name} says something else`);
  const path = place.path.map((each) => decoded(each, 'an audit path'));
  // The height of the first leaf is 1.
  if (!included(leaf(place.anchor), place.height - 1, head.tree_size, path, decoded(head.root_hash, 'a root'))) {
    refuse('not_included', `the audit path of ${name} does not lead to the head`);
  }
}

// ---- the purchase that the records prove, and its papers

const eventOf = (it) => it.event_type.split(':')[2];
const party = (it, role) => {
  const found = it.participants.filter((each) => each.role === role);
  if (found.length !== 1) refuse('party_missing', `${it.record_id} does not name one party as ${role}`);
  return found[0];
};
const numbered = (name, number) => (number === 1 ? name : name.replace('.', `-${number}.`));

function purchase(records, orderNo) {
  const [first] = records;
  for (const it of records) {
    if (it.intent_id !== first.intent_id) refuse('intent_mixed', `${it.record_id} is of another intent`);
    if (it.delegation_id !== first.delegation_id) refuse('delegation_mixed', `${it.record_id} names another delegation`);
    if (it.order_no !== undefined && it.order_no !== orderNo) refuse('order_mixed', `${it.record_id} is about another order`);
  }
  if (!records.some((it) => it.order_no === orderNo)) refuse('order_mixed', 'no record is about the order');
  const all = (event) => records.filter((it) => eventOf(it) === event);
  const one = (event) => (all(event).length > 1 ? refuse('record_twice', event) : all(event)[0]);
  const trades = all('transaction-completed').map((paid, index) => {
    if (paid.participants[0].role !== 'PSP') refuse('party_missing', `${paid.record_id} is not the payment service's`);
    const agent = party(paid, 'PAYER_AGENT');
    return {
      number: index + 1, paid, psp: party(paid, 'PSP').participant_id, agent: agent.participant_id,
      principal: agent.on_behalf_of ?? refuse('party_missing', 'no principal is named'), merchant: party(paid, 'MERCHANT').participant_id,
      delegated: paid.event_body.method === 'delegation',
      fulfilment: all('fulfillment-completed').find((it) => it.trade_no === paid.trade_no),
    };
  });
  if (all('fulfillment-completed').some((it) => !trades.some((trade) => trade.fulfilment === it))) {
    refuse('fulfilment_unpaid', 'a fulfilment follows from no payment');
  }
  return { intent: first.intent_id, delegation: first.delegation_id, cart: one('cart-confirmed'), issued: one('delegation-issued'), trades };
}

const UNREAD = ['INVALID_REQUEST', 'REQUEST_PROOF_INVALID', 'REQUEST_EXPIRED', 'REPLAY_DETECTED'];

function papers(files, keys, orderNo, flow) {
  const lines = [];
  const file = (name) => files.get(name) ?? refuse('paper_missing', `the purchase has a paper ${name}`);
  const json = (name) => parsed(file(name), name);
  const around = (from, until) => (id) => keys.between(id, Date.parse(from), Date.parse(until));
  const signed = (name, signer, from, until = from) => {
    const key = signedBy(name, json(name), around(from, until), signer);
    lines.push({ name, standing: 'SIGNED', signer: key.id, key: fingerprint(key) });
  };
  const attested = (name, it, field, value) => {
    if (it.event_body[field] !== value) refuse('paper_not_attested', `the ${field} of ${it.record_id} is not that of ${name}`);
  };
  const fit = (name, expected) => {
    const paper = json(name);
    for (const [field, value] of Object.entries(expected)) same(`${name}: ${field}`, value, paper[field]);
    return paper;
  };
  // All JSON in the bundle is canonical, so this is the digest of the file; the rule is that of the canonical form.
  const orderDigest = () => digest(canonical(json('order.json')));

  const { cart } = flow;
  if (cart) {
    const merchant = cart.participants[0].participant_id;
    fit('order.json', { merchant_did: merchant, order_no: orderNo, intent_id: flow.intent, delegation_id: flow.delegation,
      total: cart.event_body.total, currency: cart.event_body.currency, kind: cart.event_body.kind,
      hold_until: cart.event_body.hold_until, confirmed_at: cart.business_time });
    attested('order.json', cart, 'order_digest', orderDigest());
    signed('order.json', merchant, cart.business_time);
    const { credit_record_id: asked, credit_result: result, credit_verifier: verifier } = cart.event_body;
    const deposit = json('order.json').deposit;
    // A verifier keeps no record of a query that it did not accept.
    if (asked !== undefined && (files.has('credit-receipt.json') || !UNREAD.includes(deposit?.reason_code))) {
      fit('credit-receipt.json', { relying_party_id: merchant, agent_id: cart.participants.at(-1).participant_id,
        verification_record_id: asked, result, request_id: deposit?.query_id, reason_code: deposit?.reason_code });
      same('order.json: deposit.verification_record_id', asked, deposit?.verification_record_id);
      same('order.json: deposit.result', result, deposit?.result);
      if (result !== 'PASS') same('order.json: deposit.decision', 'TAKEN', deposit?.decision);
      signed('credit-receipt.json', verifier, cart.business_time);
    }
  }
  if (flow.delegation !== undefined && flow.trades.length > 0) {
    const issued = flow.issued ?? refuse('delegation_not_attested', 'no record attests the delegation');
    const principal = issued.participants[0].on_behalf_of;
    attested('credential.txt', issued, 'iac_digest', digest(file('credential.txt')));
    const credential = jws('credential.txt', utf8.decode(file('credential.txt')), 'vc+jwt', around(issued.business_time, issued.business_time));
    const subject = credential.payload.credentialSubject;
    if (!canonical(credential.payload).equals(credential.bytes)) refuse('paper_not_signed', 'the credential is not canonical');
    lines.push({ name: 'credential.txt', standing: 'SIGNED', signer: credential.key.id, key: fingerprint(credential.key) });
    same('credential.txt: id', `urn:act:delegation:${flow.delegation}`, credential.payload.id);
    same('credential.txt: delegation_id', flow.delegation, subject.delegation_id);
    same('credential.txt: issued', issued.business_time, credential.payload.issued);
    if (subject.intent_id !== undefined) same('credential.txt: intent_id', flow.intent, subject.intent_id);
    for (const trade of flow.trades) {
      same('the principal', trade.principal, principal);
      same('credential.txt: issuer', trade.principal, credential.payload.issuer);
      same('credential.txt: signer', trade.principal, owner(credential.key.id));
      same('credential.txt: delegator_identity', trade.principal, subject.delegator_identity);
      same('credential.txt: agent_id', trade.agent, subject.agent_id);
    }
    attested('authority.json', issued, 'approval_digest', digest(file('authority.json')));
    const authority = fit('authority.json', { decision: 'APPROVE', intent_id: flow.intent, delegation_id: flow.delegation, approved_at: issued.business_time });
    same('credential.txt: controlProofRef', authority.digest, credential.payload.controlProofRef);
    signed('authority.json', principal, issued.business_time);
  }
  for (const trade of flow.trades) {
    const { paid, fulfilment, number } = trade;
    const [bill, approval, shown, proof, confirmation] =
      ['bill.json', 'approval.json', 'shown.json', 'proof.txt', 'confirmation.json'].map((name) => numbered(name, number));
    const { amount, currency } = paid.event_body;
    const billed = fit(bill, { seller_unique_id: trade.merchant, out_trade_no: orderNo, amount, currency });
    if (billed.buyer_unique_id !== undefined) same(`${bill}: buyer`, trade.agent, billed.buyer_unique_id);
    if (cart) {
      same(`${bill}: amount`, cart.event_body.total, billed.amount);
      same(`${bill}: confirmation_digest`, orderDigest(), billed.commerce_confirmation?.confirmation_digest);
      same(`${bill}: resource_id`, json('order.json').resource_id, billed.resource_id);
    }
    signed(bill, trade.merchant, cart?.business_time ?? new Date(Date.parse(paid.business_time) - 86_400_000).toISOString(), paid.business_time);

    attested(approval, paid, 'approval_digest', digest(file(approval)));
    const approved = json(approval);
    if (trade.delegated) {
      fit(approval, { trade_no: paid.trade_no, method: 'delegation', delegation_id: flow.delegation,
        iac_digest: digest(file('credential.txt')), checked_at: paid.business_time });
      signed(approval, trade.psp, paid.business_time);
    } else {
      fit(approval, { trade_no: paid.trade_no, decision: 'APPROVE', approved_at: paid.business_time });
      signed(approval, trade.principal, paid.business_time);
      same(`${shown}: digest`, approved.digest, digest(canonical(json(shown))));
      fit(shown, { trade_no: paid.trade_no, payee: trade.merchant, amount, currency, merchant_order_no: orderNo, agent_id: trade.agent });
      lines.push({ name: shown, standing: 'FOLLOWS', from: approval });
    }
    attested(proof, paid, 'proof_digest', digest(file(proof)));
    // Base64URL once more around the compact JWS.
    const proven = jws(proof, decoded(utf8.decode(file(proof)), proof).toString('ascii'), 'act-payment-proof+jwt',
      around(paid.business_time, paid.business_time));
    const claims = { iss: trade.psp, sub: trade.agent, aud: trade.merchant, issued_at: paid.business_time, trade_no: paid.trade_no,
      out_trade_no: orderNo, amount, currency, resource_id: billed.resource_id, request_method: billed.request_method,
      request_fingerprint: billed.request_fingerprint, approval_digest: trade.delegated ? approved.iac_digest : approved.digest,
      delegation_id: flow.delegation };
    for (const [claim, value] of Object.entries(claims)) same(`${proof}: ${claim}`, value, proven.payload[claim]);
    if (proven.payload.intent_id !== undefined) same(`${proof}: intent_id`, flow.intent, proven.payload.intent_id);
    same(`${proof}: signer`, trade.psp, owner(proven.key.id));
    lines.push({ name: proof, standing: 'SIGNED', signer: proven.key.id, key: fingerprint(proven.key) });

    if (fulfilment) {
      same('the merchant that delivers', trade.merchant, fulfilment.participants[0].participant_id);
      fit(confirmation, { trade_no: paid.trade_no, out_trade_no: orderNo, resource_id: billed.resource_id,
        delivery_digest: fulfilment.event_body.delivery_digest, delivered_at: fulfilment.business_time });
      signed(confirmation, trade.merchant, fulfilment.business_time);
    }
  }
  return lines;
}

function dispute(files, keys, manifest, lines) {
  const names = [...files.keys()].filter((name) => name.startsWith('dispute/')).sort();
  if (names.length === 0) return false;
  const check = (name, time, signer) => {
    const paper = files.has(name) ? parsed(files.get(name), name) : refuse('file_missing', `${name} is missing`);
    const key = signedBy(name, paper, (id) => keys.at(id, Date.parse(paper[time])), signer(paper), 'dispute_forged');
    lines.push({ name, standing: 'SIGNED', signer: key.id, key: fingerprint(key) });
    return paper;
  };
  const about = (name, expected, observed) => { if (expected !== observed) refuse('dispute_mixed', `${name} is about ${observed}`); };
  const claim = check('dispute/claim.json', 'opened_at', (paper) => paper.claimant ?? manifest.keeper);
  if ((claim.opened_by === 'principal') !== (claim.claimant !== undefined) || claim.claimant === manifest.keeper) {
    refuse('dispute_forged', 'the claim is not signed by its claimant');
  }
  about('dispute/claim.json', manifest.order_no, claim.order_no);
  for (const name of names) {
    if (/^dispute\/statement-\d\d\.json$/.test(name)) {
      const said = check(name, 'made_at', (paper) => paper.party);
      about(name, claim.dispute_id, said.dispute_id);
      about(name, claim.order_no, said.order_no);
      if (said.party === claim.claimant) refuse('dispute_forged', 'a party is not the claimant');
    } else if (name === 'dispute/finding.json') {
      const found = check(name, 'decided_at', () => manifest.keeper);
      about(name, claim.dispute_id, found.dispute_id);
      about(name, claim.order_no, found.order_no);
    } else if (name !== 'dispute/claim.json') {
      refuse('file_unknown', `${name} belongs in no dispute`);
    }
  }
  return claim.claimant === undefined;
}

// ---- the bundle

const AS_SIGNED = /^(?:approval|authority)(?:-\d+)?\.json$/;
const FIXED = ['manifest.json', 'keys.json', 'chain/head.json', 'chain/first-head.json', 'chain/consistency.json', 'summary.html'];
const HEAD = ['log_id', 'tree_size', 'root_hash', 'timestamp', 'signer_id', 'signature_type', 'signature_content'];
const MANIFEST = ['format', 'sandbox', 'world', 'order_no', 'keeper', 'as_of', 'files', 'signer_id', 'signature_type', 'signature_content'];

function bundle(archive, { key: pinned, trust }) {
  const files = unzip(archive);
  const file = (name) => files.get(name) ?? refuse('file_missing', `${name} is missing`);
  const json = (name) => parsed(file(name), name);
  const manifest = json('manifest.json');
  if (manifest.format !== 'act-sandbox-evidence/2') refuse('manifest_unknown', 'this reads act-sandbox-evidence/2');
  for (const [name, bytes] of files) {
    if (name.endsWith('.json') && !AS_SIGNED.test(name) && !canonical(parsed(bytes, name)).equals(bytes)) {
      refuse('file_respelled', `${name} is not in its canonical form`);
    }
  }
  exactly(manifest, MANIFEST, 'the manifest');
  const own = json('keys.json');
  exactly(own, ['keys'], 'keys.json');
  own.keys.forEach((each) => exactly(each, ['jwk', 'valid_from', 'valid_until'], 'a key'));
  const keys = new Keys(trust ? trust.identities.flatMap((each) => each.keys) : own.keys);
  const seal = signedBy('manifest.json', manifest, (id) => keys.at(id, Date.parse(manifest.as_of)), manifest.keeper, 'seal_broken');
  if (pinned && fingerprint(seal) !== pinned) refuse('keeper_unknown', `sealed by another key than ${pinned}`);
  const listed = [...files.keys()].filter((name) => name !== 'manifest.json').sort()
    .map((name) => ({ name, bytes: files.get(name).length, digest: digest(files.get(name)) }));
  if (jcs(listed) !== jcs(manifest.files)) refuse('file_changed', 'the files are not those of the manifest');

  const head = json('chain/head.json');
  const first = json('chain/first-head.json');
  for (const each of [first, head]) {
    exactly(each, HEAD, 'a head');
    signedBy('a head', each, (id) => keys.at(id, Date.parse(each.timestamp)), manifest.keeper, 'head_not_signed');
    if (!each.log_id.startsWith(`${manifest.keeper}/${manifest.world}/`) || each.log_id !== head.log_id) refuse('world_mixed', each.log_id);
  }
  const consistency = json('chain/consistency.json');
  exactly(consistency, ['path'], 'the consistency proof');
  if (!consistent(first.tree_size, decoded(first.root_hash, 'a root'), head.tree_size, decoded(head.root_hash, 'a root'),
    consistency.path.map((each) => decoded(each, 'a consistency path')))) {
    refuse('chain_inconsistent', 'the chain was rewritten between its two heads');
  }

  const names = [...files.keys()].filter((name) => name.startsWith('records/')).sort();
  if (names.length === 0) refuse('no_records', 'there is no record');
  const records = names.map((name) => record(name, files.get(name), files.get(name.replace('records/', 'anchors/')), keys, head, manifest.keeper));
  for (const it of records) {
    const missing = it.upstream_records.find((id) => !records.some((each) => each.record_id === id));
    if (missing) refuse('upstream_missing', `${it.record_id} follows from ${missing}`);
  }
  const flow = purchase(records, manifest.order_no);
  const lines = papers(files, keys, manifest.order_no, flow);
  const expected = new Set([...FIXED, ...lines.map((line) => line.name)]);
  records.forEach((it, index) => ['records', 'anchors'].forEach((folder) =>
    expected.add(`${folder}/${String(index + 1).padStart(3, '0')}-${eventOf(it)}.json`)));
  for (const name of files.keys()) {
    if (!expected.has(name) && !name.startsWith('dispute/')) refuse('file_unknown', `${name} is no file of this purchase`);
  }
  file('summary.html');
  const byTheKeeper = dispute(files, keys, manifest, lines);
  if (trust) known(trust, manifest, flow);

  const words = ['completeness', 'summary'];
  if (!trust) words.push('keys', 'world');
  if (!trust && !pinned) words.push('keeper');
  if (first.tree_size === head.tree_size) words.push('history');
  if (byTheKeeper) words.push('claim');
  return { order_no: manifest.order_no, world: manifest.world, keeper_key: fingerprint(seal), papers: lines, keeper_only: words.sort() };
}

/** Each party is known from outside to be what it acts as. */
function known(trust, manifest, flow) {
  if (trust.world !== manifest.world) refuse('world_differs', `the identities are of ${trust.world}`);
  const parts = [[manifest.keeper, 'trust']];
  if (flow.cart) parts.push([flow.cart.participants[0].participant_id, 'merchant']);
  if (flow.cart?.event_body.credit_verifier !== undefined) parts.push([flow.cart.event_body.credit_verifier, 'credit']);
  if (flow.issued) parts.push([flow.issued.participants[0].participant_id, 'delegation']);
  for (const trade of flow.trades) {
    parts.push([trade.psp, 'payment'], [trade.agent, 'agent'], [trade.principal, 'principal'], [trade.merchant, 'merchant']);
  }
  for (const [did, role] of parts) {
    if (!trust.identities.some((each) => each.did === did && each.role === role)) refuse('identity_unknown', `${did} is not known as ${role}`);
  }
}

function report(path, anchors) {
  try {
    return { verified: true, reason: null, ...bundle(readFileSync(path), anchors) };
  } catch (error) {
    // A broken file may break this program's expectations anywhere: it is no evidence then.
    return { verified: false, reason: error.code ?? 'file_unreadable', detail: error.message, papers: [], keeper_only: [] };
  }
}

const anchors = {};
const paths = [];
let asJson = false;
for (let i = 2; i < process.argv.length; i++) {
  const word = process.argv[i];
  if (word === '--json') asJson = true;
  else if (word === '--key') anchors.key = process.argv[++i];
  else if (word === '--trust') anchors.trust = JSON.parse(readFileSync(process.argv[++i], 'utf8'));
  else paths.push(word);
}
if (paths.length === 0) {
  console.error('usage: node verify-bundle.mjs [--json] [--key sha-256:...] [--trust identities.json] BUNDLE.zip ...');
  process.exit(2);
}
let all = true;
for (const path of paths) {
  const it = report(path, anchors);
  all &&= it.verified;
  if (asJson) {
    console.log(JSON.stringify({ file: path, ...it }));
  } else {
    it.papers.forEach((line) => console.log(`${line.standing.padEnd(10)} ${line.name.padEnd(30)} ${line.signer ?? `from ${line.from}`}`));
    console.log(it.verified ? `Verified: order ${it.order_no} in world ${it.world}, sealed by ${it.keeper_key}` : `Not verified: ${it.reason}: ${it.detail}`);
    if (it.verified) console.log(`Only the keeper vouches for: ${it.keeper_only.join(', ')}`);
  }
}
process.exit(all ? 0 : 6);
