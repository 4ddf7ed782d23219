package org.actsandbox.sandbox.delegation;

import com.fasterxml.jackson.annotation.JsonValue;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.actsandbox.protocol.delegation.ConversationHistory;
import org.actsandbox.protocol.http.Outbound;
import org.actsandbox.protocol.http.Unanswered;
import org.actsandbox.sandbox.psp.Fields;
import org.jspecify.annotations.Nullable;

/**
 * Compares the digest of what the user said with what {@code context_ref} leads to (ACT
 * ADD-INT-ICS): the bytes that came along, else an address of this world. Ours: no foreign address
 * is called, because an agent could send the service anywhere; such a digest is taken and said to
 * be unresolved.
 */
final class ContextCheck {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final int MOST_CHARACTERS = 131_072;

  private final DelegationWorld world;

  ContextCheck(DelegationWorld world) {
    this.world = world;
  }

  /** What came of it; a mismatch is refused. */
  enum Outcome {
    MATCHES,
    UNRESOLVED;

    @JsonValue
    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Empty when the words themselves came along and there is nothing to look up.
   *
   * @param content base64url of the bytes behind the reference, as the agent hands them along
   * @throws org.actsandbox.protocol.refusal.Refusal {@code invalid_field} when the digest is of
   *     other bytes
   */
  Optional<Outcome> of(@Nullable ConversationHistory history, @Nullable String content) {
    if (history == null || !history.isByReference()) {
      return Optional.empty();
    }
    var bytes =
        content == null
            ? fetched(Objects.requireNonNull(history.contextRef()))
            : Optional.of(decoded(content));
    bytes.ifPresent(history::requireDigestOf);
    return Optional.of(bytes.isPresent() ? Outcome.MATCHES : Outcome.UNRESOLVED);
  }

  private static byte[] decoded(String content) {
    try {
      if (content.length() <= MOST_CHARACTERS) {
        return Base64.getUrlDecoder().decode(content);
      }
    } catch (IllegalArgumentException notBase64Url) {
      throw Fields.invalid("context_content", "base64url", "something else");
    }
    throw Fields.invalid(
        "context_content", "at most " + MOST_CHARACTERS + " characters", content.length() + "");
  }

  private Optional<byte[]> fetched(String reference) {
    var address = own(reference);
    if (address.isEmpty()) {
      return Optional.empty();
    }
    try {
      var answer = world.outbound().send(Outbound.Call.get(address.get(), Map.of(), TIMEOUT));
      return answer.isSuccess() ? Optional.of(answer.body()) : Optional.empty();
    } catch (Unanswered silent) {
      return Optional.empty();
    }
  }

  /** Only below this world's own address, however the reference is spelt. */
  private Optional<URI> own(String reference) {
    try {
      var address = URI.create(reference).normalize();
      var root = URI.create(world.base() + "/").resolve("..").toString();
      return address.toString().startsWith(root) ? Optional.of(address) : Optional.empty();
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }
}
