// Verifies a webhook: node verify-webhook.mjs SECRET ID TIMESTAMP SIGNATURES NOW < body
//
// ID, TIMESTAMP and SIGNATURES are the values of webhook-id, webhook-timestamp and
// webhook-signature; NOW is the world's time in seconds, which Act-Time tells. Exits with 0 if the
// signature is valid.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';

export function isValid(secret, id, timestamp, signatures, body, now, tolerance = 300) {
  if (!/^[0-9]{1,12}$/.test(timestamp) || Math.abs(now - Number(timestamp)) > tolerance) {
    return false;
  }
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const mac = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
  return signatures.split(' ').some((each) => {
    const given = Buffer.from(each.replace(/^v1,/, ''), 'base64');
    return each.startsWith('v1,') && given.length === mac.length && timingSafeEqual(given, mac);
  });
}

const [secret, id, timestamp, signatures, now] = process.argv.slice(2);
const valid = isValid(secret, id, timestamp, signatures, readFileSync(0), Number(now));
process.exit(valid ? 0 : 1);
