// Writes the form of a payment page, or verifies a notification, with Alipay's Node SDK:
// node page.mjs SETTINGS-AS-JSON form PARAMETERS-AS-JSON | node page.mjs SETTINGS-AS-JSON check NOTIFICATION-AS-JSON
import { createRequire } from 'node:module';
import path from 'node:path';

const { AlipaySdk } = createRequire(path.resolve('package.json'))('alipay-sdk');
const [settings, order, input] = process.argv.slice(2);
const alipay = new AlipaySdk(JSON.parse(settings));
const given = JSON.parse(input);
// One of the two checks of the SDK throws at a percent sign in a value.
const verified = (check) => {
  try {
    return check();
  } catch (failed) {
    return false;
  }
};
console.log(
  JSON.stringify(
    order === 'form'
      ? { form: alipay.pageExec('alipay.trade.page.pay', 'GET', given) }
      : {
          verified: verified(() => alipay.checkNotifySign(given)),
          verifiedV2: verified(() => alipay.checkNotifySignV2(given)),
        },
  ),
);
