package org.actsandbox.client;

import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Holds the role keys of a world, as the answer to its creation lists them.
 *
 * @param principal the key of the first principal, or of the principal that is acted for
 * @param principals the keys of the further principals by name; null if there are none
 * @param assistant the key of the first principal's assistant; null from an older server
 * @param assistants the keys of further principals' assistants by the principal's name
 * @param merchants the merchants' keys by merchant id
 */
public record IssuedRoleKeys(
    String principal,
    @Nullable Map<String, String> principals,
    String agent,
    @Nullable String assistant,
    @Nullable Map<String, String> assistants,
    String operator,
    Map<String, String> merchants) {

  /** Creates the keys of a world with one principal. */
  public IssuedRoleKeys(
      String principal, String agent, String operator, Map<String, String> merchants) {
    this(principal, null, agent, null, null, operator, merchants);
  }

  public static IssuedRoleKeys of(JsonNode keys) {
    return Json.read(keys, IssuedRoleKeys.class);
  }

  /** Returns the names of the principals besides the first. */
  public Set<String> others() {
    return principals == null ? Set.of() : principals.keySet();
  }

  /**
   * Returns a copy with another principal's key in place of the first principal's.
   *
   * @throws IllegalArgumentException if no principal has this name
   */
  public IssuedRoleKeys forPrincipal(String other) {
    var key = principals == null ? null : principals.get(other);
    if (key == null) {
      throw new IllegalArgumentException("no principal is called " + other);
    }
    return new IssuedRoleKeys(key, principals, agent, assistant, assistants, operator, merchants);
  }

  @Override
  public String toString() {
    return "Keys[masked]";
  }
}
