package org.actsandbox.agent.language;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads, makes and copies records by the names of their components. Those of a wish are the slots
 * that a sentence can fill, change and drop.
 */
public final class Slots {

  private Slots() {}

  /** Returns the values of a record by name, in the order of its components. */
  public static Map<String, @Nullable Object> values(Record from) {
    var values = new LinkedHashMap<String, @Nullable Object>();
    for (var component : from.getClass().getRecordComponents()) {
      try {
        values.put(component.getName(), component.getAccessor().invoke(from));
      } catch (ReflectiveOperationException impossible) {
        throw new IllegalStateException(component + " cannot be read", impossible);
      }
    }
    return values;
  }

  /**
   * Makes a record of the value that each component has by its name.
   *
   * @throws IllegalArgumentException if the record refuses a value
   */
  public static <R extends Record> R make(
      Class<R> type, Function<String, @Nullable Object> values) {
    var components = type.getRecordComponents();
    var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types)
          .newInstance(
              Arrays.stream(components).map(each -> values.apply(each.getName())).toArray());
    } catch (InvocationTargetException refused) {
      throw new IllegalArgumentException(String.valueOf(refused.getCause()), refused);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(type + " cannot be made", impossible);
    }
  }

  /** Returns a copy of a record with other values, each of which follows its name. */
  @SuppressWarnings("unchecked")
  public static <R extends Record> R with(R original, @Nullable Object... namesAndValues) {
    var values = values(original);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      var name = String.valueOf(namesAndValues[i]);
      if (!values.containsKey(name)) {
        throw new IllegalArgumentException(original.getClass() + " has no component " + name);
      }
      values.put(name, namesAndValues[i + 1]);
    }
    return make((Class<R>) original.getClass(), values::get);
  }
}
