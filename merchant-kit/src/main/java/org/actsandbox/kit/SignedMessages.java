package org.actsandbox.kit;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.JsonMessage;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Signs the merchant's messages and verifies those of others.
 *
 * <p>A signature covers the RFC 8785 form of the JSON object without {@code signature_content}.
 * Amounts are texts ({@code "12.50"}), because numbers have several spellings.
 *
 * <p>Example:
 *
 * {@snippet :
 * var settings = MerchantSettings.read(Path.of("shop.env"));
 * var messages = new SignedMessages(settings, new DidResolver(settings.world()));
 * String refund = messages.sign(Map.of("refund_request_id", "R-1", "trade_no", "T-1", "amount", "0.50"));
 * SignedMessage notification = messages.verifyFrom(body, settings.paymentServiceDid());
 * }
 */
public final class SignedMessages {

  private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {};

  private final Signer signer;
  private final DidResolver resolver;

  public SignedMessages(MerchantSettings settings, DidResolver resolver) {
    this.signer = settings.signer();
    this.resolver = resolver;
  }

  /**
   * Returns the message as JSON text with {@code signer_id}, {@code signature_type} and {@code
   * signature_content}.
   *
   * @param message texts, whole numbers, booleans, lists and maps of them; null members are left
   *     out
   * @throws IllegalArgumentException if the message has no RFC 8785 form
   */
  public String sign(Map<String, ?> message) {
    return Json.write(SignedJson.sign((ObjectNode) Json.tree(message), signer));
  }

  /**
   * Verifies a received message, all its fields included.
   *
   * @param body the body of the request, JSON in UTF-8, at most 256 KiB
   * @return the message and its signer
   * @throws RequestRefusedException {@code malformed_json}, {@code invalid_field}, {@code
   *     signature_missing}, {@code signer_unknown}, {@code signature_type_mismatch}, {@code
   *     signature_invalid}; temporary if the signer's keys cannot be fetched
   */
  public SignedMessage verify(byte[] body) {
    try {
      var message = JsonMessage.parse(body).raw();
      var signerDid = SignedJson.verify(message, resolver.directory());
      return new SignedMessage(signerDid.value(), members(message));
    } catch (Refusal refusal) {
      throw new RequestRefusedException(refusal);
    }
  }

  /**
   * Verifies a message that only one participant may send, such as a notification of the payment
   * service.
   *
   * @throws RequestRefusedException as {@link #verify}, and {@code key_forbidden} if another
   *     participant signed it
   */
  public SignedMessage verifyFrom(byte[] body, String did) {
    var message = verify(body);
    if (!message.signerDid().equals(did)) {
      throw new RequestRefusedException(
          new Refusal(Problem.KEY_FORBIDDEN, "another participant may not send this")
              .at(SignedJson.SIGNER_ID)
              .expected("a key of " + did)
              .observed(message.signerDid()));
    }
    return message;
  }

  /** Returns the RFC 8785 bytes that the signature of a message covers, to look at or compare. */
  public static byte[] signedBytes(String json) {
    return SignedJson.signedBytes(Json.parse(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static Map<String, Object> members(JsonNode message) {
    return Json.mapper().convertValue(message, MEMBERS);
  }
}
