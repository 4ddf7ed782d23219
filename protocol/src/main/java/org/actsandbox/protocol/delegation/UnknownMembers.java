package org.actsandbox.protocol.delegation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Finds JSON members that this version does not know. A delegation with an unknown member is
 * refused, because a misspelt limit would limit nothing. Only directly below {@code
 * ext.vendor_private} unknown members are allowed, but not inside members that this version knows.
 */
final class UnknownMembers {

  private static final String FREE = "ext.vendor_private";

  private UnknownMembers() {}

  /** Returns the path of the first member of {@code raw} that {@code known} lacks. */
  static Optional<String> unknown(JsonNode raw, JsonNode known) {
    return unknown(raw, known, "");
  }

  /** Returns the paths of the private members of {@code raw} that {@code known} lacks. */
  static List<String> ignored(JsonNode raw, JsonNode known) {
    var ignored = new ArrayList<String>();
    var understood = known.path("ext").path("vendor_private");
    raw.path("ext")
        .path("vendor_private")
        .properties()
        .forEach(
            member -> {
              if (!member.getValue().isNull() && !understood.has(member.getKey())) {
                ignored.add(FREE + "." + member.getKey());
              }
            });
    return ignored;
  }

  private static Optional<String> unknown(JsonNode raw, @Nullable JsonNode known, String path) {
    if (raw.isNull() || path.equals("conversation_history.user_intent_raw")) {
      return Optional.empty();
    }
    if (known == null) {
      return Optional.of(path).filter(each -> !parent(each).equals(FREE));
    }
    if (raw.isArray()) {
      for (int i = 0; i < raw.size(); i++) {
        var deeper = unknown(raw.get(i), known.get(i), path + "[" + i + "]");
        if (deeper.isPresent()) {
          return deeper;
        }
      }
    }
    for (var member : raw.properties()) {
      var at = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
      var deeper = unknown(member.getValue(), known.get(member.getKey()), at);
      if (deeper.isPresent()) {
        return deeper;
      }
    }
    return Optional.empty();
  }

  private static String parent(String path) {
    return path.contains(".") ? path.substring(0, path.lastIndexOf('.')) : "";
  }
}
