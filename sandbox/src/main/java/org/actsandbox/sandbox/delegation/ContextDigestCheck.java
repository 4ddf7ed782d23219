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
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.wire.FieldChecks;
import org.jspecify.annotations.Nullable;

/**
 * Compares the digest of what the user said with the content behind {@code context_ref} (ACT
 * ADD-INT-ICS): the bytes in the request, or else an address of this world. Ours: no foreign
 * address is called, because an agent could send the service anywhere; such a digest is accepted
 * and shown as unresolved.
 */
final class ContextDigestCheck {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int MAX_CHARACTERS = 131_072;

  private final DelegationWorld world;

  ContextDigestCheck(DelegationWorld world) {
    this.world = world;
  }

  /** Lists the accepted results; a mismatch is refused. */
  enum Outcome {
    MATCHES,
    UNRESOLVED;

    @JsonValue
    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Checks a digest; empty when the request has the words themselves, so that there is nothing to
   * compare.
   *
   * @param content base64url of the bytes behind the reference, if the agent sends them
   * @throws org.actsandbox.protocol.refusal.Refusal {@code invalid_field} when the digest does not
   *     match the bytes
   */
  Optional<Outcome> of(@Nullable ConversationHistory history, @Nullable String content) {
    if (history == null || !history.refersToContent()) {
      return Optional.empty();
    }
    var bytes =
        content == null
            ? fetch(Objects.requireNonNull(history.contextRef()))
            : Optional.of(decode(content));
    bytes.ifPresent(history::requireDigestOf);
    return Optional.of(bytes.isPresent() ? Outcome.MATCHES : Outcome.UNRESOLVED);
  }

  static byte[] decode(String content) {
    try {
      if (content.length() <= MAX_CHARACTERS) {
        return Base64.getUrlDecoder().decode(content);
      }
    } catch (IllegalArgumentException notBase64Url) {
      throw FieldChecks.invalid("context_content", "base64url", "something else");
    }
    throw FieldChecks.invalid(
        "context_content", "at most " + MAX_CHARACTERS + " characters", content.length() + "");
  }

  private Optional<byte[]> fetch(String reference) {
    var address = ownAddress(reference);
    if (address.isEmpty()) {
      return Optional.empty();
    }
    try {
      var answer = world.outbound().send(OutboundClient.Call.get(address.get(), Map.of(), TIMEOUT));
      return answer.isSuccess() ? Optional.of(answer.body()) : Optional.empty();
    } catch (NoAnswerException silent) {
      return Optional.empty();
    }
  }

  /** Returns the address if it is below this world's own address after normalization. */
  private Optional<URI> ownAddress(String reference) {
    try {
      var address = URI.create(reference).normalize();
      var root = URI.create(world.base() + "/").resolve("..").toString();
      return address.toString().startsWith(root) ? Optional.of(address) : Optional.empty();
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }
}
