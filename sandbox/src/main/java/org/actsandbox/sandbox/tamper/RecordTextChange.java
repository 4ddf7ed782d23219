package org.actsandbox.sandbox.tamper;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.wire.FieldChecks;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes one character of a record to another one of its kind. */
final class RecordTextChange {

  private static final int MAX_POINTER = 200;
  private static final List<String> MONEY = List.of("amount", "total");

  private RecordTextChange() {}

  /**
   * Represents the changed record, and the text before and after the change.
   *
   * @param json the whole record
   */
  record ChangedText(String place, String before, String after, String json) {}

  /** Returns the field with the amount, or else the first text of the event. */
  static String defaultField(String record) {
    var texts =
        Json.parse(record).path("event_body").properties().stream()
            .filter(field -> field.getValue().isString() && !field.getValue().asString().isEmpty())
            .map(Map.Entry::getKey)
            .toList();
    return Stream.concat(MONEY.stream().filter(texts::contains), texts.stream())
        .findFirst()
        .map(field -> "/event_body/" + field)
        .orElseThrow(() -> RecordBreaks.missing("a record with a text in its event"));
  }

  /**
   * Changes the first character that leaves the record readable.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code invalid_field}
   */
  static RecordTextChange.ChangedText change(String record, String field) {
    var pointer = pointer(field);
    var value = Json.parse(record).at(pointer);
    if (!value.isString()) {
      throw FieldChecks.invalid("field", "a JSON pointer to a text of the record", field);
    }
    var before = value.stringValue();
    for (int i = 0; i < before.length(); i++) {
      char other = next(before.charAt(i));
      if (other != before.charAt(i)) {
        var after = before.substring(0, i) + other + before.substring(i + 1);
        var json = with(record, pointer, after);
        if (isReadable(json)) {
          return new RecordTextChange.ChangedText(field, before, after, json);
        }
      }
    }
    throw FieldChecks.invalid("field", "a text that may be another one", field);
  }

  private static JsonPointer pointer(String field) {
    if (!field.startsWith("/") || field.length() > MAX_POINTER) {
      throw FieldChecks.invalid("field", "a JSON pointer such as /event_body/total", field);
    }
    try {
      return JsonPointer.compile(field);
    } catch (IllegalArgumentException malformed) {
      throw FieldChecks.invalid("field", "a JSON pointer such as /event_body/total", field);
    }
  }

  private static String with(String record, JsonPointer pointer, String value) {
    var json = Json.parse(record);
    JsonNode parent = json.at(pointer.head());
    var last = pointer.last();
    if (parent instanceof ObjectNode object) {
      object.put(last.getMatchingProperty(), value);
    } else if (parent instanceof ArrayNode array) {
      array.set(last.getMatchingIndex(), Json.tree(value));
    }
    return Json.write(json);
  }

  /** Returns another digit for a digit, another letter for a letter. */
  private static char next(char one) {
    if (one >= '0' && one <= '9') {
      return one == '9' ? '0' : (char) (one + 1);
    }
    if (one >= 'a' && one <= 'z') {
      return one == 'z' ? 'a' : (char) (one + 1);
    }
    if (one >= 'A' && one <= 'Z') {
      return one == 'Z' ? 'A' : (char) (one + 1);
    }
    return one;
  }

  private static boolean isReadable(String json) {
    try {
      return !Json.read(json, OffChainRecord.class).participants().isEmpty();
    } catch (JacksonException | IllegalArgumentException | NullPointerException unreadable) {
      return false;
    }
  }
}
