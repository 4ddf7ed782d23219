package org.actsandbox.merchants.message;

import org.actsandbox.protocol.a402.Fingerprint;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.json.Misfit;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON message as it came, fields unknown to this version included.
 *
 * @param invalid what a missing or wrong field is refused with
 */
public record Message(ObjectNode raw, Problem invalid) {

  /** A plain message: {@code malformed_json} and {@code invalid_field}. */
  public static Message parse(byte[] body) {
    return parse(body, Problem.MALFORMED_JSON, Problem.INVALID_FIELD);
  }

  /** A message on a surface with its own error for bad input, such as intent transfer (CID-3). */
  public static Message parse(byte[] body, Problem malformed, Problem invalid) {
    try {
      if (Json.parse(body) instanceof ObjectNode object) {
        return new Message(object, invalid);
      }
    } catch (JacksonException notJson) {
      throw new Refusal(malformed, "the body is not JSON: " + notJson.getOriginalMessage())
          .at("body")
          .expected("one JSON object in UTF-8, no key twice");
    }
    throw new Refusal(malformed, "the body is not a JSON object").at("body").expected("an object");
  }

  /**
   * Who signed the message.
   *
   * @throws Refusal as {@link SignedJson#verify}
   */
  public Did signer(KeyDirectory keys) {
    return SignedJson.verify(raw, keys);
  }

  /** What identifies the content, whatever the order of fields and spaces: for idempotency. */
  public String digest() {
    return Fingerprint.digest(SignedJson.signedBytes(raw));
  }

  public <T> T bind(Class<T> type) {
    return bind(raw, type, invalid);
  }

  /**
   * @throws Refusal {@code invalid}, naming the field
   */
  public static <T> T bind(JsonNode raw, Class<T> type, Problem invalid) {
    try {
      return new Complete(invalid).check(Json.read(raw, type));
    } catch (DatabindException wrong) {
      throw new Refusal(invalid, "a field has the wrong type or form").at(Misfit.of(wrong));
    }
  }
}
