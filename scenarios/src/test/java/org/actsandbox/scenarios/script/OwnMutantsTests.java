package org.actsandbox.scenarios.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests that a scenario keeps the mutants of its own file when another one is added. */
class OwnMutantsTests {

  private static final String TEXT =
      """
      scenario: with-a-rogue
      world: {mutants: [bait-price]}
      steps:
        - advance: PT0S
      """;

  @Test
  void anotherMutantIsAddedToItsOwn() {
    assertThat(mutants("debited-twice")).containsExactly("bait-price", "debited-twice");
  }

  @Test
  void itsOwnMutantIsListedOnce() {
    assertThat(mutants("bait-price")).containsExactly("bait-price");
  }

  private static List<String> mutants(String added) {
    return ScriptReader.read("with-a-rogue.yaml", TEXT)
        .withMutants(List.of(added))
        .world()
        .path("mutants")
        .valueStream()
        .map(JsonNode::asString)
        .toList();
  }
}
