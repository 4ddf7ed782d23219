package org.actsandbox.scenarios.script;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks which expectations of a file may name a principal, and that a named principal exists. */
public final class PrincipalNameCheck {

  /** The key with which a step or an expectation names a principal. */
  public static final String KEY = "who";

  /** The name of the principal that every world has. */
  public static final String FIRST = "principal";

  /** The kinds of expectations about things that a principal has. Merchants know no principals. */
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
   * Requires that every principal named in the expectations exists and may be named there.
   *
   * @param expectations the file's {@code expect}, or the arguments of a {@code check}
   * @param principals the names of all principals of the world
   * @throws InvalidScript with the line of an unknown name, or of a name where none is allowed
   */
  static void require(
      YamlDocument yamlDocument, JsonNode expectations, String pointer, Set<String> principals) {
    expectations
        .properties()
        .forEach(
            kind -> {
              var at = pointer + "/" + kind.getKey();
              if (KINDS.contains(kind.getKey())) {
                requireAllKnown(yamlDocument, kind.getValue(), at, principals);
              } else {
                kind.getValue()
                    .properties()
                    .forEach(
                        part ->
                            requireNoName(yamlDocument, part.getValue(), at + "/" + part.getKey()));
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

  private static void requireAllKnown(
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

  private static void requireNoName(YamlDocument yamlDocument, JsonNode wanted, String pointer) {
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
