package org.actsandbox.sandbox.psp.authority;

import static org.actsandbox.sandbox.psp.PspWorld.column;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.Iac;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.psp.PspWorld;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The payment service's own record of delegations: one row each, found by key, so what a check
 * costs does not grow with the number of delegations or payments.
 */
public final class DelegationBook {

  private static final String COLUMNS =
      """
      select delegation_id, iac, currency, spent_minor, payments, state, checked_at, confirmed_at,
        first_minor, bought
      from psp_delegation where world = ? and delegation_id = ?
      """;

  private final String world;
  private final JdbcClient jdbc;

  public DelegationBook(PspWorld world) {
    this.world = world.partition();
    this.jdbc = world.jdbc();
  }

  /**
   * @param iac absent while only a change of state has been heard of
   * @param state absent while the status service never answered; as of {@code checkedAt}
   * @param isConfirmed whether the delegation service said that it issued exactly {@code iac}
   * @param firstPrice of the first payment; absent before it
   * @param bought how often each purchase target was bought
   */
  public record Entry(
      String delegationId,
      @Nullable String iac,
      Money spent,
      int payments,
      @Nullable DelegationState state,
      @Nullable Instant checkedAt,
      boolean isConfirmed,
      @Nullable Money firstPrice,
      List<Integer> bought) {}

  public Optional<Entry> find(String delegationId) {
    return jdbc.sql(COLUMNS).params(world, delegationId).query((row, _) -> read(row)).optional();
  }

  /** Keeps every other payment under it waiting until the transaction ends. */
  public Entry lock(String delegationId) {
    return jdbc.sql(COLUMNS + " for update")
        .params(world, delegationId)
        .query((row, _) -> read(row))
        .single();
  }

  /**
   * What is known of a verified credential's delegation, the credential itself perhaps not yet.
   *
   * @throws Refusal {@code iac_invalid} when another credential of that id is known
   */
  public Optional<Entry> known(Iac iac) {
    var known = find(iac.payload().delegationId());
    known.filter(Entry::isConfirmed).ifPresent(entry -> requireSame(entry, iac));
    return known;
  }

  /**
   * Remembers a verified credential that the delegation service confirmed; again is nothing.
   *
   * @throws Refusal {@code iac_invalid} when another credential of that id is known
   */
  public void register(Iac iac, Instant confirmedAt) {
    var id = iac.payload().delegationId();
    int added =
        jdbc.sql(
                """
                insert into psp_delegation (world, delegation_id, iac, currency, confirmed_at)
                values (?, ?, ?, ?, ?) on conflict do nothing
                """)
            .params(world, id, iac.compact(), iac.payload().currencyCode(), column(confirmedAt))
            .update();
    if (added == 0) {
      jdbc.sql(
              """
              update psp_delegation set iac = ?, currency = ?, confirmed_at = ?
              where world = ? and delegation_id = ? and confirmed_at is null
              """)
          .params(iac.compact(), iac.payload().currencyCode(), column(confirmedAt), world, id)
          .update();
      requireSame(find(id).orElseThrow(), iac);
    }
  }

  private static void requireSame(Entry known, Iac iac) {
    if (!iac.compact().equals(known.iac())) {
      throw new Refusal(Problem.IAC_INVALID, "another credential of that id is known")
          .at("iac")
          .observed(known.delegationId());
    }
  }

  /**
   * What a status list of {@code issuedAt} says, unless something as new was heard: a list may have
   * been written a moment before the change, on a clock that stands still in the same instant.
   */
  void asked(String delegationId, DelegationState state, Instant issuedAt) {
    jdbc.sql(
            """
            update psp_delegation set state = ?, checked_at = ?
            where world = ? and delegation_id = ?
              and (state is null or state not in ('REVOKED', 'EXPIRED'))
              and (changed_at is null or changed_at < ?)
            """)
        .params(state.name(), column(issuedAt), world, delegationId, column(issuedAt))
        .update();
  }

  /** What the status service told us by itself; a final state stays, an older change is nothing. */
  void told(String delegationId, DelegationState state, Instant changedAt, Instant now) {
    open(delegationId);
    jdbc.sql(
            """
            update psp_delegation set state = ?, changed_at = ?, checked_at = ?
            where world = ? and delegation_id = ?
              and (state is null or state not in ('REVOKED', 'EXPIRED'))
              and (changed_at is null or changed_at <= ?)
            """)
        .params(
            state.name(), column(changedAt), column(now), world, delegationId, column(changedAt))
        .update();
  }

  /**
   * Counts a payment; the caller holds the lock and has checked the sum.
   *
   * @param bought how often each target was bought, this payment included
   */
  void count(String delegationId, Money amount, List<Integer> bought) {
    jdbc.sql(
            """
            update psp_delegation set spent_minor = spent_minor + :minor, payments = payments + 1,
              first_minor = coalesce(first_minor, :minor), bought = :bought
            where world = :world and delegation_id = :id
            """)
        .param("minor", amount.minorUnits())
        .param(
            "bought",
            bought.isEmpty()
                ? null
                : bought.stream().map(String::valueOf).collect(Collectors.joining(",")))
        .param("world", world)
        .param("id", delegationId)
        .update();
  }

  int failures(String delegationId, String openOrder) {
    return jdbc.sql(
            """
            select failures from psp_delegation_failure
            where world = ? and delegation_id = ? and open_order = ?
            """)
        .params(world, delegationId, openOrder)
        .query(Integer.class)
        .optional()
        .orElse(0);
  }

  void failed(String delegationId, String openOrder) {
    jdbc.sql(
            """
            insert into psp_delegation_failure (world, delegation_id, open_order, failures)
            values (?, ?, ?, 0) on conflict do nothing
            """)
        .params(world, delegationId, openOrder)
        .update();
    jdbc.sql(
            """
            update psp_delegation_failure set failures = failures + 1
            where world = ? and delegation_id = ? and open_order = ?
            """)
        .params(world, delegationId, openOrder)
        .update();
  }

  /** The sum as the payments themselves say; equals what is kept, which tests hold. */
  public Money recount(String delegationId, Currency currency) {
    long minor =
        jdbc.sql(
                """
                select coalesce(sum(amount_minor), 0) from psp_payment
                where world = ? and delegation_id = ? and status = 'PAID'
                """)
            .params(world, delegationId)
            .query(Long.class)
            .single();
    return new Money(minor, currency);
  }

  private void open(String delegationId) {
    jdbc.sql(
            """
            insert into psp_delegation (world, delegation_id) values (?, ?) on conflict do nothing
            """)
        .params(world, delegationId)
        .update();
  }

  private static Entry read(ResultSet row) throws SQLException {
    var currency = row.getString("currency");
    var state = row.getString("state");
    var checked = row.getObject("checked_at", OffsetDateTime.class);
    var money = currency == null ? Money.CNY : Currency.getInstance(currency);
    var first = row.getObject("first_minor", Long.class);
    var bought = row.getString("bought");
    return new Entry(
        row.getString("delegation_id"),
        row.getString("iac"),
        new Money(row.getLong("spent_minor"), money),
        row.getInt("payments"),
        state == null ? null : DelegationState.valueOf(state),
        checked == null ? null : checked.toInstant(),
        row.getObject("confirmed_at") != null,
        first == null ? null : new Money(first, money),
        bought == null
            ? List.of()
            : Arrays.stream(bought.split(",")).map(Integer::valueOf).toList());
  }
}
