package org.actsandbox.sandbox.psp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.actsandbox.protocol.delegation.Iac;
import org.actsandbox.protocol.money.Money;
import org.junit.jupiter.api.Test;

/**
 * Tests that the cost of a payment under a delegation does not grow with the number of delegations
 * or of payments under the same one, because sums are stored.
 */
class AuthorityGrowthTests {

  private static final int FEW = 200;
  private static final int MANY = 20_000;
  private static final int WARM_UP = 100;
  private static final int PAIRS = 200;

  /**
   * A recount of everything would cost a hundred times as much; this only leaves room for noise.
   */
  private static final double MAX_RATIO = 10;

  @Test
  void aHundredTimesAsManyCostTheSame() {
    try (var few = new FilledPaymentService(FEW);
        var many = new FilledPaymentService(MANY)) {
      for (int i = 0; i < WARM_UP; i++) {
        few.pay();
        many.pay();
      }
      var fewNanos = new long[PAIRS];
      var manyNanos = new long[PAIRS];
      // They take turns, and each goes first as often, so that other load affects both in the same
      // way.
      for (int i = 0; i < PAIRS; i++) {
        if (i % 2 == 0) {
          fewNanos[i] = few.pay();
          manyNanos[i] = many.pay();
        } else {
          manyNanos[i] = many.pay();
          fewNanos[i] = few.pay();
        }
      }
      System.getLogger(getClass().getName())
          .log(
              System.Logger.Level.INFO,
              "median of a payment: {0} µs with {1}, {2} µs with {3}",
              median(fewNanos) / 1000,
              FEW,
              median(manyNanos) / 1000,
              MANY);
      assertThat((double) median(manyNanos) / median(fewNanos)).isLessThan(MAX_RATIO);
      few.requireExact();
      many.requireExact();
    }
  }

  private static long median(long[] nanos) {
    var sorted = nanos.clone();
    java.util.Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Represents a payment service with many other delegations, and many payments under this one. */
  private static final class FilledPaymentService implements AutoCloseable {

    private final DelegationBench delegations = new DelegationBench();
    private final Iac iac;
    private final int before;
    private int paid;

    FilledPaymentService(int size) {
      this.before = size;
      this.iac =
          delegations.issue(
              "D-1",
              isr -> isr.put("delegation_mode", "BOUNDED").put("max_total_amount", 1_000_000_000));
      delegations.pay(iac, "S-first", "0.01");
      copy("psp_payment", List.of("trade_no", "request_id", "order_no", "open_order"), size);
      copy("psp_delegation", List.of("delegation_id"), size);
      delegations
          .pspTestBench
          .world()
          .jdbc()
          .sql(
              """
              update psp_delegation set spent_minor = ?, payments = ?
              where world = 'test' and delegation_id = 'D-1'
              """)
          .params(size + 1, size + 1)
          .update();
    }

    long pay() {
      var request = delegations.request(iac, "S-" + ++paid, "0.01");
      long start = System.nanoTime();
      delegations.take(request, iac.payload().mode());
      return System.nanoTime() - start;
    }

    /** Requires that the stored sum equals a recount. */
    void requireExact() {
      var expected = Money.yuan("0.01").times(before + paid + 1).decimal();
      assertThat(delegations.spent(iac)).isEqualTo(expected);
      assertThat(delegations.recounted(iac)).isEqualTo(expected);
      assertThat(delegations.pspTestBench.psp().ledger().sum()).isEqualTo("0");
    }

    /** Copies the only row {@code size} times with other keys and short texts. */
    private void copy(String table, List<String> keys, int size) {
      var columns =
          delegations
              .pspTestBench
              .world()
              .jdbc()
              .sql(
                  """
                  select column_name from information_schema.columns
                  where table_name = ? order by ordinal_position
                  """)
              .param(table)
              .query(String.class)
              .list();
      var values =
          columns.stream()
              .map(
                  column ->
                      keys.contains(column)
                          ? "'seed-' || x"
                          : List.of("request", "proof", "approval", "iac").contains(column)
                              ? "'-'"
                              : column)
              .collect(Collectors.joining(", "));
      var sql =
          "insert into %s (%s) select %s from %s, system_range(1, %d)"
              .formatted(table, String.join(", ", columns), values, table, size);
      assertThat(delegations.pspTestBench.world().jdbc().sql(sql).update()).isEqualTo(size);
    }

    @Override
    public void close() {
      delegations.close();
    }
  }
}
