package org.actsandbox.protocol.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.OutputStream;
import java.util.Optional;
import org.actsandbox.protocol.cost.ProtocolCost;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes all wire messages with one mapper: names in snake_case, instants in ISO 8601,
 * absent members instead of null. Unknown fields are ignored; duplicate keys and oversized input
 * are refused.
 */
public final class Json {

  /** The longest message: 256 KiB of JSON text. */
  public static final int MAX_CHARS = 256 * 1024;

  private static final int MAX_DEPTH = 64;
  private static final int MAX_STRING = 64 * 1024;
  private static final int MAX_NUMBER = 100;

  /** The limits of a message, in words. */
  public static final String LIMITS =
      "at most %d KiB, %d levels, %d KiB in a text, %d digits in a number"
          .formatted(MAX_CHARS / 1024, MAX_DEPTH, MAX_STRING / 1024, MAX_NUMBER);

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxDocumentLength(MAX_CHARS)
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(MAX_STRING)
                          .maxNumberLength(MAX_NUMBER)
                          .build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .changeDefaultPropertyInclusion(
              _ ->
                  JsonInclude.Value.construct(
                      JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          // The order of JDK maps differs from process to process, and messages must not differ.
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
          .build();

  private Json() {}

  public static JsonMapper mapper() {
    return MAPPER;
  }

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  public static JsonNode tree(Object value) {
    ProtocolCost.JSON_TREES.count();
    return MAPPER.valueToTree(value);
  }

  /**
   * @throws JacksonException if the text is not JSON or has a key twice
   */
  public static JsonNode parse(String text) {
    ProtocolCost.JSON_PARSES.count();
    return MAPPER.readTree(text);
  }

  /**
   * @throws JacksonException if the bytes are not JSON, have a key twice, have another encoding
   *     than UTF-8, or begin with a byte order mark (RFC 8259, 8.1)
   */
  public static JsonNode parse(byte[] utf8) {
    ProtocolCost.JSON_PARSES.count();
    checkEncoding(utf8);
    return MAPPER.readTree(utf8);
  }

  /** Opens a text that is read token by token, with the same limits as {@link #parse(String)}. */
  public static JsonParser tokens(String text) {
    ProtocolCost.JSON_SCANS.count();
    return MAPPER.createParser(text);
  }

  /**
   * Opens bytes that are read token by token, with the same limits as {@link #parse(byte[])}.
   *
   * @throws JacksonException if the bytes have another encoding than UTF-8
   */
  public static JsonParser tokens(byte[] utf8) {
    ProtocolCost.JSON_SCANS.count();
    checkEncoding(utf8);
    return MAPPER.createParser(utf8);
  }

  /**
   * Returns the text of a member of the root, without a tree of the rest.
   *
   * @return empty if the root has no such member, or it is no text
   * @throws JacksonException if the text before it is not JSON
   */
  public static Optional<String> member(String text, String name) {
    return member(tokens(text), name);
  }

  /** Returns the text of a member of the root like {@link #member(String, String)}. */
  public static Optional<String> member(byte[] utf8, String name) {
    return member(tokens(utf8), name);
  }

  private static Optional<String> member(JsonParser opened, String name) {
    try (var tokens = opened) {
      if (tokens.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (tokens.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean found = tokens.currentName().equals(name);
        var value = tokens.nextToken();
        if (found) {
          return value == JsonToken.VALUE_STRING
              ? Optional.of(tokens.getString())
              : Optional.empty();
        }
        tokens.skipChildren();
      }
      return Optional.empty();
    }
  }

  /** Opens the copy of a text, which is written as {@link #bytes} would write its tree. */
  public static JsonGenerator copy(OutputStream out) {
    return MAPPER.createGenerator(out);
  }

  public static <T> T read(String text, Class<T> type) {
    ProtocolCost.JSON_BINDINGS.count();
    return MAPPER.readValue(text, type);
  }

  /**
   * @throws JacksonException as {@link #parse(byte[])}
   */
  public static <T> T read(byte[] utf8, Class<T> type) {
    ProtocolCost.JSON_BINDINGS.count();
    checkEncoding(utf8);
    return MAPPER.readValue(utf8, type);
  }

  public static <T> T read(JsonNode tree, Class<T> type) {
    ProtocolCost.JSON_BINDINGS.count();
    return MAPPER.treeToValue(tree, type);
  }

  /** Refuses other encodings than UTF-8, which the parser would detect and accept. */
  private static void checkEncoding(byte[] json) {
    for (int i = 0; i < Math.min(4, json.length); i++) {
      int octet = json[i] & 0xff;
      if (octet == 0 || octet >= 0xfe || (i == 0 && octet == 0xef)) {
        throw new StreamReadException(
            null, "the text is not JSON in UTF-8 without a byte order mark");
      }
    }
  }

  public static String write(Object value) {
    ProtocolCost.JSON_WRITES.count();
    return MAPPER.writeValueAsString(value);
  }

  /** Writes what {@link #bytes} returns to a stream, and closes it. */
  public static void write(Object value, OutputStream out) {
    ProtocolCost.JSON_WRITES.count();
    MAPPER.writeValue(out, value);
  }

  public static byte[] bytes(Object value) {
    ProtocolCost.JSON_WRITES.count();
    return MAPPER.writeValueAsBytes(value);
  }
}
