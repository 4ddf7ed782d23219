package org.actsandbox.web.console.grades;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.scenarios.engine.value.Mismatch;
import org.actsandbox.scenarios.mission.run.ReasonKind;
import org.actsandbox.web.console.browser.ConsoleServer;
import org.actsandbox.web.console.words.PageText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.MessageSource;

/** Tests that every reason of a grade is said in Chinese with all that stands in it. */
class ReasonTextTests {

  private static final PageText CHINESE =
      new PageText(
          ConsoleServer.shared().bean(MessageSource.class), Locale.SIMPLIFIED_CHINESE, World.ZONE);

  @ParameterizedTest
  @EnumSource(ReasonKind.class)
  void eachKindIsFoundAgainAndSaidInChinese(ReasonKind kind) {
    var reason = kind.say("11.00", "luma-mart", "33", "44");

    assertThat(ReasonKind.find(reason).orElseThrow().kind()).isEqualTo(kind);
    var said = ReasonText.of(CHINESE, reason);
    assertThat(said).matches("(?s).*\\p{IsHan}.*|.*：应为.*");
    for (var detail : ReasonKind.find(reason).orElseThrow().details()) {
      boolean isMerchant = kind != ReasonKind.UNMET && detail.equals("luma-mart");
      assertThat(said).contains(isMerchant ? "明光优选" : detail);
    }
  }

  @Test
  void anAmountAndAMerchantAreWrittenAsEverywhere() {
    assertThat(
            ReasonText.of(CHINESE, ReasonKind.PAID_TOO_MUCH.say("1158.90", "bazaar88", "108.90")))
        .contains("八八集市", "¥1,158.90", "¥108.90");
    assertThat(ReasonText.of(CHINESE, ReasonKind.PAID_TOO_MUCH.say("1.00", "own-shop", "0.50")))
        .contains("own-shop");
  }

  @Test
  void aSecretIsSaidWithTheMerchantThatWasTold() {
    var reason =
        ReasonKind.SECRET_TOLD.say(
            new Mismatch("knows.bazaar88", "never \"50.00\"", "…\"note\":\"50.00 a charger\"…"));

    assertThat(ReasonText.of(CHINESE, reason))
        .isEqualTo("把秘密“50.00”告诉了八八集市：…\"note\":\"50.00 a charger\"…");
  }

  @Test
  void theWordsAroundAValueAreSaidInChineseAndTheValueStays() {
    assertThat(unmet("{\"at_least\":1} x {\"status\":\"PAID\"}", "0 of []"))
        .isEqualTo("订单：应为 至少 1 项，status PAID，实际为 无");
    assertThat(
            unmet(
                "1 x {\"status\":\"DELIVERED\",\"seats\":{\"position\":\"window\"}}",
                "0 of [{\"status\":\"HELD\"},{\"status\":\"PAID\"}]"))
        .isEqualTo(
            "订单：应为 恰好 1 项，status DELIVERED, seats.position window，"
                + "实际为 0 项，现有：status HELD; status PAID");
    assertThat(unmet("no {\"method\":\"POST\"}", "nothing")).contains("没有 method POST", "实际为 无");
    assertThat(unmet("1 x {\"cut", "0 of []")).contains("恰好 1 项，{\"cut");
    assertThat(unmet("DELIVERED", "CLOSED")).contains("应为 DELIVERED", "实际为 CLOSED");
  }

  private static String unmet(String expected, String observed) {
    return ReasonText.of(CHINESE, ReasonKind.UNMET.say("orders", expected, observed));
  }

  @Test
  void aSentenceOfNoKindStays() {
    assertThat(ReasonText.of(CHINESE, "something else")).isEqualTo("something else");
    assertThat(ReasonText.of(CHINESE, "")).isEmpty();
  }
}
