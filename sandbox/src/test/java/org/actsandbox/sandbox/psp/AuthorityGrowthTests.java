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

  private static final int FEW = 20;
  private static final int MANY = 2_000;

  /** The row of a sum is found by its key, but the pages of an index may hold a few more. */
  private static final long ROOM = 5;

  @Test
  void aHundredTimesAsManyVisitAsManyRows() {
    try (var few = new FilledPaymentService(FEW);
        var many = new FilledPaymentService(MANY)) {
      few.pay();
      many.pay();
      long rows = few.rowsOfAPayment();

      assertThat(rows).isPositive();
      assertThat(many.rowsOfAPayment()).isLessThanOrEqualTo(rows + ROOM);
      few.requireExact();
      many.requireExact();
    }
  }

  /** A payment service that counted everything again would be found. */
  @Test
  void aRecountVisitsAllRows() {
    try (var many = new FilledPaymentService(MANY)) {
      assertThat(many.rowsOfARecount()).isGreaterThan(MANY);
    }
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

    void pay() {
      delegations.take(delegations.request(iac, "S-" + ++paid, "0.01"), iac.payload().mode());
    }

    long rowsOfAPayment() {
      return delegations.pspTestBench.statements.visitedBy(this::pay);
    }

    long rowsOfARecount() {
      return delegations.pspTestBench.statements.visitedBy(() -> delegations.recounted(iac));
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
