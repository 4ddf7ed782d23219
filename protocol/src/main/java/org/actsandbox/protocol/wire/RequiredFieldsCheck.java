package org.actsandbox.protocol.wire;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.a402.ProofCodec;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a bound message that lacks a required field, because binding alone leaves missing fields
 * null. It also limits the length of texts and lists.
 */
final class RequiredFieldsCheck {

  /** In characters: the limit of payment proofs, because all other texts are shorter. */
  static final int MAX_TEXT = ProofCodec.MAX_LENGTH;

  static final int MAX_ELEMENTS = 64;

  private static final ClassValue<List<Field>> FIELDS =
      new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
          return List.of(type.getRecordComponents()).stream().map(Field::of).toList();
        }
      };

  private final Problem problem;

  RequiredFieldsCheck(Problem problem) {
    this.problem = problem;
  }

  <T> T check(T message) {
    checkRecord(message, "");
    return message;
  }

  private void checkRecord(Object message, String path) {
    for (var field : FIELDS.get(message.getClass())) {
      var at = path.isEmpty() ? field.name : path + "." + field.name;
      var value = field.read(message);
      if (value != null) {
        checkValue(value, at);
      } else if (field.required) {
        throw new Refusal(problem, at + " is missing").at(at).expected("a value");
      }
    }
  }

  private void checkValue(@Nullable Object value, String at) {
    switch (value) {
      case null -> throw new Refusal(problem, at + " is null").at(at).expected("a value");
      case String text when text.length() > MAX_TEXT -> throw tooLong(at, text.length(), MAX_TEXT);
      case Collection<?> elements -> {
        checkSize(elements.size(), at);
        int i = 0;
        for (var element : elements) {
          checkValue(element, "%s[%d]".formatted(at, i++));
        }
      }
      case Map<?, ?> entries -> {
        checkSize(entries.size(), at);
        entries.forEach((key, element) -> checkValue(element, at + "." + key));
      }
      case Record nested -> checkRecord(nested, at);
      default -> {}
    }
  }

  private void checkSize(int size, String at) {
    if (size > MAX_ELEMENTS) {
      throw tooLong(at, size, MAX_ELEMENTS);
    }
  }

  private Refusal tooLong(String at, int size, int max) {
    return new Refusal(problem, at + " is too long")
        .at(at)
        .expected("at most " + max)
        .observed(String.valueOf(size));
  }

  private record Field(String name, boolean required, RecordComponent component) {

    static Field of(RecordComponent component) {
      boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      component.getAccessor().setAccessible(true);
      return new Field(UnknownFieldCheck.wireName(component.getName()), !nullable, component);
    }

    @Nullable Object read(Object message) {
      try {
        return component.getAccessor().invoke(message);
      } catch (IllegalAccessException | InvocationTargetException broken) {
        throw new IllegalStateException("cannot read " + component, broken);
      }
    }
  }
}
