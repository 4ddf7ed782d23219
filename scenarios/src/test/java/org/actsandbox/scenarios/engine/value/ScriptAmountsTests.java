package org.actsandbox.scenarios.engine.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;

/** Tests that amounts of a script reach the wire as texts. */
class ScriptAmountsTests {

  @Test
  void aNumberBecomesItsText() {
    assertThat(ScriptAmounts.text(Json.parse("60"))).isEqualTo(Json.parse("\"60\""));
    assertThat(ScriptAmounts.text(Json.parse("12.5"))).isEqualTo(Json.parse("\"12.5\""));
  }

  @Test
  void anyOtherValueStaysForTheServerToJudge() {
    assertThat(ScriptAmounts.text(Json.parse("\"60.00\""))).isEqualTo(Json.parse("\"60.00\""));
    assertThat(ScriptAmounts.text(Json.parse("[]"))).isEqualTo(Json.parse("[]"));
  }
}
