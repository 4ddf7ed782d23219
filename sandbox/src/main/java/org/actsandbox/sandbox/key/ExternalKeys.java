package org.actsandbox.sandbox.key;

import org.actsandbox.protocol.identity.KeySet;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the public keys of participants that keep their private keys outside the sandbox. */
public final class ExternalKeys {

  /** Ours: limit of a key's text, which fits into a row. */
  private static final int MAX_LENGTH = 1900;

  private ExternalKeys() {}

  /**
   * Reads a public key that a request brings.
   *
   * @param signerId id that the key gets in this world
   * @param jwk public JWK, Ed25519, P-256 or RSA; its {@code kid} is replaced
   * @throws Refusal {@code invalid_field} for anything but a public key
   */
  public static VerificationKey read(String signerId, JsonNode jwk) {
    if (!jwk.isObject() || Json.write(jwk).length() > MAX_LENGTH) {
      throw notAKey("not a JWK object of at most " + MAX_LENGTH + " characters");
    }
    try {
      return find(signerId, ((ObjectNode) jwk).deepCopy().put("kid", signerId));
    } catch (IllegalArgumentException broken) {
      throw notAKey(String.valueOf(broken.getMessage()));
    }
  }

  private static VerificationKey find(String signerId, ObjectNode named) {
    var set = Json.object();
    set.putArray("keys").add(named);
    return KeySet.parse(Json.write(set))
        .find(signerId)
        .orElseThrow(() -> notAKey("a kind of key the sandbox does not speak"));
  }

  private static Refusal notAKey(String why) {
    return new Refusal(Problem.INVALID_FIELD, "the key cannot be used: " + why)
        .at("jwk")
        .expected("a public JWK: OKP Ed25519, EC P-256 or RSA, without private parts");
  }
}
