package org.actsandbox.sandbox.external.relay;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.actsandbox.alipay.a2m.AlipayBill;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.a402.MethodLayer;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Refusal;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Checks the signatures in a merchant's answer for the journal. The relay refuses none for them.
 */
final class AnswerSignatures {

  private AnswerSignatures() {}

  /** Returns the result by signed part; empty if the answer has no signed part. */
  static Map<String, String> check(OutboundClient.Answer answer, Did merchant, KeyDirectory keys) {
    var results = new TreeMap<String, String>();
    json(answer.body())
        .filter(body -> body.has(SignedJson.SIGNATURE_CONTENT))
        .ifPresent(body -> results.put("body", verified(body, merchant, keys)));
    answer
        .header(A402Headers.PAYMENT_NEEDED)
        .ifPresent(header -> checkBill(header, merchant, keys, results));
    return results;
  }

  private static void checkBill(
      String header, Did merchant, KeyDirectory keys, Map<String, String> results) {
    if (isAlipayBill(header)) {
      // The cashier verifies it, because only the application's key does (AIP-147).
      return;
    }
    try {
      var needed = A402Headers.decode(A402Headers.PAYMENT_NEEDED, header);
      results.put("bill.protocol", verified(needed.path("protocol"), merchant, keys));
      results.put("bill.method", methodVerified(needed, merchant, keys));
    } catch (Refusal malformed) {
      results.put("bill", "unreadable: " + malformed.detail());
    }
  }

  private static boolean isAlipayBill(String header) {
    return AlipayBill.decode(header)
        .filter(bill -> bill.method().sellerAppId() != null)
        .isPresent();
  }

  private static String verified(JsonNode message, Did merchant, KeyDirectory keys) {
    try {
      return verdict(SignedJson.verify(message, keys), merchant);
    } catch (Refusal refusal) {
      return "invalid: %s; the signed bytes as read here have the digest %s"
          .formatted(refusal.detail(), RequestFingerprint.digest(SignedJson.signedBytes(message)));
    } catch (IllegalArgumentException noDid) {
      return "invalid: " + noDid.getMessage();
    }
  }

  private static String methodVerified(JsonNode needed, Did merchant, KeyDirectory keys) {
    try {
      return verdict(MethodLayer.verify(needed, keys), merchant);
    } catch (Refusal refusal) {
      return "invalid: " + refusal.detail();
    } catch (IllegalArgumentException noDid) {
      return "invalid: " + noDid.getMessage();
    }
  }

  private static String verdict(Did signer, Did merchant) {
    return signer.equals(merchant) ? "valid" : "invalid: signed by " + signer;
  }

  private static Optional<JsonNode> json(byte[] body) {
    try {
      return body.length == 0
          ? Optional.empty()
          : Optional.of(Json.parse(body)).filter(JsonNode::isObject);
    } catch (JacksonException notJson) {
      // Most answers of gates are no JSON, and the journal shows the body as it came.
      return Optional.empty();
    }
  }
}
