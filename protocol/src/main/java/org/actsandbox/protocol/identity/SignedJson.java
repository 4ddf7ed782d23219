package org.actsandbox.protocol.identity;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Supplier;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.CanonicalObject;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.refusal.SignedContent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Signs and verifies the JSON messages of the sandbox.
 *
 * <p>Ours, because ACT 2.1 names the signature fields and leaves the signed string to the method:
 * the signature covers the RFC 8785 form of the object without {@code signature_content}. It thus
 * covers {@code signer_id}, {@code signature_type} and every field that this version does not know.
 */
public final class SignedJson {

  public static final String SIGNER_ID = "signer_id";
  public static final String SIGNATURE_TYPE = "signature_type";
  public static final String SIGNATURE_CONTENT = "signature_content";

  private SignedJson() {}

  /** Returns a copy of {@code message} with the three signature fields. */
  public static <T extends Record> T sign(T message, Class<T> type, Signer signer) {
    return SignedRecord.copy(message, type, sign((ObjectNode) Json.tree(message), signer));
  }

  /**
   * A message with its signature.
   *
   * @param form the RFC 8785 form of the whole message
   */
  public record Signed<T>(T message, CanonicalObject form) {}

  /** Signs as {@link #sign(Record, Class, Signer)} does, and returns the canonical form, too. */
  public static <T extends Record> Signed<T> signed(T message, Class<T> type, Signer signer) {
    var tree = (ObjectNode) Json.tree(message);
    var form = form(tree, signer);
    return new Signed<>(SignedRecord.copy(message, type, tree), form);
  }

  /** Adds the three signature fields to {@code message} and returns it. */
  public static ObjectNode sign(ObjectNode message, Signer signer) {
    var key = signer.key();
    prepare(message, key);
    return message.put(SIGNATURE_CONTENT, base64Url(key.sign(CanonicalJson.bytes(message))));
  }

  /** Adds the signature fields, and returns the canonical form with them. */
  private static CanonicalObject form(ObjectNode message, Signer signer) {
    var key = signer.key();
    prepare(message, key);
    var covered = CanonicalObject.of(message);
    var content = base64Url(key.sign(covered.bytes()));
    message.put(SIGNATURE_CONTENT, content);
    return covered.with(SIGNATURE_CONTENT, content);
  }

  private static void prepare(ObjectNode message, Signer key) {
    message.remove(SIGNATURE_CONTENT);
    message.put(SIGNER_ID, key.signerId());
    message.put(SIGNATURE_TYPE, key.type().name());
  }

  /** Returns the exact bytes that the signature of {@code message} covers. */
  public static byte[] signedBytes(JsonNode message) {
    return CanonicalJson.bytesWithout(SIGNATURE_CONTENT, (ObjectNode) message);
  }

  /**
   * Verifies a received message, including fields that this version does not know, and returns the
   * signer.
   *
   * @throws Refusal {@code invalid_field} if the message has no canonical form, {@code
   *     signature_missing}, {@code signer_unknown}, {@code signature_type_mismatch} or {@code
   *     signature_invalid}, in this order
   */
  public static Did verify(JsonNode message, KeyDirectory keys) {
    return verify(message, () -> signedBytes(message), keys);
  }

  /**
   * Does the same for a message whose signed bytes the caller keeps.
   *
   * @param signedBytes returns {@link #signedBytes} of the message
   */
  public static Did verify(JsonNode message, Supplier<byte[]> signedBytes, KeyDirectory keys) {
    CanonicalJson.findMismatch(message)
        .ifPresent(
            mismatch -> {
              throw new Refusal(Problem.INVALID_FIELD, "a value has no canonical form")
                  .at(mismatch);
            });
    var signerId = text(message, SIGNER_ID);
    var type = text(message, SIGNATURE_TYPE);
    var content = text(message, SIGNATURE_CONTENT);
    var key =
        keys.find(signerId)
            .orElseThrow(
                () ->
                    new Refusal(Problem.SIGNER_UNKNOWN, "no public key is known for the signer")
                        .at(SIGNER_ID)
                        .observed(signerId)
                        .expected("a key id from the participant's DID document"));
    if (!key.type().name().equals(type)) {
      throw new Refusal(Problem.SIGNATURE_TYPE_MISMATCH, "the key signs with another algorithm")
          .at(SIGNATURE_TYPE)
          .observed(type)
          .expected(key.type().name());
    }
    if (!verifies(signedBytes, key, content)) {
      throw new Refusal(Problem.SIGNATURE_INVALID, "the signature does not match the message")
          .at(SIGNATURE_CONTENT)
          .expected("base64url signature over the RFC 8785 form without signature_content")
          .signed(
              new SignedContent(
                  key.signerId(), new String(signedBytes.get(), StandardCharsets.UTF_8)))
          .remedy(
              "Compare details.signature.canonical_sha256 with the digest of the bytes that you"
                  + " signed, or send these in "
                  + SignedContent.HEADER
                  + ".");
    }
    return Did.ofSigner(signerId);
  }

  private static boolean verifies(
      Supplier<byte[]> signedBytes, VerificationKey key, String content) {
    try {
      var signature = Base64.getUrlDecoder().decode(content);
      // The comparison allows only one spelling: padding and spare bits would allow several.
      return base64Url(signature).equals(content) && key.verifies(signedBytes.get(), signature);
    } catch (IllegalArgumentException notBase64UrlOrNotCanonical) {
      return false;
    }
  }

  private static String base64Url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String text(JsonNode message, String field) {
    var value = message.path(field);
    if (!value.isString() || value.stringValue().isEmpty()) {
      throw new Refusal(Problem.SIGNATURE_MISSING, "the message must be signed")
          .at(field)
          .expected("a non-empty string");
    }
    return value.stringValue();
  }
}
