package org.actsandbox.protocol.wire;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.actsandbox.protocol.a402.ProofCodec;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.json.JsonMismatch;
import org.actsandbox.protocol.json.OpenMembers;
import org.actsandbox.protocol.refusal.FieldMistake;
import org.actsandbox.protocol.refusal.FieldMistake.Reason;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JsonNode;

/**
 * Finds all mistakes of a message before it is bound to its record: fields that the record does not
 * have, required fields that are missing, values of another type or form, and texts and lists that
 * are too long.
 */
final class MessageCheck {

  /** In characters: the limit of payment proofs, because all other texts are shorter. */
  static final int MAX_TEXT = ProofCodec.MAX_LENGTH;

  static final int MAX_ELEMENTS = 64;

  /** An answer with more mistakes would help no caller, and could be longer than the request. */
  static final int MAX_MISTAKES = 20;

  private static final int MAX_NAME = 64;

  private static final Set<Class<?>> WHOLE_NUMBERS =
      Set.of(int.class, Integer.class, long.class, Long.class);

  /** Says what reads the texts that are a time, an amount, an id or the like. */
  enum Leaves {
    /** The check reads each of them, and so finds all that cannot be read. */
    EACH,
    /**
     * The binding of the whole message does. It fails if one of them cannot be read; only then is
     * it worth asking which.
     */
    OF_THE_BINDING
  }

  private final boolean allowsUnknown;
  private final int maxText;
  private final Leaves leaves;
  private final List<FieldMistake> mistakes = new ArrayList<>();

  private MessageCheck(boolean allowsUnknown, int maxText, Leaves leaves) {
    this.allowsUnknown = allowsUnknown;
    this.maxText = maxText;
    this.leaves = leaves;
  }

  /**
   * Returns the first {@link #MAX_MISTAKES} mistakes of a message, in the order of the record's
   * fields; unknown fields come first, because a misspelt field is missing as well.
   *
   * @param at the path of the message in the request; empty if it is the request
   * @param allowsUnknown whether the message may have fields that this version does not know
   * @param maxText the longest text, in characters
   */
  static List<FieldMistake> mistakes(
      JsonNode message,
      Class<?> type,
      String at,
      boolean allowsUnknown,
      int maxText,
      Leaves leaves) {
    var check = new MessageCheck(allowsUnknown, maxText, leaves);
    check.checkClass(message, type, null, at);
    return check.mistakes.size() <= MAX_MISTAKES
        ? List.copyOf(check.mistakes)
        : List.copyOf(check.mistakes.subList(0, MAX_MISTAKES));
  }

  private void check(JsonNode value, AnnotatedType type, String at) {
    if (value.isNull()) {
      if (!RecordFields.isNullable(type)) {
        add(at, Reason.MISSING, at + " is null", "a value", "null");
      }
    } else {
      checkClass(value, rawClass(type.getType()), type, at);
    }
  }

  private void checkClass(
      JsonNode value, Class<?> type, @Nullable AnnotatedType annotated, String at) {
    if (mistakes.size() > MAX_MISTAKES) {
      return;
    }
    if (type == Object.class || JsonNode.class.isAssignableFrom(type)) {
      checkLimits(value, at);
    } else if (RecordFields.isStructured(type)) {
      if (isObject(value, type, at)) {
        checkRecord(value, type, RecordFields.names(type), at);
      }
    } else if (type.isAnnotationPresent(JsonSubTypes.class)) {
      if (isObject(value, type, at)) {
        checkKind(value, type, at);
      }
    } else if (annotated != null && Collection.class.isAssignableFrom(type)) {
      checkElements(value, argument(annotated, 0), at);
    } else if (annotated != null && Map.class.isAssignableFrom(type)) {
      checkEntries(value, argument(annotated, 1), at);
    } else {
      checkLeaf(value, type, at);
    }
  }

  private boolean isObject(JsonNode value, Class<?> type, String at) {
    if (value.isObject()) {
      return true;
    }
    addForm(at, type, value, null);
    return false;
  }

  private void checkRecord(JsonNode object, Class<?> type, Set<String> known, String at) {
    if (!allowsUnknown && !type.isAnnotationPresent(OpenMembers.class)) {
      checkNames(object, known, at);
    }
    for (var field : RecordFields.of(type)) {
      var path = below(at, field.name());
      var value = object.get(field.name());
      if (value != null && !value.isNull()) {
        check(value, field.type(), path);
      } else if (field.isRequired()) {
        add(
            path,
            Reason.MISSING,
            path + " is missing",
            formOf(field.type()),
            value == null ? null : "null");
      }
    }
  }

  private void checkNames(JsonNode object, Set<String> known, String at) {
    for (var name : object.propertyNames()) {
      if (!known.contains(name) && mistakes.size() <= MAX_MISTAKES) {
        mistakes.add(unknown(name, known, at));
      }
    }
  }

  /**
   * Describes an unknown field.
   *
   * @param known the names that the object may have
   */
  static FieldMistake unknown(String name, Set<String> known, String at) {
    var path = below(at, name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME) + "…");
    return new FieldMistake(
        path,
        Reason.UNKNOWN,
        "there is no field " + path,
        known.isEmpty() ? "no fields" : "one of " + String.join(", ", known),
        null,
        NearestWord.find(name, known)
            .map(near -> "Did you mean " + near + "?")
            .orElse("Leave it out, or say it with a field there is."));
  }

  /** Describes a missing field that the record itself does not require. */
  static FieldMistake missing(String name, Class<?> type) {
    var form =
        RecordFields.of(type).stream()
            .filter(field -> field.name().equals(name))
            .findFirst()
            .map(field -> formOf(field.type()))
            .orElseThrow(() -> new IllegalArgumentException(type + " has no field " + name));
    return new FieldMistake(name, Reason.MISSING, name + " is missing", form, null, null);
  }

  /** Checks an object whose member, such as {@code kind}, names its record. */
  private void checkKind(JsonNode object, Class<?> base, String at) {
    var member = base.getAnnotation(JsonTypeInfo.class).property();
    var kinds = Arrays.asList(base.getAnnotation(JsonSubTypes.class).value());
    var named = object.path(member);
    var kind = kinds.stream().filter(each -> each.name().equals(named.asString(""))).findFirst();
    if (kind.isPresent()) {
      var known = new TreeSet<>(RecordFields.names(kind.get().value()));
      known.add(member);
      checkRecord(object, kind.get().value(), known, at);
      return;
    }
    var path = below(at, member);
    var expected =
        "one of " + String.join(", ", kinds.stream().map(JsonSubTypes.Type::name).toList());
    if (named.isMissingNode() || named.isNull()) {
      add(path, Reason.MISSING, path + " is missing", expected, null);
    } else {
      add(path, Reason.WRONG_FORM, formMessage(path), expected, describe(named));
    }
  }

  private void checkElements(JsonNode list, AnnotatedType element, String at) {
    if (!list.isArray()) {
      addForm(at, List.class, list, null);
    } else if (isShort(list.size(), MAX_ELEMENTS, at)) {
      for (int i = 0; i < list.size(); i++) {
        check(list.get(i), element, "%s[%d]".formatted(at, i));
      }
    }
  }

  private void checkEntries(JsonNode map, AnnotatedType value, String at) {
    if (!map.isObject()) {
      addForm(at, Map.class, map, null);
    } else if (isShort(map.size(), MAX_ELEMENTS, at)) {
      map.properties().forEach(entry -> check(entry.getValue(), value, below(at, entry.getKey())));
    }
  }

  private void checkLeaf(JsonNode value, Class<?> type, String at) {
    if (type == String.class) {
      if (value.isString()) {
        isShort(value.stringValue().length(), maxText, at);
      } else {
        // The mapper would make a text of a number, which is then not what was signed.
        addForm(at, type, value, null);
      }
      return;
    }
    if (WHOLE_NUMBERS.contains(type) && value.isInt()) {
      return;
    }
    if (WHOLE_NUMBERS.contains(type) && value.isNumber() && !isWhole(value)) {
      // The mapper would cut the fraction off.
      addForm(at, type, value, null);
      return;
    }
    if (leaves == Leaves.OF_THE_BINDING && value.isString() && hasText(value.stringValue())) {
      return;
    }
    try {
      // The mapper reads an empty text as no value, for a time or a number.
      if (isNothing(Json.read(value, type))) {
        addForm(at, type, value, null);
      }
    } catch (DatabindException wrong) {
      addForm(at, type, value, JsonMismatch.of(wrong));
    } catch (JacksonException wrong) {
      addForm(at, type, value, null);
    }
  }

  /** Says whether the text is more than the spaces and control characters that the mapper trims. */
  private static boolean hasText(String text) {
    return !text.isBlank() && !text.trim().isEmpty();
  }

  private static boolean isNothing(@Nullable Object read) {
    return read == null;
  }

  private static boolean isWhole(JsonNode number) {
    return number.isIntegralNumber() || number.decimalValue().stripTrailingZeros().scale() <= 0;
  }

  /** Limits the texts, lists and objects of a part whose form this version does not know. */
  private void checkLimits(JsonNode value, String at) {
    if (value.isString()) {
      isShort(value.stringValue().length(), maxText, at);
    } else if (value.isContainer() && isShort(value.size(), MAX_ELEMENTS, at)) {
      int i = 0;
      for (var element : value.values()) {
        checkLimits(element, value.isArray() ? "%s[%d]".formatted(at, i) : at);
        i++;
      }
    }
  }

  private boolean isShort(int size, int max, String at) {
    if (size > max) {
      add(at, Reason.TOO_LONG, at + " is too long", "at most " + max, String.valueOf(size));
    }
    return size <= max;
  }

  private void addForm(String at, Class<?> type, JsonNode value, @Nullable JsonMismatch mismatch) {
    var path = at.isEmpty() ? "body" : at;
    var expected = mismatch == null ? null : mismatch.expected();
    var observed = mismatch == null ? null : mismatch.observed();
    add(
        path,
        Reason.WRONG_FORM,
        formMessage(path),
        expected == null && (!type.isRecord() || RecordFields.isStructured(type))
            ? JsonMismatch.expectedForm(type)
            : expected,
        observed == null ? describe(value) : observed);
  }

  private static String formMessage(String path) {
    return path + " has the wrong type or form";
  }

  private void add(
      String at, Reason reason, String message, @Nullable String expected, @Nullable String found) {
    mistakes.add(new FieldMistake(at, reason, message, expected, found, null));
  }

  /** Describes a value without quoting texts, which may be secrets. */
  private static String describe(JsonNode value) {
    return switch (value.getNodeType()) {
      case NUMBER, BOOLEAN -> "the value " + value.asString();
      case STRING -> "a text of " + value.stringValue().length() + " characters";
      case ARRAY -> "a list";
      case OBJECT -> "an object";
      default -> "null";
    };
  }

  private static String formOf(AnnotatedType type) {
    var form = JsonMismatch.expectedForm(rawClass(type.getType()));
    return form == null ? "a value" : form;
  }

  private static Class<?> rawClass(Type type) {
    return switch (type) {
      case Class<?> known -> known;
      case ParameterizedType generic -> rawClass(generic.getRawType());
      default -> Object.class;
    };
  }

  private static AnnotatedType argument(AnnotatedType type, int index) {
    return ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments()[index];
  }

  private static String below(String at, String name) {
    return at.isEmpty() ? name : at + "." + name;
  }
}
