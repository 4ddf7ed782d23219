package org.actsandbox.protocol.wire;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.json.JsonMismatch;
import org.actsandbox.protocol.refusal.FieldMistake;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A received JSON message as it came, so that its signature can be verified. Its canonical form is
 * made once, so the message must not be changed after it was asked for.
 */
public final class JsonMessage {

  private final ObjectNode raw;
  private final Problem invalid;
  private byte @Nullable [] signedBytes;

  /**
   * @param invalid the problem with which a missing or wrong field is refused
   */
  public JsonMessage(ObjectNode raw, Problem invalid) {
    this.raw = raw;
    this.invalid = invalid;
  }

  public ObjectNode raw() {
    return raw;
  }

  public Problem invalid() {
    return invalid;
  }

  /** Parses a message and refuses bad input as {@code malformed_json} or {@code invalid_field}. */
  public static JsonMessage parse(byte[] body) {
    return parse(body, Problem.MALFORMED_JSON, Problem.INVALID_FIELD);
  }

  /**
   * Parses a message of a surface that has its own errors for bad input, such as intent transfer
   * (CID-3).
   */
  public static JsonMessage parse(byte[] body, Problem malformed, Problem invalid) {
    if (!(tree(body, malformed) instanceof ObjectNode object)) {
      throw new Refusal(malformed, "the body is not a JSON object")
          .at("body")
          .expected("an object");
    }
    // This check precedes signatures: without a canonical form there are no signed bytes.
    CanonicalJson.findMismatch(object)
        .ifPresent(
            mismatch -> {
              throw new Refusal(invalid, "a value has no canonical form").at(mismatch);
            });
    return new JsonMessage(object, invalid);
  }

  private static JsonNode tree(byte[] body, Problem malformed) {
    try {
      return Json.parse(body);
    } catch (StreamConstraintsException tooMuch) {
      throw new Refusal(malformed, "the body is deeper or longer than a message may be")
          .at("body")
          .expected(Json.LIMITS)
          .observed("more");
    } catch (JacksonException notJson) {
      throw new Refusal(malformed, "the body is not JSON, or has a key twice")
          .at("body")
          .expected("one JSON object in UTF-8, no key twice")
          .observed(describe(notJson.getLocation()));
    }
  }

  private static String describe(@Nullable TokenStreamLocation location) {
    return location == null
        ? "something else"
        : "line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }

  /**
   * Verifies the signature and returns the signer.
   *
   * @throws Refusal as {@link SignedJson#verify}
   */
  public Did verifySigner(KeyDirectory keys) {
    return SignedJson.verify(raw, this::signedBytes, keys);
  }

  /**
   * Returns a digest of the content for idempotency checks, which does not depend on the order of
   * fields or on spaces.
   */
  public String digest() {
    return RequestFingerprint.digest(signedBytes());
  }

  private byte[] signedBytes() {
    var made = signedBytes;
    if (made == null) {
      made = SignedJson.signedBytes(raw);
      signedBytes = made;
    }
    return made;
  }

  /**
   * Binds a request to a record type and checks its values, where the record can do so ({@link
   * ValueCheckedRequest}); a field that the record does not have is refused.
   *
   * @throws Refusal {@link #invalid()}, with all mistakes
   */
  public <T> T bind(Class<T> type) {
    return bind(raw, type, "", invalid);
  }

  /**
   * Binds a request and checks its values, so that the refusal has the mistakes of form and value.
   *
   * @param values further checks by the receiver, which need neither the database nor other
   *     participants; fields that are absent are no mistakes
   * @throws Refusal {@link #invalid()}, with all mistakes
   */
  public <T> T bind(Class<T> type, BiConsumer<? super T, MistakeCollector> values) {
    return bind(raw, type, requestForm(raw, type, ""), invalid, values);
  }

  /**
   * Binds a request of the sandbox's own API, such as a sentence to the agent, whose texts may be
   * as long as a message.
   *
   * @param required fields that must be present although the record can do without them
   * @throws Refusal {@link #invalid()}, with all mistakes
   */
  public <T> T bindWithLongTexts(Class<T> type, Collection<String> required) {
    Form form =
        leaves -> {
          var mistakes =
              new ArrayList<>(MessageCheck.mistakes(raw, type, "", false, Json.MAX_CHARS, leaves));
          for (var field : required) {
            if (!raw.hasNonNull(field)) {
              mistakes.add(MessageCheck.missing(field, type));
            }
          }
          return mistakes;
        };
    return bind(raw, type, form, invalid, (_, _) -> {});
  }

  /**
   * Binds a statement of another service to a record type. A later version of the service may say
   * more, so that fields that the record does not have are no mistakes.
   *
   * @throws Refusal {@link #invalid()}, with all mistakes
   */
  public <T> T bindStatement(Class<T> type) {
    return bindStatement(raw, type, invalid);
  }

  /**
   * Binds a part of a request to a record type; a field that the record does not have is refused.
   *
   * @param at the path of the part in the request; empty for the request itself
   * @throws Refusal {@code invalid}, with all mistakes
   */
  public static <T> T bind(JsonNode raw, Class<T> type, String at, Problem invalid) {
    return bind(raw, type, requestForm(raw, type, at), invalid, (_, _) -> {});
  }

  /**
   * Binds an answer or a statement, as {@link #bindStatement(Class)} does.
   *
   * @throws Refusal {@code invalid}, with all mistakes
   */
  public static <T> T bindStatement(JsonNode raw, Class<T> type, Problem invalid) {
    Form form = leaves -> MessageCheck.mistakes(raw, type, "", true, MessageCheck.MAX_TEXT, leaves);
    return bind(raw, type, form, invalid, (_, _) -> {});
  }

  /** Finds the mistakes in the form of a message. */
  private interface Form {

    List<FieldMistake> mistakes(MessageCheck.Leaves leaves);
  }

  private static Form requestForm(JsonNode raw, Class<?> type, String at) {
    return leaves -> MessageCheck.mistakes(raw, type, at, false, MessageCheck.MAX_TEXT, leaves);
  }

  /**
   * Binds the message once. Only a message with a mistake is examined leaf by leaf, so that the
   * refusal names all mistakes.
   */
  private static <T> T bind(
      JsonNode raw,
      Class<T> type,
      Form form,
      Problem invalid,
      BiConsumer<? super T, MistakeCollector> further) {
    BiConsumer<T, MistakeCollector> values =
        (request, collector) -> {
          if (request instanceof ValueCheckedRequest checked) {
            checked.checkValues(collector);
          }
          further.accept(request, collector);
        };
    if (!form.mistakes(MessageCheck.Leaves.OF_THE_BINDING).isEmpty()) {
      throw refusal(raw, type, form.mistakes(MessageCheck.Leaves.EACH), invalid, values);
    }
    T bound;
    try {
      bound = Json.read(raw, type);
    } catch (JacksonException wrong) {
      var mistakes = form.mistakes(MessageCheck.Leaves.EACH);
      if (!mistakes.isEmpty()) {
        throw refusal(raw, type, mistakes, invalid, values);
      }
      if (wrong instanceof DatabindException refused) {
        // A record's own constructor refuses the value.
        throw new Refusal(invalid, "a field has the wrong type or form")
            .at(JsonMismatch.of(refused));
      }
      throw wrong;
    }
    var collector = new MistakeCollector();
    values.accept(bound, collector);
    collector.refuseAny(invalid);
    return bound;
  }

  private static <T> Refusal refusal(
      JsonNode raw,
      Class<T> type,
      List<FieldMistake> mistakes,
      Problem invalid,
      BiConsumer<T, MistakeCollector> values) {
    return Refusal.of(invalid, WellFormedPart.withValueMistakes(raw, type, mistakes, values));
  }
}
