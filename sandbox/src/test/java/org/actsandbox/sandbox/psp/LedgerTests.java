package org.actsandbox.sandbox.psp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Currency;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.psp.ledger.AccountNumbers;
import org.actsandbox.sandbox.psp.ledger.Transfer;
import org.actsandbox.sandbox.psp.trade.Trades.PaymentTotal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests double entry: the sum is zero at any moment, and only the outside account is negative. */
class LedgerTests {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void sumsToZeroAtAnyMomentUnderRandomTransfersAtOnce(long seed) {
    try (var pspTestBench = new PspTestBench("500.00", "500.00")) {
      var done = new AtomicBoolean();
      var watcher =
          Thread.ofVirtual()
              .start(
                  () -> {
                    while (!done.get()) {
                      requireSound(pspTestBench);
                    }
                  });
      PspTestBench.atOnce(
          8, worker -> transfers(pspTestBench, new Random(seed * 100 + worker), worker));
      done.set(true);
      join(watcher);
      requireSound(pspTestBench);
      var entered =
          pspTestBench
              .world()
              .jdbc()
              .sql(
                  """
                  select count(*) from psp_account a where balance_minor <>
                    (select sum(amount_minor) from psp_entry e
                     where e.world = a.world and e.account_no = a.account_no)
                  """)
              .query(Long.class)
              .single();
      assertThat(entered).isZero();
    }
  }

  @Test
  void pagesTheStatementNewestFirst() {
    try (var pspTestBench = new PspTestBench()) {
      for (int i = 0; i < 60; i++) {
        pspTestBench.now.updateAndGet(at -> at.plusSeconds(1));
        pspTestBench.paid("S-" + i, "1.00");
      }
      var first = pspTestBench.psp().ledger().statement("balance", null);
      assertThat(first.items()).hasSize(50);
      assertThat(first.items().getFirst().amount()).isEqualTo("-1.00");
      var second = pspTestBench.psp().ledger().statement("balance", first.next());
      assertThat(second.items()).hasSize(11);
      assertThat(second.next()).isNull();
      assertThat(second.items().getLast().kind()).isEqualTo("opening");
      assertThat(second.items().getLast().amount()).isEqualTo("20000.00");
      var few = pspTestBench.psp().ledger().statement("balance", null, 20);
      assertThat(few.items()).isEqualTo(first.items().subList(0, 20));
      var further = pspTestBench.psp().ledger().statement("balance", few.next(), 20);
      assertThat(further.items()).isEqualTo(first.items().subList(20, 40));
      assertSumsUpAll(pspTestBench);
    }
  }

  /** A page of payments has 50 of these 60; what was paid in all is the sum of 60. */
  private static void assertSumsUpAll(PspTestBench pspTestBench) {
    pspTestBench.waiting("S-waiting", "7.00");
    var payments = pspTestBench.psp().payments();
    assertThat(payments.list(PspTestBench.PRINCIPAL_CALLER, null, null).items()).hasSize(50);
    assertThat(payments.totals(PspTestBench.PRINCIPAL_CALLER))
        .containsExactly(
            new PaymentTotal(
                PspTestBench.SHOP, PaymentStatus.PAID, 60, Money.fen(6_000), Money.fen(0)),
            new PaymentTotal(
                PspTestBench.SHOP,
                PaymentStatus.WAITING_FOR_APPROVAL,
                1,
                Money.fen(700),
                Money.fen(0)));
  }

  @Test
  void anAccountOfAnotherCurrencyTakesNothing() {
    try (var pspTestBench = new PspTestBench()) {
      var dollars = Money.of("5.00", Currency.getInstance("USD"));
      var wrong = Transfer.opening(AccountNumbers.BALANCE, dollars, pspTestBench.now.get());
      assertThatThrownBy(
              () ->
                  pspTestBench
                      .world()
                      .transactions()
                      .executeWithoutResult(() -> pspTestBench.psp().ledger().book(wrong)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("another currency");
      assertThat(pspTestBench.balance("balance")).isEqualTo("20000.00");
      requireSound(pspTestBench);
    }
  }

  private static void transfers(PspTestBench pspTestBench, Random random, int worker) {
    var accounts =
        new String[] {
          AccountNumbers.BALANCE,
          AccountNumbers.CARD,
          AccountNumbers.receivable(PspTestBench.SHOP),
          "merchant:a"
        };
    for (int i = 0; i < 25; i++) {
      var from = accounts[random.nextInt(accounts.length)];
      var to = accounts[random.nextInt(accounts.length)];
      if (from.equals(to)) {
        continue;
      }
      var transfer =
          new Transfer(
              "payment %d-%d".formatted(worker, i),
              from,
              to,
              Money.fen(1 + random.nextInt(20_000)),
              null,
              pspTestBench.now.get());
      try {
        pspTestBench
            .world()
            .transactions()
            .executeWithoutResult(() -> pspTestBench.psp().ledger().book(transfer));
      } catch (Refusal refusal) {
        assertThat(refusal.problem()).isEqualTo(Problem.INSUFFICIENT_BALANCE);
      }
    }
  }

  private static void requireSound(PspTestBench pspTestBench) {
    assertThat(pspTestBench.psp().ledger().sum()).isEqualTo("0");
    assertThat(pspTestBench.psp().ledger().all())
        .allMatch(
            account ->
                account.balanceMinor() >= 0 || account.accountNo().equals(AccountNumbers.OUTSIDE));
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
