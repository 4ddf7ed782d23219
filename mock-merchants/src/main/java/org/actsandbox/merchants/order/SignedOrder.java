package org.actsandbox.merchants.order;

import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.json.Json;

/**
 * Holds an order that was just signed.
 *
 * @param text the order as JSON, as it is stored and answered
 * @param digest the digest of its RFC 8785 form
 */
record SignedOrder(Order order, String text, String digest) {

  static SignedOrder of(Order unsigned, Signer merchant) {
    var signed = SignedJson.signed(unsigned, Order.class, merchant);
    var text = Json.write(signed.message());
    var digest = RequestFingerprint.digest(signed.form().bytes());
    ConfirmationDigest.remember(text, digest);
    return new SignedOrder(signed.message(), text, digest);
  }
}
