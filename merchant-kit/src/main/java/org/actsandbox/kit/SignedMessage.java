package org.actsandbox.kit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message whose signature was verified.
 *
 * @param signerDid the participant that signed it
 * @param content all members, as texts, numbers, booleans, lists and maps
 */
public record SignedMessage(String signerDid, Map<String, Object> content) {

  public SignedMessage {
    // Not Map.copyOf: a member may be null.
    content = Collections.unmodifiableMap(new LinkedHashMap<>(content));
  }

  /** Returns a member that is a text; null if it is not there or something else. */
  public @Nullable String text(String member) {
    return content.get(member) instanceof String text ? text : null;
  }
}
