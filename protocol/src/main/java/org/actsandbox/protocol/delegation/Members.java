package org.actsandbox.protocol.delegation;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Finds members that this version does not know. In an authority they must not be passed over: a
 * misspelt limit would be no limit. Below {@code ext.vendor_private} they may be.
 */
final class Members {

  private static final String FREE = "ext.vendor_private";

  private Members() {}

  /** The path of the first member of {@code raw} that {@code known} lacks. */
  static Optional<String> unknown(JsonNode raw, JsonNode known) {
    return unknown(raw, known, "");
  }

  private static Optional<String> unknown(JsonNode raw, JsonNode known, String path) {
    if (!raw.isObject()) {
      return Optional.empty();
    }
    for (var member : raw.properties()) {
      var at = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
      var other = known.get(member.getKey());
      if (member.getValue().isNull() || at.equals(FREE)) {
        continue;
      }
      if (other == null) {
        return Optional.of(at);
      }
      var deeper = unknown(member.getValue(), other, at);
      if (deeper.isPresent()) {
        return deeper;
      }
    }
    return Optional.empty();
  }
}
