package org.actsandbox.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

/** Tests that a member of the root is found without a tree, in texts and in bytes alike. */
class JsonMemberTests {

  private static final String PAYMENT =
      "{\"lines\":[{\"trade_no\":\"inner\"}],\"amount\":1,\"trade_no\":\"T-\u00e9\",\"status\":\"paid\"}";

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aTextOfTheRootIsFound() {
    assertThat(Json.member(PAYMENT, "trade_no")).contains("T-\u00e9");
    assertThat(Json.member(utf8(PAYMENT), "trade_no")).contains("T-\u00e9");
  }

  @Test
  void whatIsNoTextOfTheRootIsNot() {
    for (var name : new String[] {"lines", "amount", "other"}) {
      assertThat(Json.member(utf8(PAYMENT), name)).as(name).isEmpty();
    }
    assertThat(Json.member(utf8("[\"trade_no\"]"), "trade_no")).isEmpty();
  }

  @Test
  void whatIsNoJsonBeforeItIsRefused() {
    assertThat(Json.member(utf8(""), "trade_no")).isEmpty();
    for (var broken : new String[] {"{\"a\" \"trade_no\":\"x\"}", "{\"a\":1"}) {
      assertThatThrownBy(() -> Json.member(utf8(broken), "trade_no"))
          .isInstanceOf(JacksonException.class);
    }
  }
}
