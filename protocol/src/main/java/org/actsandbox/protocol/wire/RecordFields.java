package org.actsandbox.protocol.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Knows the fields of records by their names on the wire. */
public final class RecordFields {

  private static final ClassValue<List<Field>> FIELDS =
      new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
          return Arrays.stream(type.getRecordComponents()).map(Field::of).toList();
        }
      };

  private static final ClassValue<Set<String>> NAMES =
      new ClassValue<>() {
        @Override
        protected Set<String> computeValue(Class<?> type) {
          return of(type).stream()
              .map(Field::name)
              .collect(
                  Collectors.collectingAndThen(
                      Collectors.toCollection(TreeSet::new), Collections::unmodifiableSet));
        }
      };

  private static final ClassValue<Boolean> STRUCTURED =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return type.isRecord() && !hasOwnForm(type);
        }
      };

  private RecordFields() {}

  /**
   * Represents a field of a record.
   *
   * @param name the name on the wire
   */
  record Field(String name, AnnotatedType type) {

    static Field of(RecordComponent component) {
      return new Field(wireName(component), component.getAnnotatedType());
    }

    boolean isRequired() {
      return !isNullable(type);
    }
  }

  /** Returns the wire names of a record's fields, sorted. */
  public static Set<String> names(Class<?> type) {
    return NAMES.get(type);
  }

  /** Returns whether the component has this wire name. */
  public static boolean isNamed(RecordComponent component, String field) {
    return wireName(component).equals(field);
  }

  static List<Field> of(Class<?> type) {
    return FIELDS.get(type);
  }

  /** Returns whether the type is a record that is written as an object of its components. */
  static boolean isStructured(Class<?> type) {
    return STRUCTURED.get(type);
  }

  static boolean isNullable(AnnotatedType type) {
    return type.isAnnotationPresent(Nullable.class);
  }

  /** Returns whether the record has a form of its own on the wire, such as a text. */
  private static boolean hasOwnForm(Class<?> type) {
    Stream<AnnotatedElement> members =
        Stream.concat(
            Arrays.stream(type.getDeclaredMethods()), Arrays.stream(type.getDeclaredFields()));
    return members.anyMatch(
        member ->
            member.isAnnotationPresent(JsonCreator.class)
                || member.isAnnotationPresent(JsonValue.class));
  }

  private static String wireName(RecordComponent component) {
    var named = component.getAccessor().getAnnotation(JsonProperty.class);
    return named == null || named.value().isEmpty()
        ? component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT)
        : named.value();
  }
}
