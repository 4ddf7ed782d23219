package org.actsandbox.agent.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.actsandbox.agent.task.TaskStep.Kind;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.protocol.commerce.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the reasons for the chosen seller, in the order in which the agent asks sellers. */
class SellerChoiceReasonTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          #sellers, the best first | reason in English | in Chinese
          ant 2.00                 | the only seller of quotes of coffee that can do it | 只有这一家
          ant 2.00, bee 3.00       | the cheapest of 2 that can do it: ¥2.00, Bee wants ¥3.00 | 2 家里最便宜：¥2.00，Bee要 ¥3.00
          ant 2.00, bee 2.00       | none of the 2 that can do it is cheaper than ¥2.00 | 没有比 ¥2.00 更便宜的
          ant 2.00, bee 0.50       | works in whole sentences; Bee, at ¥0.50, only knows words | Bee只要 ¥0.50
          """)
  void saysWhatTheOrderOfTheSellersComesFrom(String sellers, String en, String zh) {
    var why = new SellerChoiceReason(step(sellers), SellerChoiceReasonTests::name).why();

    assertThat(why.en()).isEqualTo(en);
    assertThat(why.zh()).contains(zh);
  }

  @Test
  void namesThoseThatWereAskedBefore() {
    var third =
        step("ant 1.00, bee 2.00, cat 3.00")
            .withNextSeller("unanswered", AgentPhrases.bilingual("task.unanswered", "Ant"))
            .withNextSeller("unanswered", AgentPhrases.bilingual("task.unanswered", "Bee"));

    assertThat(new SellerChoiceReason(third, SellerChoiceReasonTests::name).why().en())
        .isEqualTo("the best that is left: Ant, Bee did not come through");
  }

  private static TaskStep step(String sellers) {
    return TaskStep.of(
        "quotes:coffee",
        Kind.QUOTES,
        "coffee",
        Arrays.stream(sellers.split(", ")).map(SellerChoiceReasonTests::seller).toList());
  }

  private static SellerService seller(String text) {
    var parts = List.of(text.split(" "));
    return new SellerService(parts.getFirst(), "quotes", parts.getLast(), Map.of());
  }

  private static Text name(String merchant) {
    return Text.untranslated(
        merchant.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + merchant.substring(1));
  }
}
