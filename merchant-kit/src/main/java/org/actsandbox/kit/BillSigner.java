package org.actsandbox.kit;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.a402.MethodLayer;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.attestation.dispute.EvidenceDocument;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the signed bills of a 402 answer (A402-1 to A402-5) for the method {@code
 * act-sandbox:instant}.
 *
 * <p>Example:
 *
 * {@snippet :
 * var bills = new BillSigner(MerchantSettings.read(Path.of("shop.env")));
 * var fingerprint = BillSigner.fingerprint("GET", URI.create("http://127.0.0.1:9300/report"), "", new byte[0]);
 * String header =
 *     bills.paymentNeeded(
 *         new BillTerms(
 *             "R-1", "0.50", "report", now.plusSeconds(900), "GET", fingerprint, null, null, null));
 * // answer 402 with the header Payment-Needed: header
 * }
 */
public final class BillSigner {

  private static final String METHOD_SCHEMA = "/methods/act-sandbox-instant/1.0.0.schema.json";

  /** For how long the same proof may be shown again. */
  private static final Duration REPLAY_WINDOW = Duration.ofDays(1);

  private final MerchantSettings settings;

  public BillSigner(MerchantSettings settings) {
    this.settings = settings;
  }

  /**
   * Returns the value of the header {@code Payment-Needed}: both layers, each signed by the
   * merchant.
   *
   * @throws IllegalArgumentException if the amount is not a positive amount in yuan
   */
  public String paymentNeeded(BillTerms terms) {
    var amount = Money.yuan(terms.amount());
    if (amount.isZero()) {
      throw new IllegalArgumentException("a bill is over more than 0.00");
    }
    var unsigned =
        new PaymentNeeded.Bill(
            PaymentNeeded.METHOD_ID,
            PaymentNeeded.METHOD_VERSION,
            terms.outTradeNo(),
            amount.decimal(),
            amount.currency().getCurrencyCode(),
            terms.resourceId(),
            terms.payBefore(),
            settings.did(),
            terms.buyerDid(),
            terms.requestMethod(),
            terms.requestFingerprint(),
            terms.idempotencyKey(),
            Math.toIntExact(REPLAY_WINDOW.toSeconds()),
            confirmation(terms),
            null,
            null,
            null);
    var bill = SignedJson.sign((ObjectNode) Json.tree(unsigned), settings.signer());
    var psp = settings.paymentService();
    var method =
        MethodLayer.signed(
            bill,
            Map.of(
                "psp_id",
                settings.paymentServiceDid(),
                "endpoint",
                psp + "/payments",
                "method_schema_url",
                psp + METHOD_SCHEMA,
                "sandbox",
                true),
            settings.signer());
    var needed = Json.object();
    needed.set("protocol", bill);
    needed.set("method", Json.tree(method));
    return A402Headers.encode(needed);
  }

  private static PaymentNeeded.@Nullable CommerceConfirmation confirmation(BillTerms terms) {
    var order = terms.order();
    return order == null
        ? null
        : new PaymentNeeded.CommerceConfirmation(
            terms.outTradeNo(), EvidenceDocument.ORDER.digest(order), null);
  }

  /**
   * Returns the fingerprint of a request (A402-5): {@code sha-256:} and the digest over method,
   * target, content type and the digest of the body.
   *
   * @param method HEAD counts as the GET that it stands for
   * @param target the whole address as the buyer called it, with its query
   * @param contentType as sent; empty if there is none
   */
  public static String fingerprint(String method, URI target, String contentType, byte[] body) {
    return RequestFingerprint.of(method.equals("HEAD") ? "GET" : method, target, contentType, body);
  }
}
