package org.actsandbox.sandbox.alipay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;

/** Tests that each method of the gateway says which fields it reads. */
class BizContentFieldsTests {

  @Test
  void eachMethodHasALine() {
    assertThat(BizContentFields.methods()).isEqualTo(GatewayMethods.NAMES);
  }

  @Test
  void namesAreShortAndFew() {
    var content = Json.object().put("trade_no", "1");
    for (int i = 0; i < 30; i++) {
      content.put("x".repeat(100) + i, 1);
    }
    assertThat(BizContentFields.unread(GatewayMethods.CONFIRM, content))
        .hasSize(20)
        .allMatch(name -> name.length() == 64);
  }
}
