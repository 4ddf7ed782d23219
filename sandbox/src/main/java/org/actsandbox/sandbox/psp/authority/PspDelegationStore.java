package org.actsandbox.sandbox.psp.authority;

import static org.actsandbox.participant.TimeColumns.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.actsandbox.participant.TimeColumns;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.Iac;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.psp.PspWorld;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stores what the payment service knows of each delegation: its credential, state, sum and counts.
 * Each has one row that is found by key, so the cost of a check does not grow with the number of
 * delegations or payments.
 */
public final class PspDelegationStore {

  private static final String COLUMNS =
      """
      select delegation_id, iac, currency, spent_minor, payments, state, checked_at, confirmed_at,
        first_minor, bought
      from psp_delegation where world = ? and delegation_id = ?
      """;

  private final String world;
  private final JdbcClient jdbc;

  public PspDelegationStore(PspWorld world) {
    this.world = world.partition();
    this.jdbc = world.jdbc();
  }

  /**
   * Represents what is stored of one delegation.
   *
   * @param iac the compact credential; absent while only a change of state is known
   * @param state the state at {@code checkedAt}; absent until the status service has answered once
   * @param isConfirmed whether the delegation service said that it issued exactly {@code iac}
   * @param firstPrice the amount of the first payment; absent before it
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

  /** Finds and locks a delegation: other payments under it wait until the transaction ends. */
  public Entry lock(String delegationId) {
    return jdbc.sql(COLUMNS + " for update")
        .params(world, delegationId)
        .query((row, _) -> read(row))
        .single();
  }

  /**
   * Finds the delegation of a verified credential, which itself may not be stored yet.
   *
   * @throws Refusal {@code iac_invalid} when another credential of that id is known
   */
  public Optional<Entry> findVerified(Iac iac) {
    var known = find(iac.payload().delegationId());
    known.filter(Entry::isConfirmed).ifPresent(entry -> requireSame(entry, iac));
    return known;
  }

  /**
   * Stores a verified credential that the delegation service confirmed; a repetition changes
   * nothing.
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
            .params(world, id, iac.compact(), iac.payload().currencyCode(), utc(confirmedAt))
            .update();
    if (added == 0) {
      jdbc.sql(
              """
              update psp_delegation set iac = ?, currency = ?, confirmed_at = ?
              where world = ? and delegation_id = ? and confirmed_at is null
              """)
          .params(iac.compact(), iac.payload().currencyCode(), utc(confirmedAt), world, id)
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
   * Stores the state of a status list from {@code issuedAt}, unless a change of the same or a later
   * time was reported: while the world's clock stands still, a list that was written before the
   * change bears the same instant.
   */
  void stateListed(String delegationId, DelegationState state, Instant issuedAt) {
    jdbc.sql(
            """
            update psp_delegation set state = ?, checked_at = ?
            where world = ? and delegation_id = ?
              and (state is null or state not in ('REVOKED', 'EXPIRED'))
              and (changed_at is null or changed_at < ?)
            """)
        .params(state.name(), utc(issuedAt), world, delegationId, utc(issuedAt))
        .update();
  }

  /**
   * Stores a change that the status service reported; a final state stays, an older change is
   * ignored.
   */
  void stateReported(String delegationId, DelegationState state, Instant changedAt, Instant now) {
    open(delegationId);
    jdbc.sql(
            """
            update psp_delegation set state = ?, changed_at = ?, checked_at = ?
            where world = ? and delegation_id = ?
              and (state is null or state not in ('REVOKED', 'EXPIRED'))
              and (changed_at is null or changed_at <= ?)
            """)
        .params(state.name(), utc(changedAt), utc(now), world, delegationId, utc(changedAt))
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

  void countFailure(String delegationId, String openOrder) {
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

  /** Adds up the payments themselves; tests check that the result equals the stored sum. */
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
    var money = currency == null ? Money.CNY : Currency.getInstance(currency);
    var first = row.getObject("first_minor", Long.class);
    var bought = row.getString("bought");
    return new Entry(
        row.getString("delegation_id"),
        row.getString("iac"),
        new Money(row.getLong("spent_minor"), money),
        row.getInt("payments"),
        state == null ? null : DelegationState.valueOf(state),
        TimeColumns.nullableInstant(row, "checked_at"),
        row.getObject("confirmed_at") != null,
        first == null ? null : new Money(first, money),
        bought == null
            ? List.of()
            : Arrays.stream(bought.split(",")).map(Integer::valueOf).toList());
  }
}
