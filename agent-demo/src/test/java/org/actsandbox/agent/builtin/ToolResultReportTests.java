package org.actsandbox.agent.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.actsandbox.agent.language.Lang;
import org.actsandbox.agent.purchase.PurchaseState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the sentences about the results of tools. */
class ToolResultReportTests {

  /** The states as {@code purchase_status} names them. */
  static Stream<String> states() {
    return Arrays.stream(PurchaseState.values())
        .map(
            state ->
                state == PurchaseState.WAITING
                    ? "waiting_for_approval"
                    : state.name().toLowerCase(Locale.ROOT));
  }

  private static String report(Lang lang, String state) {
    return new ToolResultReport(lang, null)
        .of(
            "purchase_status",
            "{\"purchases\":[{\"order_no\":\"R1\",\"state\":\"%s\",\"amount\":\"73.00\",\"currency\":\"CNY\"}]}"
                .formatted(state));
  }

  @ParameterizedTest
  @MethodSource("states")
  void everyStateHasWordsInBothLanguages(String state) {
    assertThat(report(Lang.EN, state)).contains("R1", "¥73.00").doesNotContain("do not know");
    assertThat(report(Lang.ZH, state).replace("R1", ""))
        .contains("¥73.00")
        .doesNotContain("未知")
        .doesNotContainPattern("[A-Za-z]");
  }
}
