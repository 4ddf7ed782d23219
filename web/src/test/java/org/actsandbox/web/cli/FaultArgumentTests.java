package org.actsandbox.web.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.actsandbox.protocol.refusal.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a fault on the command line becomes the order that the API takes. */
class FaultArgumentTests {

  @Test
  void keysAreFieldsOrParameters() {
    var order =
        FaultArgument.parse(
            "cut_mid_body,bytes=20,how=reset,operation=POST /carts,count=1,probability=0.5");

    var fault = order.check();
    assertThat(fault.name().code()).isEqualTo("cut_mid_body");
    assertThat(fault.operation()).isEqualTo("POST /carts");
    assertThat(fault.count()).isEqualTo(1);
    assertThat(fault.probability()).isEqualTo(0.5);
    assertThat(fault.parameters()).isEqualTo(Map.of("bytes", "20", "how", "reset"));
  }

  @Test
  void jsonIsReadAsTheApiReadsIt() {
    var text = "{\"name\":\"cut_mid_body\",\"count\":1,\"parameters\":{\"bytes\":20}}";

    assertThat(FaultArgument.parse(text).check())
        .isEqualTo(FaultArgument.parse("cut_mid_body,count=1,bytes=20").check());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "delay,ms", "delay,=5", "delay,count=often", "delay,bytes=1", "{\"name\":"})
  void nonsenseIsRefusedWithWhatWasExpected(String text) {
    assertThatThrownBy(() -> FaultArgument.parse(text).check())
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.expected()).isNotBlank());
  }
}
