package org.actsandbox.scenarios.script;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Which expectations may name a principal, and whom they may name. */
public final class Whose {

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

  private Whose() {}

  /**
   * @param ending of the file's end, or of a {@code check}
   * @param principals all of the world
   * @throws ScriptRefused with the line of a name nobody has, or of one where there is none
   */
  static void require(Document document, JsonNode ending, String pointer, Set<String> principals) {
    ending
        .properties()
        .forEach(
            kind -> {
              var at = pointer + "/" + kind.getKey();
              if (KINDS.contains(kind.getKey())) {
                each(document, kind.getValue(), at, principals);
              } else {
                kind.getValue()
                    .properties()
                    .forEach(part -> none(document, part.getValue(), at + "/" + part.getKey()));
              }
            });
  }

  static void requireKnown(
      Document document, JsonNode who, String pointer, Set<String> principals) {
    if (!who.isMissingNode() && !(who.isString() && principals.contains(who.stringValue()))) {
      throw Scripts.refused(
          document,
          pointer,
          "a principal of world.principals: " + String.join(", ", principals),
          who.asString(who.toString()));
    }
  }

  private static void each(
      Document document, JsonNode wanted, String pointer, Set<String> principals) {
    if (wanted instanceof ObjectNode) {
      requireKnown(document, wanted.path(KEY), pointer + "/" + KEY, principals);
      return;
    }
    int index = 0;
    for (var item : wanted) {
      requireKnown(document, item.path(KEY), pointer + "/" + index++ + "/" + KEY, principals);
    }
  }

  private static void none(Document document, JsonNode wanted, String pointer) {
    int index = 0;
    for (var item : wanted) {
      if (item.has(KEY)) {
        throw Scripts.refused(
            document,
            pointer + "/" + index + "/" + KEY,
            "no who: merchants know agents, not principals",
            item.path(KEY).asString(""));
      }
      index++;
    }
  }
}
