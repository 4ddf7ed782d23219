package org.actsandbox.protocol.delegation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The words of the user, or their digest with a reference to the place where they are stored.
 *
 * @param userIntentRaw a string, or an array of {@link Turn}
 * @param userIntentRawDigest {@code sha-256:} and base64url; of the bytes behind {@code
 *     contextRef}, or of {@code userIntentRaw} where that is given too; then {@code contextRef} is
 *     required
 * @param inputMode the names of {@link InputMode}, or an extension {@code X_NAME}
 */
public record ConversationHistory(
    @Nullable JsonNode userIntentRaw,
    @Nullable String userIntentRawDigest,
    @Nullable List<String> inputMode,
    @Nullable String contextRef) {

  /** Ours: the standard allows additional modes; the prefix tells them from misspelt ones. */
  private static final Pattern EXTENSION = Pattern.compile("X_[A-Z][A-Z0-9_]{0,30}");

  private static final Pattern DIGEST = Pattern.compile("sha-256:[A-Za-z0-9_-]{43}");

  /** Lists the ways in which the user communicates. */
  public enum InputMode {
    TEXT,
    VOICE,
    IMAGE,
    INTERACTIVE_CARD,
    OTHER
  }

  /**
   * One message of the conversation.
   *
   * @param role USER | ASSISTANT
   */
  public record Turn(String role, String content, Instant createTime) {}

  /** Returns whether there are words of the user, or a digest with a reference to them. */
  boolean isGiven() {
    boolean hasWords =
        userIntentRaw != null
            && (userIntentRaw.isString()
                ? !userIntentRaw.stringValue().isBlank()
                : userIntentRaw.isArray() && !userIntentRaw.isEmpty());
    return hasWords || (userIntentRawDigest != null && contextRef != null);
  }

  /** Returns whether the digest must be compared with the content behind {@code contextRef}. */
  @JsonIgnore
  public boolean refersToContent() {
    return userIntentRaw == null && userIntentRawDigest != null && contextRef != null;
  }

  /**
   * Checks input modes and digest.
   *
   * @throws Refusal {@code invalid_field} if a mode is neither the standard's nor an extension, if
   *     the digest is unreadable, or if it does not match the given words
   */
  void requireValid() {
    var modes = inputMode == null ? List.<String>of() : inputMode;
    for (int i = 0; i < modes.size(); i++) {
      if (!isMode(modes.get(i))) {
        throw new Refusal(Problem.INVALID_FIELD, "there is no such input mode")
            .at("isr.conversation_history.input_mode[" + i + "]")
            .expected("TEXT, VOICE, IMAGE, INTERACTIVE_CARD, OTHER, or an extension X_NAME")
            .observed(String.valueOf(modes.get(i)));
      }
    }
    if (userIntentRawDigest == null) {
      return;
    }
    if (!DIGEST.matcher(userIntentRawDigest).matches()) {
      throw mismatch("sha-256: and 43 characters of base64url", userIntentRawDigest);
    }
    if (userIntentRaw != null) {
      requireDigestOf(
          userIntentRaw.isString()
              ? userIntentRaw.stringValue().getBytes(StandardCharsets.UTF_8)
              : CanonicalJson.bytes(userIntentRaw));
    }
  }

  /**
   * Checks that the digest is the digest of these bytes.
   *
   * @throws Refusal {@code invalid_field} if it is not
   */
  public void requireDigestOf(byte[] content) {
    var digest = RequestFingerprint.digest(content);
    if (!digest.equals(userIntentRawDigest)) {
      throw mismatch(digest, String.valueOf(userIntentRawDigest));
    }
  }

  private static Refusal mismatch(String expected, String observed) {
    return new Refusal(Problem.INVALID_FIELD, "the digest is not of what the user said")
        .at("isr.conversation_history.user_intent_raw_digest")
        .expected(expected)
        .observed(observed)
        .remedy("Digest the bytes that context_ref leads to, or send the words themselves.");
  }

  private static boolean isMode(@Nullable String mode) {
    return mode != null
        && (Arrays.stream(InputMode.values()).anyMatch(each -> each.name().equals(mode))
            || EXTENSION.matcher(mode).matches());
  }
}
