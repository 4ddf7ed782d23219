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

  @Test
  void fieldsWithinObjectsAndListsAreNamedToo() {
    var content =
        Json.parse(
            """
            {"agent_id":"a","extra":{"x":1},
             "delegation_params":{"delegation_desc":"d","times_timit":"5","quota":{"x":1}},
             "access_params":{"channel":"ALIPAYAPP","device":"d"},
             "conversation_history":[{"role":"USER","mood":"good"},{"createTime":"t","mood":"bad"}]}
            """);
    assertThat(BizContentFields.unread("alipay.user.agreement.delegation.apply", content))
        .containsExactly(
            "extra",
            "delegation_params.times_timit",
            "delegation_params.quota",
            "access_params.device",
            "conversation_history.mood");
  }

  @Test
  void anObjectInThePlaceOfATextIsNoReasonToFail() {
    var content = Json.parse("{\"trade_no\":{\"a\":[{\"b\":1},2]}}");
    assertThat(BizContentFields.unread(GatewayMethods.CONFIRM, content))
        .containsExactly("trade_no.a");
  }
}
