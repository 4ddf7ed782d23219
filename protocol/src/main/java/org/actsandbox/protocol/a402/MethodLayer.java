package org.actsandbox.protocol.a402;

import java.util.Map;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.json.Canonical;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The signature of the {@code method} layer of a bill. The signature in {@code protocol} covers
 * that layer alone, and its schema has no place for more; so the seller signs the method layer as
 * well, with the digest of the protocol layer in it (ADR 18). No one on the way can send the buyer
 * to another payment service, or put the layer of one bill beside another bill.
 */
public final class MethodLayer {

  public static final String BILL_DIGEST = "bill_digest";

  private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {};

  private MethodLayer() {}

  /**
   * The members with the digest of the bill and the seller's signature.
   *
   * @param bill the protocol layer, signed
   */
  public static Map<String, Object> signed(JsonNode bill, Map<String, ?> members, Signer seller) {
    var layer = (ObjectNode) Json.tree(members);
    layer.put(BILL_DIGEST, digest(bill));
    return Json.mapper().convertValue(SignedJson.sign(layer, seller), MEMBERS);
  }

  /**
   * Who signed the method layer of a decoded {@code Payment-Needed}.
   *
   * @throws Refusal as {@link SignedJson#verify}, and {@code bill_mismatch} when the layer belongs
   *     to another bill
   */
  public static Did verify(JsonNode needed, KeyDirectory keys) {
    var layer = needed.path("method");
    var signer = SignedJson.verify(layer, keys);
    var expected = digest(needed.path("protocol"));
    var observed = layer.path(BILL_DIGEST).asString("");
    if (!observed.equals(expected)) {
      throw new Refusal(Problem.BILL_MISMATCH, "the method layer belongs to another bill")
          .at("method." + BILL_DIGEST)
          .expected(expected)
          .observed(observed);
    }
    return signer;
  }

  private static String digest(JsonNode bill) {
    return Fingerprint.digest(Canonical.bytes(bill));
  }
}
