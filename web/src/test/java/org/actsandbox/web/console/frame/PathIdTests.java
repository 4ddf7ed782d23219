package org.actsandbox.web.console.frame;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.actsandbox.protocol.refusal.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that only an id comes into the path of a call. */
class PathIdTests {

  @Test
  void anIdIsTaken() {
    assertThatCode(() -> PathId.require("DSP-00000RG1HKHTD8V", "dispute", "dispute_id"))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../reset", "a/b", "a?x=1", "a%2Fb", "号"})
  void anythingElseIsNotThere(String id) {
    assertThatThrownBy(() -> PathId.require(id, "dispute", "dispute_id"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("there is no such dispute");
  }
}
