package org.actsandbox.sandbox.doctor.act;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.doctor.diagnosis.ComparisonBudget;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureProbe;
import org.actsandbox.sandbox.doctor.diagnosis.TextCandidate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Names the mistake between the text that a signature must cover and the text that its sender
 * signed. It compares texts alone, so it needs no key and no signature, and costs a few hashes.
 */
public final class SentTextCause {

  private static final Pattern HEX_DIGEST = Pattern.compile("[0-9a-fA-F]{64}");

  private SentTextCause() {}

  /**
   * Returns the cause; empty if both texts are equal, or no known mistake leads from one to the
   * other.
   *
   * @param expected the RFC 8785 text that the signature must cover
   * @param sent the sender's bytes in base64url, or their SHA-256 digest in hexadecimal
   */
  public static Optional<SignatureCause> of(String expected, String sent) {
    boolean isDigest = HEX_DIGEST.matcher(sent).matches();
    var bytes = isDigest ? null : decoded(sent);
    if (!isDigest && bytes == null) {
      return Optional.empty();
    }
    var digest =
        bytes == null ? sent.toLowerCase(Locale.ROOT) : SignatureProbe.hex("SHA-256", bytes);
    var right = expected.getBytes(StandardCharsets.UTF_8);
    if (SignatureProbe.hex("SHA-256", right).equals(digest)) {
      return Optional.empty();
    }
    var budget = ComparisonBudget.ofVerifications();
    return tree(bytes, right)
        .or(() -> object(right))
        .flatMap(
            tree ->
                new SignedMessagePart("", tree, null)
                    .candidates(List.of())
                    .takeWhile(candidate -> budget.takeText(candidate.bytes().length))
                    .filter(
                        candidate ->
                            SignatureProbe.hex("SHA-256", candidate.bytes()).equals(digest))
                    .map(TextCandidate::cause)
                    .findFirst());
  }

  private static byte @Nullable [] decoded(String sent) {
    try {
      return Base64.getUrlDecoder().decode(sent);
    } catch (IllegalArgumentException notBase64Url) {
      return null;
    }
  }

  /** Returns the sender's tree if it has the same content: it still has the sender's order. */
  private static Optional<ObjectNode> tree(byte @Nullable [] sent, byte[] expected) {
    return sent == null
        ? Optional.empty()
        : object(sent)
            .filter(tree -> CanonicalJson.findMismatch(tree).isEmpty())
            .filter(tree -> Arrays.equals(CanonicalJson.bytes(tree), expected));
  }

  private static Optional<ObjectNode> object(byte[] json) {
    try {
      return Json.parse(json) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }
}
