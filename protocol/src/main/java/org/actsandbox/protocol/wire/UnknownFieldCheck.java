package org.actsandbox.protocol.wire;

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
 * Refuses members that a record does not have. Most messages may have members that this version
 * does not know. This check is for messages in which a sender relies on the effect of every member.
 */
public final class UnknownFieldCheck {

  private static final ClassValue<Set<String>> NAMES =
      new ClassValue<>() {
        @Override
        protected Set<String> computeValue(Class<?> type) {
          return Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getName)
              .map(UnknownFieldCheck::wireName)
              .collect(Collectors.toCollection(TreeSet::new));
        }
      };

  private UnknownFieldCheck() {}

  /** Returns the wire names of a record's members, sorted. */
  public static Set<String> of(Class<? extends Record> type) {
    return NAMES.get(type);
  }

  /**
   * @param at path of the object in the message
   * @throws Refusal {@code problem}, with the unknown member
   */
  public static void check(
      JsonNode object, Class<? extends Record> type, String at, Problem problem) {
    check(object, of(type), at, problem);
  }

  /** Does the same for an object that is not bound to a record. */
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

  /** Returns whether the component has this wire name. */
  public static boolean isNamed(RecordComponent component, String member) {
    return wireName(component.getName()).equals(member);
  }

  static String wireName(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
