// What a merchant under ACT 2.1 needs of the protocol: signatures, bills, proofs, records, disputes, HTTP. gate.mjs is built on it.
// It needs Node 18 and nothing else. What was sold is kept in memory: store it before you sell for real.
import { createHash, createPrivateKey, createPublicKey, randomBytes, randomUUID, sign as signBytes, verify as verifyBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";

const METHOD = { method_id: "act-sandbox:instant", method_version: "1.0.0" };
const TRUST = "did:act:sandbox-trust"; // asks for evidence when a buyer disputes a purchase
const env = { ...process.env }, keys = new Map(), delivered = new Map(), deliveredAt = new Map(), records = new Map();

const b64 = (data) => Buffer.from(data).toString("base64url");
const unb64 = (text) => Buffer.from(String(text), "base64url");
const sha256 = (data) => createHash("sha256").update(data).digest();
const digest = (data) => "sha-256:" + b64(sha256(data));
// RFC 8785 for what is signed here: sorted keys, no spaces.
const canonical = (value) => Array.isArray(value) ? `[${value.map(canonical)}]`
  : value && typeof value === "object" ? `{${Object.keys(value).sort().map((key) => JSON.stringify(key) + ":" + canonical(value[key]))}}`
  : JSON.stringify(value);
const header = (protocol, method) => b64(canonical({ protocol, method }));

class Refused extends Error {
  constructor(status, code, category, message) {
    super(message);
    const later = status === 503;
    this.status = status;
    this.error = { error_id: "ACT-A402-" + category, category, phase: "PROOF_VALIDATION", message, details: { code },
      retryability: later ? "RETRYABLE" : "AFTER_CORRECTION", valid_next_actions: [later ? "RETRY_VALIDATION" : "CORRECT_REQUEST", "ABORT"] };
  }
}
const bad = (message) => new Refused(402, "proof_invalid", "PAYMENT_PROOF_VALIDATION", message);
const unknown = (message) => new Refused(503, "proof_unverified", "SYSTEM", message);

function signature(value) {
  const pkcs8 = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), unb64(env.ACT_KEY)]);
  const key = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
  return b64(signBytes(null, Buffer.from(canonical(value)), key));
}

function sign(message) {
  const signed = { ...message, signer_id: env.ACT_KEY_ID, signature_type: "ED25519" };
  return { ...signed, signature_content: signature(signed) };
}

/** Verifies a signature of a service; an unknown key is looked for once more, because keys rotate. */
async function verify(keyId, data, signature, signer) {
  if (!String(keyId).startsWith(signer + "#")) throw bad(`only the signature of ${signer} counts`);
  if (!keys.has(keyId)) {
    try {
      const answer = await fetch(`${env.ACT_WORLD}/dids/${signer}`, { signal: AbortSignal.timeout(5000), redirect: "error" });
      for (const method of (await answer.json()).verificationMethod) {
        keys.set(method.id, createPublicKey({ key: method.publicKeyJwk, format: "jwk" }));
      }
    } catch (failed) {
      throw unknown(`the keys of ${signer} cannot be fetched: ${failed.message}`);
    }
  }
  if (!keys.has(keyId) || !verifyBytes(null, data, keys.get(keyId), unb64(signature))) throw bad("the signature does not match");
}

async function verified(message, signer) {
  const { signature_content, ...unsigned } = message;
  await verify(message.signer_id, Buffer.from(canonical(unsigned)), signature_content, signer);
  return message;
}

const askPsp = (path, message) => ask(env.ACT_PSP + path, message);

async function ask(target, message) {
  try {
    const answer = await fetch(target, { method: "POST", body: canonical(message), signal: AbortSignal.timeout(5000), redirect: "error",
      headers: { "Content-Type": "application/json", Authorization: "Bearer " + env.ACT_ROLE_KEY } });
    return { status: answer.status, body: await answer.json() };
  } catch {
    return { status: 503, body: {} }; // no answer, or none in JSON
  }
}

/** A bill for exactly this request; both layers are signed, the second one over the first (A402-3). */
function bill(terms, fingerprint, now) {
  const protocol = sign({ ...METHOD, out_trade_no: "G-" + randomUUID(), amount: terms.price, currency: "CNY", resource_id: terms.resource,
    pay_before: new Date(+now + 900_000).toISOString(), seller_unique_id: env.ACT_DID, request_method: "GET",
    request_fingerprint: fingerprint, replay_window_seconds: 86400 });
  const psp = { psp_id: env.ACT_PSP_DID, endpoint: env.ACT_PSP + "/payments",
    method_schema_url: env.ACT_PSP + "/methods/act-sandbox-instant/1.0.0.schema.json" };
  return { number: protocol.out_trade_no, needed: header(protocol, sign({ ...psp, bill_digest: digest(canonical(protocol)) })) };
}

/** Compares what the payment service signed with the request, and with what the buyer wrote beside it (A402-6). */
async function readProof(text, terms, fingerprint, now) {
  let proof, kind, claims, parts;
  try {
    proof = JSON.parse(unb64(text));
    parts = unb64(proof.protocol.payment_proof).toString().split(".");
    kind = JSON.parse(unb64(parts[0]));
    claims = JSON.parse(unb64(parts[1]));
    if (parts.length !== 3 || !proof.method) throw new Error();
  } catch {
    throw bad("the proof cannot be read");
  }
  if (kind.alg !== "EdDSA" || kind.typ !== "act-payment-proof+jwt" || Object.keys(kind).length !== 3) throw bad("this is another kind of token");
  await verify(kind.kid, Buffer.from(parts[0] + "." + parts[1]), parts[2], env.ACT_PSP_DID);
  if (!(now < new Date(claims.expires_at))) throw bad("the proof is not valid any more");
  const beside = proof.protocol, wanted = { ...METHOD, resource_id: terms.resource, request_method: "GET", request_fingerprint: fingerprint,
    trade_no: claims.trade_no, out_trade_no: claims.out_trade_no, expires_at: claims.expires_at, buyer_unique_id: claims.sub };
  const stated = { iss: env.ACT_PSP_DID, aud: env.ACT_DID, amount: terms.price, currency: "CNY", resource_id: wanted.resource_id,
    request_method: "GET", request_fingerprint: fingerprint };
  for (const [side, expected] of [[beside, wanted], [claims, stated], [proof.method, { psp_id: env.ACT_PSP_DID }]]) {
    for (const [name, value] of Object.entries(expected)) {
      if (value === undefined || side[name] !== value) throw bad(`${name} is ${side[name]}, expected ${value}`);
    }
  }
  return { claims, paymentProof: beside.payment_proof };
}

/** Delivers a trade once, after the payment service said that the money is there; the same proof gets the same again. */
function deliver({ claims, paymentProof }, make, now) {
  const trade = claims.trade_no;
  if (!delivered.has(trade)) {
    const delivery = askPsp("/proofs/verify", { payment_proof: paymentProof, trade_no: trade }).then(async ({ status, body }) => {
      if (status !== 200 && status !== 402) throw unknown("the payment service does not say whether the proof is good");
      if (status === 402 || body.active !== true) throw bad("the proof is not in force");
      const goods = await make(claims.out_trade_no);
      deliveredAt.set(trade, moment(now));
      confirm(claims, digest(canonical(goods)), now);
      return goods;
    });
    delivered.set(trade, delivery); // requests that show the proof meanwhile wait for the same promise
    delivery.catch(() => delivered.delete(trade));
  }
  return delivered.get(trade);
}

/** Tells the payment service of the delivery until it answers (A402-7), and then has it recorded. */
async function confirm(claims, delivery_digest, now, record = deliveryRecord(claims, delivery_digest, moment(now)), attempt = 0) {
  const { trade_no, out_trade_no, resource_id } = claims;
  const message = { request_id: "F-" + out_trade_no, trade_no, out_trade_no, resource_id, delivered_at: record.business_time, delivery_digest };
  const done = (await askPsp("/fulfilments", sign(message))).status < 500 && (await ask(env.ACT_WORLD + "/trust/records", record)).status < 500;
  if (done) records.set(trade_no, record.record_id);
  else if (attempt < 12) setTimeout(confirm, 300 * 2 ** attempt, claims, delivery_digest, now, record, attempt + 1);
}

// Records have times without a fraction of zeros.
const moment = (now) => now.toISOString().slice(0, 19) + "Z";

/** Makes the record of a delivery, which the trust service anchors: the gate's evidence in a dispute (TSD-2). */
function deliveryRecord(claims, delivery_digest, at) {
  const salt = randomBytes(16), number = claims.out_trade_no;
  const event_body = { delivery_digest, total: claims.amount, currency: claims.currency };
  const participants = [{ participant_id: env.ACT_DID, role: "MERCHANT" }, { participant_id: claims.sub, role: "PAYER_AGENT" }];
  const covered = { event_body, participants, salt: b64(salt), record_id: `${env.ACT_ID}.delivery.${number}`, business_time: at };
  return { ...covered, intent_id: claims.intent_id ?? number, order_no: number, trade_no: claims.trade_no,
    ...(claims.delegation_id && { delegation_id: claims.delegation_id }),
    event_type: "act:commerce:fulfillment-completed", version: "1.0", record_time: at, upstream_records: [], hash_algorithm: "SHA-256",
    payload_hash: b64(sha256(Buffer.concat([Buffer.from(canonical({ event_body, participants })), salt]))),
    signatures: [{ signer_id: env.ACT_KEY_ID, signature_type: "ED25519", signature_value: signature(covered),
      covered_fields: ["event_body", "participants", "salt", "record_id", "business_time"] }] };
}

/** Answers the dispute service with the delivery and the record that attests it (TSD-6). */
async function evidence({ trade_no, dispute_id, order_no }, now) {
  const goods = await delivered.get(trade_no), papers = goods ? { delivery: canonical(goods) } : {};
  const digests = Object.fromEntries(Object.entries(papers).map(([name, text]) => [name, digest(text)]));
  const statement = { dispute_id, order_no, party: env.ACT_DID, role: "MERCHANT", says: "", code: goods ? "delivered" : "nothing_delivered",
    details: { trade_no, ...(goods && { at: deliveredAt.get(trade_no) }) }, record_ids: records.has(trade_no) ? [records.get(trade_no)] : [], papers: digests, made_at: moment(now) };
  return { statement: sign(statement), papers };
}

/** Takes what services of the world send: notifications (PSD-8), requests for evidence and findings (TSD-6). */
async function told(path, body, now) {
  try {
    const message = JSON.parse(body);
    if (path === "/notifications") { // nothing waits for it: the proof says that a page is paid
      const { notification_id } = await verified(message, env.ACT_PSP_DID);
      return [200, { notification_id, received: true }, {}];
    }
    await verified(message, TRUST);
    return [200, path === "/disputes/evidence" ? await evidence(message, now) : { dispute_id: message.dispute_id, received: true }, {}];
  } catch (refused) {
    return refused instanceof Refused ? [refused.status === 503 ? 503 : 401, { error: refused.error }, {}]
      : [400, { message: "the message has another form" }, {}];
  }
}

function validation(terms, fingerprint, now, out_trade_no, trade_no, status, error) {
  const good = status === "VALID";
  return header({ ...METHOD, out_trade_no, resource_id: terms.resource, trade_no, request_fingerprint: fingerprint, validation_status: status,
    delivery_status: good ? "DELIVERED" : "NOT_STARTED", fulfillment_status: good ? "PENDING" : "NOT_CONFIRMED",
    transaction_state: good ? "WAIT_BUYER_RECEIPT" : "WAIT_BUYER_PAY", validated_at: now.toISOString(), ...(error && { error }) },
    { psp_id: env.ACT_PSP_DID });
}

/** Answers a request for a page with a bill, or for a good proof with what make(number of the sale) returns. It is called once for a payment (A402). */
async function sell(page, request, body, now) {
  const terms = { price: page.price, resource: page.path.slice(1) };
  const type = (request.headers["content-type"] ?? "").toLowerCase().trim();
  const fingerprint = digest(["GET", env.ACT_URL + request.url, type, b64(sha256(body))].join("\n")); // A402-5
  const { number, needed } = bill(terms, fingerprint, now), shown = request.headers["payment-proof"];
  if (shown === undefined) return [402, { message: `Pay ${terms.price} CNY` }, { "Payment-Needed": needed }];
  try {
    const proof = await readProof(shown, terms, fingerprint, now);
    const goods = await deliver(proof, page.make, now);
    return [200, goods, { "Payment-Validation": validation(terms, fingerprint, now, proof.claims.out_trade_no, proof.claims.trade_no, "VALID") }];
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    const later = refused.status === 503;
    return [refused.status, { error: refused.error }, { ...(later ? { "Retry-After": "1" } : { "Payment-Needed": needed }),
      "Payment-Validation": validation(terms, fingerprint, now, number, "unknown", later ? "UNKNOWN" : "INVALID", refused.error) }];
  }
}

async function answer(pages, request, body) {
  const now = new Date(request.headers["act-time"] ?? Date.now()); // the sandbox tells the world's time
  const path = request.url.split("?")[0], page = pages.find((each) => each.path === path);
  if (request.method === "POST" && ["/notifications", "/disputes/evidence", "/disputes/findings"].includes(path)) return told(path, body, now);
  if (!page || !["GET", "HEAD"].includes(request.method)) return [404, { message: "nothing is here" }, {}];
  return sell(page, request, body, now);
}

/** Reads the settings and sells these pages, each { path, price, make }. */
export function serve(...pages) {
  // The environment wins over the file: ./run check-merchant --start gives the settings there.
  const file = process.argv[2] ?? "shop.env";
  if (existsSync(file)) {
    for (const line of readFileSync(file, "utf8").split("\n").filter((each) => each.includes("="))) {
      env[line.slice(0, line.indexOf("="))] ??= line.slice(line.indexOf("=") + 1).trim();
    }
  }
  const place = new URL(env.ACT_URL);
  createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) if (chunks.push(chunk) && Buffer.concat(chunks).length > 65536) return request.destroy();
    const [status, body, headers] = await answer(pages, request, Buffer.concat(chunks)).catch((failed) => {
      console.error(failed);
      return [500, { message: "the gate failed" }, {}];
    });
    const text = canonical(body);
    response.writeHead(status, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(text), "Cache-Control": "no-store", ...headers });
    response.end(request.method === "HEAD" ? undefined : text);
  }).listen(place.port, place.hostname, () => console.log("it answers at", env.ACT_URL));
}
