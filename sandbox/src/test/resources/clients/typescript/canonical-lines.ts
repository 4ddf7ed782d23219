// Reads a JSON value per line and writes its canonical form, or "refused".
import { readFileSync } from 'node:fs';
import { type Json, canonical } from './act-agent/signing.js';

for (const line of readFileSync(0, 'utf8').trimEnd().split('\n')) {
  try {
    console.log(canonical(JSON.parse(line) as Json));
  } catch {
    console.log('refused');
  }
}
