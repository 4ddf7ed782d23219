package org.actsandbox.sandbox.trust.record;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.Links;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.RecordCodec;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.trust.Lens;
import org.actsandbox.sandbox.trust.TrustWorld;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The off-chain records of one world, each under its holder. */
public final class RecordStore {

  private static final String COLUMNS =
      "select record_id, holder, record, height, refusal from trust_record where world = :world ";

  private final String world;
  private final JdbcClient jdbc;
  private final Lens lens;

  public RecordStore(TrustWorld world, Lens lens) {
    this.world = world.partition();
    this.jdbc = world.jdbc();
    this.lens = lens;
  }

  /**
   * A record as it is kept.
   *
   * @param text exactly as it was made
   * @param height on the chain; null until it is anchored
   * @param refusal why the chain does not take it
   */
  public record Kept(
      String recordId,
      String holder,
      String text,
      @Nullable Long height,
      @Nullable String refusal) {

    public OffChainRecord record() {
      return Json.read(text, OffChainRecord.class);
    }

    Kept seenAs(String other) {
      return new Kept(recordId, holder, other, height, refusal);
    }
  }

  /** By what records are looked up. */
  public enum By {
    EVENT("event_type"),
    INTENT("intent_id"),
    DELEGATION("delegation_id"),
    ORDER("order_no"),
    TRADE("trade_no");

    private final String column;

    By(String column) {
      this.column = column;
    }
  }

  /** A record and who keeps it, for the one who makes and anchors it. */
  record Held(Did holder, OffChainRecord record) {

    private static Held of(Kept kept) {
      return new Held(new Did(kept.holder()), kept.record());
    }
  }

  /**
   * Once made a record stays as it is: what is there already is not made again.
   *
   * @return as it is kept: another server of the world may have been first
   */
  Held add(Held made) {
    var record = made.record();
    int added =
        jdbc.sql(
                """
                insert into trust_record (world, record_id, holder, event_type, intent_id,
                  delegation_id, order_no, trade_no, record)
                values (:world, :id, :holder, :type, :intent, :delegation, :order, :trade, :record)
                on conflict do nothing
                """)
            .param("world", world)
            .param("id", record.recordId())
            .param("holder", made.holder().value())
            .param("type", record.eventType().code())
            .param("intent", record.intentId())
            .param("delegation", record.delegationId())
            .param("order", record.orderNo())
            .param("trade", record.tradeNo())
            .param("record", Json.write(record))
            .update();
    return added == 1 ? made : Held.of(find(record.recordId()).orElseThrow());
  }

  public Optional<Kept> find(String recordId) {
    return jdbc.sql(COLUMNS + "and record_id = :id")
        .param("world", world)
        .param("id", recordId)
        .query((row, _) -> read(row))
        .optional()
        .flatMap(this::seen);
  }

  /** In the order in which things happened, after {@code recordId}; all when that is empty. */
  public List<Kept> after(Map<By, String> by, String recordId, int limit) {
    return seen(by, recordId, limit, false);
  }

  /** The newest first, before {@code recordId}; from the newest when that is empty. */
  public List<Kept> before(Map<By, String> by, String recordId, int limit) {
    return seen(by, recordId, limit, true);
  }

  private List<Kept> seen(Map<By, String> by, String recordId, int limit, boolean backwards) {
    var seen = new ArrayList<Kept>();
    var from = recordId;
    while (seen.size() < limit) {
      int asked = limit - seen.size();
      var rows = stored(by, from, asked, backwards);
      rows.forEach(row -> seen(row).ifPresent(seen::add));
      if (rows.size() < asked) {
        break;
      }
      from = rows.getLast().recordId();
    }
    return seen;
  }

  private List<Kept> stored(Map<By, String> by, String from, int limit, boolean backwards) {
    var sql = new StringBuilder(COLUMNS);
    by.keySet().forEach(each -> sql.append("and " + each.column + " = :" + each.column + " "));
    if (!from.isEmpty()) {
      sql.append("and record_id " + (backwards ? "<" : ">") + " :from ");
    }
    // By all of an index, so that it is read in its order and no further than to the limit.
    var order = new ArrayList<String>(List.of("world"));
    by.keySet().stream()
        .filter(each -> each != By.EVENT)
        .limit(1)
        .forEach(each -> order.add(each.column));
    order.add("record_id");
    sql.append("order by " + String.join(backwards ? " desc, " : ", ", order));
    sql.append((backwards ? " desc" : "") + " limit :limit");
    var statement =
        jdbc.sql(sql.toString()).param("world", world).param("limit", limit).param("from", from);
    for (var each : by.entrySet()) {
      statement = statement.param(each.getKey().column, each.getValue());
    }
    return statement.query((row, _) -> read(row)).list();
  }

  private Optional<Kept> seen(Kept stored) {
    return lens.record(stored.recordId(), stored.text()).map(stored::seenAs);
  }

  /** Ids of what {@code holder} reported of a purchase: of the order, and of what it came from. */
  List<String> reportedBy(Did holder, Links links) {
    return jdbc.sql(
            """
            select record_id from trust_record
            where world = :world and order_no = :order and holder = :holder
            union
            select record_id from trust_record where world = :world
              and delegation_id = :delegation and order_no is null and holder = :holder
            union
            select record_id from trust_record where world = :world
              and intent_id = :intent and order_no is null and holder = :holder
            order by record_id limit :limit
            """)
        .param("world", world)
        .param("holder", holder.value())
        .param("order", links.orderNo())
        .param("delegation", links.delegationId())
        .param("intent", links.intentId())
        .param("limit", RecordCodec.MAX_OF_A_FLOW)
        .query((row, _) -> row.getString(1))
        .list();
  }

  /**
   * The newest record of one of the events that is older than {@code before}. Sorted by all of the
   * index, so that H2 reads it backwards and stops at the first.
   */
  Optional<String> latest(By by, String value, List<EventType> events, String before) {
    return jdbc.sql(
            """
            select record_id from trust_record
            where world = :world and %s = :value and record_id < :before and event_type in (:events)
            order by world desc, %s desc, record_id desc limit 1
            """
                .formatted(by.column, by.column))
        .param("world", world)
        .param("value", value)
        .param("before", before)
        .param("events", events.stream().map(EventType::code).toList())
        .query(String.class)
        .optional();
  }

  void anchored(String recordId, long height) {
    jdbc.sql("update trust_record set height = ? where world = ? and record_id = ?")
        .params(height, world, recordId)
        .update();
  }

  void refused(String recordId, String why) {
    jdbc.sql("update trust_record set refusal = ? where world = ? and record_id = ?")
        .params(why.substring(0, Math.min(256, why.length())), world, recordId)
        .update();
  }

  /** Only signatures are ever added; the caller has checked it. */
  public void replace(OffChainRecord signed, String before) {
    jdbc.sql("update trust_record set record = ? where world = ? and record_id = ? and record = ?")
        .params(Json.write(signed), world, signed.recordId(), before)
        .update();
  }

  private static Kept read(ResultSet row) throws SQLException {
    long height = row.getLong(4);
    // Asked at once: it speaks of the column read last.
    boolean anchored = !row.wasNull();
    return new Kept(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        anchored ? height : null,
        row.getString(5));
  }
}
