package org.actsandbox.protocol.json;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * The place where a JSON document does not fit the type that it was read as.
 *
 * @param at path such as {@code lines[0].quantity}; empty for the whole document
 * @param expected description of a fitting value; null if unknown
 * @param observed the value, shortened; null for texts, which may be secrets
 */
public record JsonMismatch(String at, @Nullable String expected, @Nullable String observed) {

  private static final int MAX_OBSERVED = 60;

  public static JsonMismatch of(DatabindException failed) {
    var at =
        failed.getPath().stream()
            .map(JsonMismatch::step)
            .collect(Collectors.joining("."))
            .replace(".[", "[");
    return switch (failed) {
      case InvalidTypeIdException kind -> unknownKind(at, kind);
      case InvalidFormatException form ->
          new JsonMismatch(
              at, expectedForm(form.getTargetType()), cut(String.valueOf(form.getValue())));
      case MismatchedInputException other when other.getTargetType() != null ->
          new JsonMismatch(at, expectedForm(other.getTargetType()), null);
      default -> new JsonMismatch(at, null, null);
    };
  }

  /** Describes the values of {@code type} on the wire; null if unknown. */
  public static @Nullable String expectedForm(@Nullable Type type) {
    if (!(type instanceof Class<?> known)) {
      return null;
    }
    if (known.isEnum()) {
      return Arrays.stream(known.getEnumConstants())
          .map(constant -> Json.tree(constant).asString())
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    if (known == int.class
        || known == Integer.class
        || known == long.class
        || known == Long.class) {
      return "a whole number";
    }
    if (known == BigDecimal.class) {
      return "a number such as 12.50";
    }
    if (known == boolean.class || known == Boolean.class) {
      return "true or false";
    }
    if (known == String.class) {
      return "a text";
    }
    if (known == Instant.class) {
      return "a time such as 2026-01-20T08:00:00Z";
    }
    if (known == LocalDate.class) {
      return "a date such as 2026-01-20";
    }
    if (known == LocalTime.class) {
      return "a time of day such as 08:30";
    }
    if (known == Duration.class) {
      return "a duration such as PT10M";
    }
    if (Collection.class.isAssignableFrom(known)) {
      return "a list";
    }
    return known.isRecord() || Map.class.isAssignableFrom(known) ? "an object" : null;
  }

  private static JsonMismatch unknownKind(String at, InvalidTypeIdException failed) {
    var base = failed.getBaseType().getRawClass();
    var property = base.getAnnotation(JsonTypeInfo.class);
    var kinds = base.getAnnotation(JsonSubTypes.class);
    if (property == null || kinds == null) {
      return new JsonMismatch(at, null, null);
    }
    return new JsonMismatch(
        at.isEmpty() ? property.property() : at + "." + property.property(),
        Stream.of(kinds.value())
            .map(JsonSubTypes.Type::name)
            .collect(Collectors.joining(", ", "one of ", "")),
        failed.getTypeId() == null ? "nothing" : cut(failed.getTypeId()));
  }

  private static String step(JacksonException.Reference step) {
    return step.getPropertyName() == null ? "[" + step.getIndex() + "]" : step.getPropertyName();
  }

  private static String cut(String text) {
    return text.length() <= MAX_OBSERVED ? text : text.substring(0, MAX_OBSERVED) + "…";
  }
}
