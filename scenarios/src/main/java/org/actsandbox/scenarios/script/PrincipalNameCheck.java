package org.actsandbox.scenarios.script;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Which expectations may name a principal, and whom they may name. */
public final class PrincipalNameCheck {

  /** The key that names a principal: of a step, and of an expectation. */
  public static final String KEY = "who";

  /** The principal every world has. */
  public static final String FIRST = "principal";

  /** What a principal has; merchants know agents and no principals. */
  private static final Set<String> KINDS =
      Set.of(
          "orders",
          "trades",
          "delegations",
          "attestations",
          "tasks",
          "watches",
          "disputes",
          "ledger");

  private PrincipalNameCheck() {}

  /**
   * @param ending of the file's end, or of a {@code check}
   * @param principals all of the world
   * @throws InvalidScript with the line of a name nobody has, or of one where there is none
   */
  static void require(
      YamlDocument yamlDocument, JsonNode ending, String pointer, Set<String> principals) {
    ending
        .properties()
        .forEach(
            kind -> {
              var at = pointer + "/" + kind.getKey();
              if (KINDS.contains(kind.getKey())) {
                each(yamlDocument, kind.getValue(), at, principals);
              } else {
                kind.getValue()
                    .properties()
                    .forEach(part -> none(yamlDocument, part.getValue(), at + "/" + part.getKey()));
              }
            });
  }

  static void requireKnown(
      YamlDocument yamlDocument, JsonNode who, String pointer, Set<String> principals) {
    if (!who.isMissingNode() && !(who.isString() && principals.contains(who.stringValue()))) {
      throw ScriptReader.refused(
          yamlDocument,
          pointer,
          "a principal of world.principals: " + String.join(", ", principals),
          who.asString(who.toString()));
    }
  }

  private static void each(
      YamlDocument yamlDocument, JsonNode wanted, String pointer, Set<String> principals) {
    if (wanted instanceof ObjectNode) {
      requireKnown(yamlDocument, wanted.path(KEY), pointer + "/" + KEY, principals);
      return;
    }
    int index = 0;
    for (var item : wanted) {
      requireKnown(yamlDocument, item.path(KEY), pointer + "/" + index++ + "/" + KEY, principals);
    }
  }

  private static void none(YamlDocument yamlDocument, JsonNode wanted, String pointer) {
    int index = 0;
    for (var item : wanted) {
      if (item.has(KEY)) {
        throw ScriptReader.refused(
            yamlDocument,
            pointer + "/" + index + "/" + KEY,
            "no who: merchants know agents, not principals",
            item.path(KEY).asString(""));
      }
      index++;
    }
  }
}
