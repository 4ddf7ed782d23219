package org.actsandbox.protocol.delegation;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the user said, or its digest with a reference to where it is kept.
 *
 * @param userIntentRaw a string, or an array of {@link Turn}
 * @param userIntentRawDigest then {@code contextRef} is required
 */
public record ConversationHistory(
    @Nullable JsonNode userIntentRaw,
    @Nullable String userIntentRawDigest,
    @Nullable List<InputMode> inputMode,
    @Nullable String contextRef) {

  /** How the user spoke. */
  public enum InputMode {
    TEXT,
    VOICE,
    IMAGE,
    INTERACTIVE_CARD,
    OTHER;

    /** The standard lets others add modes. */
    @JsonCreator
    public static InputMode of(String code) {
      for (var mode : values()) {
        if (mode.name().equals(code)) {
          return mode;
        }
      }
      return OTHER;
    }
  }

  /**
   * @param role USER | ASSISTANT
   */
  public record Turn(String role, String content, Instant createTime) {}

  /** Whether there is any word of the user, or a digest that leads to one. */
  boolean isGiven() {
    boolean said =
        userIntentRaw != null
            && (userIntentRaw.isString()
                ? !userIntentRaw.stringValue().isBlank()
                : userIntentRaw.isArray() && !userIntentRaw.isEmpty());
    return said || (userIntentRawDigest != null && contextRef != null);
  }
}
