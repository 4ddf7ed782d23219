package org.actsandbox.protocol.a402;

import java.util.Map;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Signs and verifies the {@code method} layer of a bill. The signature in {@code protocol} covers
 * only that layer, and its schema has no place for more. So the seller signs the method layer too,
 * with the digest of the protocol layer in it (ADR 18). An attacker between buyer and seller then
 * cannot redirect the buyer to another payment service, or combine the layers of two bills.
 */
public final class MethodLayer {

  public static final String BILL_DIGEST = "bill_digest";

  private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {};

  private MethodLayer() {}

  /**
   * Returns the members with the digest of the bill and the seller's signature.
   *
   * @param bill the protocol layer, signed
   */
  public static Map<String, Object> signed(JsonNode bill, Map<String, ?> members, Signer seller) {
    return signed(CanonicalJson.bytes(bill), members, seller);
  }

  /**
   * Does the same for a bill whose canonical form is known.
   *
   * @param bill the RFC 8785 form of the protocol layer, signed
   */
  public static Map<String, Object> signed(byte[] bill, Map<String, ?> members, Signer seller) {
    var layer = (ObjectNode) Json.tree(members);
    layer.put(BILL_DIGEST, RequestFingerprint.digest(bill));
    return Json.mapper().convertValue(SignedJson.sign(layer, seller), MEMBERS);
  }

  /**
   * Returns the participant that signed the method layer of a decoded {@code Payment-Needed}.
   *
   * @throws Refusal as {@link SignedJson#verify}, and {@code bill_mismatch} if the layer belongs to
   *     another bill
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
    return RequestFingerprint.digest(CanonicalJson.bytes(bill));
  }
}
