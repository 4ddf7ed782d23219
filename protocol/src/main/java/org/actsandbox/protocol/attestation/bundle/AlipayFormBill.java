package org.actsandbox.protocol.attestation.bundle;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.CanonicalJson;
import tools.jackson.databind.JsonNode;

/**
 * The bill of a payment that a seller asked for in Alipay's form. The seller's signature is by a
 * key of its application, which is no identity of ACT, so the bundle cannot verify it. The payment
 * service did before it opened the payment, and its signed proof has the digest of the bill
 * (docs/alipay.md). The method {@code ANY} in the proof says that the bill names no request.
 */
record AlipayFormBill(JsonNode bill) {

  /** The method of a proof whose bill names no request. */
  static final String METHOD = "ANY";

  /** The fields that the seller of a pay-per-use bill signs. */
  private static final Set<String> SIGNED =
      Set.of(
          "amount",
          "currency",
          "goods_name",
          "out_trade_no",
          "pay_before",
          "resource_id",
          "seller_id",
          "service_id");

  /** Returns whether the bill has this form: ACT's bills carry a signature of their own. */
  static boolean isOne(JsonNode bill) {
    return bill.isObject() && !bill.has(SignedJson.SIGNATURE_CONTENT);
  }

  private boolean isPayPerUse() {
    return bill.path("protocol").isObject();
  }

  String orderNo() {
    return order().path("out_trade_no").asString("");
  }

  String amount() {
    return order().path(isPayPerUse() ? "amount" : "total_amount").asString("");
  }

  private JsonNode order() {
    return isPayPerUse() ? bill.path("protocol") : bill;
  }

  /** Returns the digest that the proof has in the place of the request's. */
  String digest() {
    return RequestFingerprint.digest(
        isPayPerUse() ? signedText().getBytes(StandardCharsets.UTF_8) : CanonicalJson.bytes(bill));
  }

  private String signedText() {
    var fields = new TreeMap<String, String>();
    for (var layer : List.of(bill.path("protocol"), bill.path("method"))) {
      layer.properties().stream()
          .filter(field -> SIGNED.contains(field.getKey()))
          .forEach(field -> fields.put(field.getKey(), field.getValue().asString("")));
    }
    return fields.entrySet().stream()
        .filter(field -> !field.getValue().isEmpty())
        .map(field -> field.getKey() + "=" + field.getValue())
        .collect(Collectors.joining("&"));
  }
}
