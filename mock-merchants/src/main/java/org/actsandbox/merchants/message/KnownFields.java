package org.actsandbox.merchants.message;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import tools.jackson.databind.JsonNode;

/**
 * Refuses members that a record does not have. Most messages may carry more than this version
 * knows; where a member that is passed over would be taken for understood, they may not.
 */
public final class KnownFields {

  private static final ClassValue<Set<String>> NAMES =
      new ClassValue<>() {
        @Override
        protected Set<String> computeValue(Class<?> type) {
          return Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getName)
              .map(KnownFields::onTheWire)
              .collect(Collectors.toCollection(TreeSet::new));
        }
      };

  private KnownFields() {}

  /** The members of a record as they are written, in the order of the alphabet. */
  public static Set<String> of(Class<? extends Record> type) {
    return NAMES.get(type);
  }

  /**
   * @param at where the object stands in the message
   * @throws Refusal {@code problem}, naming the member
   */
  public static void check(
      JsonNode object, Class<? extends Record> type, String at, Problem problem) {
    check(object, of(type), at, problem);
  }

  /** The same for an object whose members are no record's. */
  public static void check(JsonNode object, Set<String> known, String at, Problem problem) {
    for (var name : object.propertyNames()) {
      if (!known.contains(name)) {
        throw new Refusal(problem, "there is no such field")
            .at(at + "." + name)
            .expected("one of " + String.join(", ", known))
            .remedy("Leave it out, or say it with a field there is.");
      }
    }
  }

  /** Whether the component is this member. */
  public static boolean isNamed(RecordComponent component, String member) {
    return onTheWire(component.getName()).equals(member);
  }

  static String onTheWire(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
