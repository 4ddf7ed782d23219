package org.actsandbox.protocol.identity;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Copies a record with the three signature fields of its signed tree. All other values are the
 * record's own, so the tree needs not be bound to a record again.
 */
final class SignedRecord {

  /** The signature's fields on the wire by the names of their components. */
  private static final Map<String, String> FIELDS =
      Map.of(
          "signerId", SignedJson.SIGNER_ID,
          "signatureType", SignedJson.SIGNATURE_TYPE,
          "signatureContent", SignedJson.SIGNATURE_CONTENT);

  private static final ClassValue<Shape> SHAPES =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          return Shape.of(type);
        }
      };

  private SignedRecord() {}

  /**
   * Returns the copy.
   *
   * @param signed the tree of the message with its signature
   */
  static <T extends Record> T copy(T message, Class<T> type, ObjectNode signed) {
    return type.cast(SHAPES.get(type).copy(message, signed));
  }

  /**
   * Holds how a type of record is taken apart and made.
   *
   * @param fields the names of the signature's fields on the wire, in the places of their
   *     components; null in all other places
   */
  private record Shape(
      Constructor<?> constructor, List<Method> accessors, List<@Nullable String> fields) {

    static Shape of(Class<?> type) {
      var components = type.getRecordComponents();
      var fields = new ArrayList<@Nullable String>();
      for (var component : components) {
        fields.add(FIELDS.get(component.getName()));
      }
      if (!fields.containsAll(FIELDS.values())) {
        throw new IllegalArgumentException(type + " has not the three signature fields");
      }
      try {
        var constructor =
            type.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
        constructor.setAccessible(true);
        var accessors = Arrays.stream(components).map(RecordComponent::getAccessor).toList();
        accessors.forEach(accessor -> accessor.setAccessible(true));
        return new Shape(constructor, accessors, fields);
      } catch (NoSuchMethodException impossible) {
        throw new IllegalStateException(type + " has no canonical constructor", impossible);
      }
    }

    Object copy(Object message, ObjectNode signed) {
      var values = new @Nullable Object[accessors.size()];
      try {
        for (int i = 0; i < values.length; i++) {
          var field = fields.get(i);
          values[i] =
              field == null ? accessors.get(i).invoke(message) : signed.path(field).stringValue();
        }
        return constructor.newInstance(values);
      } catch (ReflectiveOperationException failed) {
        throw new IllegalStateException("a record cannot be copied", failed);
      }
    }
  }
}
