package org.actsandbox.scenarios.client;

import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A world's role keys, as a new world's answer lists them.
 *
 * @param principal of the first principal, or of the one that is acted for
 * @param principals of those besides the first, by name; absent where it is the only one
 * @param merchants by merchant id
 */
public record IssuedRoleKeys(
    String principal,
    @Nullable Map<String, String> principals,
    String agent,
    String operator,
    Map<String, String> merchants) {

  /** Of a world with one principal. */
  public IssuedRoleKeys(
      String principal, String agent, String operator, Map<String, String> merchants) {
    this(principal, null, agent, operator, merchants);
  }

  public static IssuedRoleKeys of(JsonNode keys) {
    return Json.read(keys, IssuedRoleKeys.class);
  }

  /** Names of the principals besides the first. */
  public Set<String> others() {
    return principals == null ? Set.of() : principals.keySet();
  }

  /**
   * The same, with another principal's key in the place of the first one's.
   *
   * @throws IllegalArgumentException when nobody is called so
   */
  public IssuedRoleKeys forPrincipal(String other) {
    var key = principals == null ? null : principals.get(other);
    if (key == null) {
      throw new IllegalArgumentException("no principal is called " + other);
    }
    return new IssuedRoleKeys(key, principals, agent, operator, merchants);
  }

  @Override
  public String toString() {
    return "Keys[masked]";
  }
}
