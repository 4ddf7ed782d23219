// Sells one resource in Alipay's pay-per-use profile, with Alipay's own Node SDK.
//
//   npm install alipay-sdk
//   node --env-file=.env alipay-seller.mjs        .env comes from the page of your application
//
// It keeps orders in memory. A program that sells keeps them in its database.
import { createPrivateKey, sign } from 'node:crypto';
import { createServer } from 'node:http';
import { AlipaySdk } from 'alipay-sdk';

const env = process.env;
const port = Number(env.ALIPAY_PORT ?? 3000);
const resource = '/report';
const alipay = new AlipaySdk({
  gateway: env.ALIPAY_GATEWAY,
  appId: env.ALIPAY_APP_ID,
  privateKey: env.ALIPAY_PRIVATE_KEY,
  alipayPublicKey: env.ALIPAY_ALIPAY_PUBLIC_KEY,
  keyType: 'PKCS1',
  timeout: 5000,
});
const key = createPrivateKey({ key: Buffer.from(env.ALIPAY_PRIVATE_KEY, 'base64'), format: 'der', type: 'pkcs1' });

const orders = new Map();
const deliveries = new Map();
let count = 0;

/** Opens an order and returns its bill. The eight signed fields are sorted by their names. */
function bill() {
  const order = {
    amount: '0.01',
    currency: 'CNY',
    goods_name: '每日简报',
    out_trade_no: `S${Date.now()}_${++count}`,
    pay_before: new Date(Date.now() + 30 * 60_000).toISOString().replace('Z', '+00:00'),
    resource_id: resource,
    seller_id: env.ALIPAY_SELLER_ID,
    service_id: env.ALIPAY_SERVICE_ID ?? 'api_mock_service_id',
  };
  orders.set(order.out_trade_no, order);
  const text = Object.keys(order).sort().map((name) => `${name}=${order[name]}`).join('&');
  return encoded({
    protocol: {
      out_trade_no: order.out_trade_no,
      amount: order.amount,
      currency: order.currency,
      resource_id: order.resource_id,
      pay_before: order.pay_before,
      seller_signature: sign('sha256', Buffer.from(text), key).toString('base64'),
      seller_sign_type: 'RSA2',
      seller_unique_id: order.seller_id,
    },
    method: {
      seller_name: 'Kiosk',
      seller_id: order.seller_id,
      seller_app_id: env.ALIPAY_APP_ID,
      goods_name: order.goods_name,
      seller_unique_id_key: 'seller_id',
      service_id: order.service_id,
    },
  });
}

const encoded = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Reads Payment-Proof in either alphabet of Base64; undefined if it is none. */
function proofOf(header) {
  try {
    const proof = JSON.parse(Buffer.from(header.replaceAll('-', '+').replaceAll('_', '/'), 'base64').toString());
    const { trade_no, payment_proof } = proof.protocol;
    return typeof trade_no === 'string' && typeof payment_proof === 'string' ? proof : undefined;
  } catch {
    return undefined;
  }
}

const call = (method, bizContent) => alipay.exec(method, { bizContent }, { validateSign: true });
const failed = (status, code) => ({ status, headers: { 'Retry-After': '3' }, body: { code } });
const unpaid = (code) => ({ status: 402, headers: { 'Payment-Needed': bill() }, body: { code } });

async function answer(header) {
  if (!header?.trim()) return unpaid('Payment-Needed');
  const proof = proofOf(header);
  if (!proof) return { status: 400, headers: {}, body: { code: 'INVALID_PAYMENT_PROOF_FORMAT' } };
  const { trade_no, payment_proof } = proof.protocol;
  const known = deliveries.get(`${trade_no} ${payment_proof}`);
  if (known) return { ...known, body: { ...known.body, already_fulfilled: true } };

  let verified;
  try {
    const client_session = proof.method?.client_session;
    verified = await call('alipay.aipay.agent.payment.verify', { trade_no, payment_proof, client_session });
  } catch {
    return failed(503, 'VERIFY_FAILED'); // No answer, or none that the platform signed: try again later.
  }
  if (verified.subCode === 'SYSTEM_ERROR') return failed(503, verified.subCode);
  if (verified.code !== '10000') return unpaid(verified.subCode);
  // The real sandbox may leave both texts empty: then the trade counts, and the amount still must fit.
  const order = verified.outTradeNo ? orders.get(verified.outTradeNo) : { out_trade_no: '', amount: '0.01' };
  const right =
    verified.active === true &&
    order?.amount === verified.amount &&
    ['', resource].includes(verified.resourceId) &&
    verified.tradeNo === trade_no;
  if (!right) return unpaid('PAYMENT_MISMATCH');

  try {
    const confirmed = await call('alipay.aipay.agent.fulfillment.confirm', { trade_no });
    if (confirmed.code !== '10000') return failed(502, 'FULFILLMENT_CONFIRM_FAILED');
  } catch {
    return failed(502, 'FULFILLMENT_CONFIRM_FAILED');
  }
  const validation = { trade_no, out_trade_no: order.out_trade_no, validated: true, resource_id: resource };
  const delivery = {
    status: 200,
    headers: { 'Payment-Validation': encoded(validation) },
    body: { resource_id: resource, content: 'The report of today.', trade_no, already_fulfilled: false },
  };
  deliveries.set(`${trade_no} ${payment_proof}`, delivery);
  return delivery;
}

const server = createServer(async (request, response) => {
  const { status, headers, body } = await answer(request.headers['payment-proof']);
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
});
server.listen(port, '127.0.0.1', () =>
  console.log(`selling http://127.0.0.1:${server.address().port}${resource}`),
);
