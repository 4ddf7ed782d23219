package org.actsandbox.sandbox.psp.instrument;

import static org.actsandbox.participant.TimeColumns.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.actsandbox.participant.CommittedRows;
import org.actsandbox.participant.TimeColumns;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.wire.PageCursor;
import org.actsandbox.sandbox.psp.PspWorld;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stores the bound instruments of one world. */
final class InstrumentStore {

  private static final String COLUMNS =
      """
      select instrument_ref, principal_id, account_no, agent_id, label, status, currency, limit_minor,
        valid_until, consent, bound_at
      from psp_instrument
      """;

  private final String world;
  private final JdbcClient jdbc;
  private final CommittedRows<Instrument> rows = new CommittedRows<>(64);

  InstrumentStore(PspWorld world) {
    this.world = world.partition();
    this.jdbc = world.jdbc();
  }

  void add(Instrument added) {
    jdbc.sql(
            """
            insert into psp_instrument (world, instrument_ref, principal_id, account_no, agent_id,
              label, status, currency, limit_minor, valid_until, consent, bound_at)
            values (:world, :ref, :principal, :account, :agent, :label, :status, :currency, :limit,
              :valid, :consent, :at)
            """)
        .param("world", world)
        .param("ref", added.ref())
        .param("principal", added.principal().value())
        .param("account", added.account())
        .param("agent", added.agent().value())
        .param("label", added.label())
        .param("status", added.status().name())
        .param("currency", added.currency().getCurrencyCode())
        .param("limit", added.limit() == null ? null : added.limit().minorUnits())
        .param("valid", added.validUntil() == null ? null : utc(added.validUntil()))
        .param("consent", added.consent())
        .param("at", utc(added.boundAt()))
        .update();
  }

  Optional<Instrument> find(String ref) {
    return rows.find(ref, () -> read(ref));
  }

  private Optional<Instrument> read(String ref) {
    return jdbc.sql(COLUMNS + "where world = ? and instrument_ref = ?")
        .params(world, ref)
        .query((row, _) -> read(row))
        .optional();
  }

  /** Finds and locks an instrument until the transaction ends. */
  Optional<Instrument> lock(String ref) {
    return jdbc.sql(COLUMNS + "where world = ? and instrument_ref = ? for update")
        .params(world, ref)
        .query((row, _) -> read(row))
        .optional();
  }

  /** Returns when the newest instrument was bound. */
  Optional<Instant> newestBoundAt() {
    return jdbc.sql(
            "select bound_at from psp_instrument where world = ? order by world, bound_at desc"
                + " limit 1")
        .params(world)
        .query((row, _) -> TimeColumns.instant(row, 1))
        .optional();
  }

  List<Instrument> activeOf(Did agent) {
    return jdbc.sql(
            COLUMNS
                + """
                where world = ? and agent_id = ? and status = 'ACTIVE'
                order by world, agent_id, bound_at desc, instrument_ref desc
                """)
        .params(world, agent.value())
        .query((row, _) -> read(row))
        .list();
  }

  /** Counts the instruments of an account that are not cancelled, up to {@code most}. */
  int countLive(Did principal, String account, int most) {
    return jdbc.sql(
            """
            select instrument_ref from psp_instrument
            where world = ? and principal_id = ? and account_no = ? and status <> 'CANCELLED'
            order by world, principal_id, bound_at desc, instrument_ref desc limit ?
            """)
        .params(world, principal.value(), account, most)
        .query((row, _) -> row.getString(1))
        .list()
        .size();
  }

  /** Returns false when the instrument is not in one of the states {@code from} any more. */
  boolean move(String ref, Instrument.Status to, List<Instrument.Status> from) {
    return rows.changeUnseen(
        ref,
        () ->
            jdbc.sql(
                        """
                update psp_instrument set status = :to
                where world = :world and instrument_ref = :ref and status in (:from)
                """)
                    .param("to", to.name())
                    .param("world", world)
                    .param("ref", ref)
                    .param("from", from.stream().map(Enum::name).toList())
                    .update()
                == 1);
  }

  /**
   * @param principal null for all principals
   * @param agent null for all agents
   */
  List<Instrument> newest(@Nullable Did principal, @Nullable Did agent, PageCursor from) {
    return jdbc.sql(
            COLUMNS
                + "where world = :world"
                + (principal == null ? "" : " and principal_id = :principal")
                + (agent == null ? "" : " and agent_id = :agent")
                + """
                   and bound_at <= :at and (bound_at < :at or instrument_ref < :id)
                  order by world,
                  """
                + (agent != null ? " agent_id," : principal != null ? " principal_id," : "")
                + " bound_at desc, instrument_ref desc limit :limit")
        .param("world", world)
        .param("principal", principal == null ? null : principal.value())
        .param("agent", agent == null ? null : agent.value())
        .param("at", utc(from.at()))
        .param("id", from.id())
        .param("limit", PageCursor.PAGE + 1)
        .query((row, _) -> read(row))
        .list();
  }

  private static Instrument read(ResultSet row) throws SQLException {
    var currency = Currency.getInstance(row.getString("currency"));
    long limit = row.getLong("limit_minor");
    boolean unlimited = row.wasNull();
    return new Instrument(
        row.getString("instrument_ref"),
        new Did(row.getString("principal_id")),
        row.getString("account_no"),
        new Did(row.getString("agent_id")),
        row.getString("label"),
        Instrument.Status.valueOf(row.getString("status")),
        currency,
        unlimited ? null : new Money(limit, currency),
        TimeColumns.nullableInstant(row, "valid_until"),
        row.getString("consent"),
        TimeColumns.instant(row, "bound_at"));
  }
}
