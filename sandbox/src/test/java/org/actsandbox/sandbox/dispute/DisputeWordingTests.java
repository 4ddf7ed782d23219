package org.actsandbox.sandbox.dispute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.attestation.dispute.Finding;
import org.actsandbox.protocol.attestation.dispute.PartyStatement;
import org.actsandbox.protocol.identity.Did;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that codes of disputes become sentences in both languages. */
class DisputeWordingTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          #code               | in English                                             | in Chinese
          delivered           | Delivered at T for trade T-1.                          | 已于 T 为交易 T-1 交付。
          nothing_delivered   | Nothing was delivered; the order is paid.              | 没有交付任何东西；订单状态：已付款。
          trade_stands        | Trade T-1 over 9.00 CNY is paid; 0.00 CNY was refunded.   | 交易 T-1，金额 9.00 CNY，状态：已付款；已退回 0.00 CNY。
          delegation_stands   | Delegation D-1 was issued at S and is revoked since T. | 授权 D-1 于 S 签发，自 T 起状态为：已撤销。
          no_such_delegation  | There is no such delegation.                           | 没有这样的授权。
          records_of_decision | My records show what I compared and decided.           | 我的记录写明我比较了什么、如何决定。
          """)
  void everyCodeHasItsSentenceInBothLanguages(String code, String english, String chinese) {
    var details =
        Map.of(
            "at",
            "T",
            "issued_at",
            "S",
            "trade_no",
            "T-1",
            "delegation_id",
            "D-1",
            "amount",
            "9.00",
            "refunded",
            "0.00",
            "currency",
            "CNY",
            "status",
            "PAID",
            "state",
            "Revoked");
    var partyStatement = statement("", code, details);
    assertThat(DisputeWording.forLocale(Locale.ENGLISH).statement(partyStatement, details))
        .isEqualTo(english);
    assertThat(DisputeWording.forLocale(Locale.CHINESE).statement(partyStatement, details))
        .isEqualTo(chinese);
  }

  /** External parties may send any text or code. */
  @Test
  void anUnknownStatementIsShownAsItWasSent() {
    var own = statement("I sent it.", null, Map.of());
    assertThat(DisputeWording.forLocale(Locale.CHINESE).statement(own, Map.of()))
        .isEqualTo("I sent it.");
    var unknown = statement("", "left_on_the_porch", Map.of());
    assertThat(DisputeWording.forLocale(Locale.CHINESE).statement(unknown, Map.of()))
        .isEqualTo("left_on_the_porch");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          delivered         | Delivered.                                                 | 已交付。
          nothing_delivered | Nothing was delivered.                                     | 没有交付任何东西。
          trade_stands      | Trade T-1 over — — is —; — — was refunded.                 | 交易 T-1，金额 — —，状态：—；已退回 — —。
          """)
  void aMissingDetailMakesAShorterSentence(String code, String english, String chinese) {
    var details = Map.of("trade_no", "T-1");
    var partyStatement = statement("", code, details);
    assertThat(DisputeWording.forLocale(Locale.ENGLISH).statement(partyStatement, details))
        .isEqualTo(english);
    assertThat(DisputeWording.forLocale(Locale.CHINESE).statement(partyStatement, details))
        .isEqualTo(chinese);
  }

  @Test
  void whyAnApprovalIsNotValidIsSaidInTheReadersLanguage() {
    var reason =
        new Finding.Reason(
            Finding.Code.APPROVAL_NOT_BY_PRINCIPAL,
            Map.of("why", "the principal did not approve"),
            "E-1");
    assertThat(DisputeWording.forLocale(Locale.ENGLISH).reason(reason))
        .isEqualTo("The approval is not valid: the principal did not approve.");
    assertThat(DisputeWording.forLocale(Locale.CHINESE).reason(reason)).isEqualTo("付款确认无效：用户没有确认。");
  }

  private static PartyStatement statement(
      String says, @Nullable String code, Map<String, String> details) {
    return new PartyStatement(
        "DSP-1",
        "R-1",
        Did.of("raileast"),
        Party.Role.MERCHANT,
        says,
        code,
        details,
        List.of(),
        Map.of(),
        Instant.EPOCH,
        null,
        null,
        null);
  }
}
