// Calls the gateway with Alipay's Node SDK: node call.mjs SETTINGS-AS-JSON METHOD BIZ-CONTENT-AS-JSON
import { createRequire } from 'node:module';
import path from 'node:path';

const { AlipaySdk } = createRequire(path.resolve('package.json'))('alipay-sdk');
const [settings, method, bizContent] = process.argv.slice(2);
const alipay = new AlipaySdk(JSON.parse(settings));
try {
  const answer = await alipay.exec(method, { bizContent: JSON.parse(bizContent) }, { validateSign: true });
  console.log(JSON.stringify(answer));
} catch (failed) {
  console.log(JSON.stringify({ failed: String(failed.message) }));
}
