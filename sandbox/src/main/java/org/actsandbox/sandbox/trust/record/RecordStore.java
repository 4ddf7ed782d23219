package org.actsandbox.sandbox.trust.record;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.RecordCodec;
import org.actsandbox.protocol.attestation.RecordLinks;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.trust.EvidenceView;
import org.actsandbox.sandbox.trust.TrustWorld;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stores the off-chain records of one world, each under its holder. */
public final class RecordStore {

  /**
   * Number of heights that one statement stores; a power of two. Each has a text of its own in each
   * connection, and a lookup in an array is slower than one in the text.
   */
  private static final int MAX_HEIGHTS = 16;

  private static final String COLUMNS =
      "select record_id, holder, record, height, refusal from trust_record where world = :world ";

  private final String world;
  private final JdbcClient jdbc;
  private final EvidenceView evidenceView;

  public RecordStore(TrustWorld world, EvidenceView evidenceView) {
    this.world = world.partition();
    this.jdbc = world.jdbc();
    this.evidenceView = evidenceView;
  }

  /**
   * Represents a record as it is stored.
   *
   * @param text the record exactly as it was made
   * @param height the record's height on the chain; null until it is anchored
   * @param refusal why the chain refused the anchor
   */
  public record StoredRecord(
      String recordId,
      String holder,
      String text,
      @Nullable Long height,
      @Nullable String refusal) {

    public OffChainRecord record() {
      return Json.read(text, OffChainRecord.class);
    }

    RecordStore.StoredRecord withText(String other) {
      return new RecordStore.StoredRecord(recordId, holder, other, height, refusal);
    }
  }

  /** Lists the keys by which records are looked up. */
  public enum LookupKey {
    EVENT("event_type"),
    INTENT("intent_id"),
    DELEGATION("delegation_id"),
    ORDER("order_no"),
    TRADE("trade_no");

    private final String column;

    LookupKey(String column) {
      this.column = column;
    }
  }

  /** Represents a record and its holder, for the recorder. */
  record HeldRecord(Did holder, OffChainRecord record, String digest) {

    HeldRecord(Did holder, OffChainRecord record) {
      this(holder, record, record.recordDigest());
    }

    private static RecordStore.HeldRecord of(RecordStore.StoredRecord storedRecord) {
      return new RecordStore.HeldRecord(new Did(storedRecord.holder()), storedRecord.record());
    }
  }

  /**
   * Stores records with one statement, each unless one with its id exists, which stays as it is.
   *
   * @return the stored records in the same order, which may have been made before a crash
   */
  List<RecordStore.HeldRecord> addAll(List<RecordStore.HeldRecord> made) {
    int added =
        jdbc.sql(
                """
                insert into trust_record (world, record_id, holder, event_type, intent_id,
                  delegation_id, order_no, trade_no, record)
                select cast(? as varchar), made.record_id, made.holder, made.event_type,
                  made.intent_id, made.delegation_id, made.order_no, made.trade_no, made.record
                from unnest(cast(? as varchar array), cast(? as varchar array),
                  cast(? as varchar array), cast(? as varchar array), cast(? as varchar array),
                  cast(? as varchar array), cast(? as varchar array), cast(? as varchar array))
                  as made (record_id, holder, event_type, intent_id, delegation_id, order_no,
                    trade_no, record)
                on conflict do nothing
                """)
            .param(world)
            .param(column(made, each -> each.record().recordId()))
            .param(column(made, each -> each.holder().value()))
            .param(column(made, each -> each.record().eventType().code()))
            .param(column(made, each -> each.record().intentId()))
            .param(column(made, each -> each.record().delegationId()))
            .param(column(made, each -> each.record().orderNo()))
            .param(column(made, each -> each.record().tradeNo()))
            .param(column(made, each -> Json.write(each.record())))
            .update();
    return added == made.size() ? made : made.stream().map(this::stored).toList();
  }

  private static @Nullable String[] column(
      List<RecordStore.HeldRecord> records,
      Function<RecordStore.HeldRecord, @Nullable String> value) {
    var column = new @Nullable String[records.size()];
    for (int i = 0; i < column.length; i++) {
      column[i] = value.apply(records.get(i));
    }
    return column;
  }

  private RecordStore.HeldRecord stored(RecordStore.HeldRecord made) {
    return RecordStore.HeldRecord.of(find(made.record().recordId()).orElseThrow());
  }

  public Optional<RecordStore.StoredRecord> find(String recordId) {
    return jdbc.sql(COLUMNS + "and record_id = :id")
        .param("world", world)
        .param("id", recordId)
        .query((row, _) -> read(row))
        .optional()
        .flatMap(this::viewed);
  }

  /**
   * Lists records in the order of events, after {@code recordId}; from the first when that is
   * empty.
   */
  public List<RecordStore.StoredRecord> after(
      Map<RecordStore.LookupKey, String> lookupKey, String recordId, int limit) {
    return viewed(lookupKey, recordId, limit, false);
  }

  /** Lists records, newest first, before {@code recordId}; from the newest when that is empty. */
  public List<RecordStore.StoredRecord> before(
      Map<RecordStore.LookupKey, String> lookupKey, String recordId, int limit) {
    return viewed(lookupKey, recordId, limit, true);
  }

  private List<RecordStore.StoredRecord> viewed(
      Map<RecordStore.LookupKey, String> lookupKey, String recordId, int limit, boolean backwards) {
    var viewed = new ArrayList<RecordStore.StoredRecord>();
    var from = recordId;
    while (viewed.size() < limit) {
      int missing = limit - viewed.size();
      var rows = stored(lookupKey, from, missing, backwards);
      rows.forEach(row -> viewed(row).ifPresent(viewed::add));
      if (rows.size() < missing) {
        break;
      }
      from = rows.getLast().recordId();
    }
    return viewed;
  }

  private List<RecordStore.StoredRecord> stored(
      Map<RecordStore.LookupKey, String> lookupKey, String from, int limit, boolean backwards) {
    var sql = new StringBuilder(COLUMNS);
    lookupKey
        .keySet()
        .forEach(each -> sql.append("and " + each.column + " = :" + each.column + " "));
    if (!from.isEmpty()) {
      sql.append("and record_id " + (backwards ? "<" : ">") + " :from ");
    }
    // The order covers a whole index, so that the database reads it in order and stops at the
    // limit.
    var order = new ArrayList<String>(List.of("world"));
    lookupKey.keySet().stream()
        .filter(each -> each != RecordStore.LookupKey.EVENT)
        .limit(1)
        .forEach(each -> order.add(each.column));
    order.add("record_id");
    sql.append("order by " + String.join(backwards ? " desc, " : ", ", order));
    sql.append((backwards ? " desc" : "") + " limit :limit");
    var statement =
        jdbc.sql(sql.toString()).param("world", world).param("limit", limit).param("from", from);
    for (var each : lookupKey.entrySet()) {
      statement = statement.param(each.getKey().column, each.getValue());
    }
    return statement.query((row, _) -> read(row)).list();
  }

  private Optional<RecordStore.StoredRecord> viewed(RecordStore.StoredRecord stored) {
    return evidenceView.record(stored.recordId(), stored.text()).map(stored::withText);
  }

  /**
   * Returns the ids of a holder's records about a purchase: about the order, and about its
   * delegation and intent.
   */
  List<String> reportedBy(Did holder, RecordLinks recordLinks) {
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
        .param("order", recordLinks.orderNo())
        .param("delegation", recordLinks.delegationId())
        .param("intent", recordLinks.intentId())
        .param("limit", RecordCodec.MAX_PER_PURCHASE)
        .query((row, _) -> row.getString(1))
        .list();
  }

  /**
   * Returns the newest record of one of the events that is older than {@code before}. It sorts by
   * the whole index, so that H2 reads it backwards and stops at the first.
   */
  Optional<String> latest(
      RecordStore.LookupKey lookupKey, String value, List<EventType> events, String before) {
    return jdbc.sql(
            """
            select record_id from trust_record
            where world = :world and %s = :value and record_id < :before and event_type in (:events)
            order by world desc, %s desc, record_id desc limit 1
            """
                .formatted(lookupKey.column, lookupKey.column))
        .param("world", world)
        .param("value", value)
        .param("before", before)
        .param("events", events.stream().map(EventType::code).toList())
        .query(String.class)
        .optional();
  }

  /** Says whether the world has any record. */
  boolean isAny() {
    return jdbc.sql(
            """
            select record_id from trust_record where world = ? order by world, record_id limit 1
            """)
        .param(world)
        .query(String.class)
        .optional()
        .isPresent();
  }

  /** Returns a merchant's newest record of a confirmed cart that is older than {@code before}. */
  Optional<String> latestCart(Did merchant, String orderNo, String before) {
    return jdbc.sql(
            """
            select record_id from trust_record
            where world = :world and order_no = :order and record_id < :before
              and event_type = :event and holder = :holder
            order by world desc, order_no desc, record_id desc limit 1
            """)
        .param("world", world)
        .param("order", orderNo)
        .param("before", before)
        .param("event", EventType.CART_CONFIRMED.code())
        .param("holder", merchant.value())
        .query(String.class)
        .optional();
  }

  /**
   * Stores the heights of anchored records, some with each statement.
   *
   * @param heights by record id
   */
  void anchored(Map<String, Long> heights) {
    var all = List.copyOf(heights.keySet());
    for (int from = 0; from < all.size(); from += MAX_HEIGHTS) {
      var some = new RecordIds(all.subList(from, Math.min(all.size(), from + MAX_HEIGHTS)));
      var padded = some.padded();
      var parameters = new ArrayList<Object>();
      padded.forEach(id -> parameters.addAll(List.of(id, heights.get(id))));
      parameters.addAll(List.of(world, some.first(), some.last()));
      jdbc.sql(
              "update trust_record set height = case record_id"
                  + " when ? then cast(? as bigint)".repeat(padded.size())
                  + " end where world = ? and record_id >= ? and record_id <= ?"
                  + " and record_id = any(cast(? as varchar array))")
          .params(parameters)
          .param(some.all().toArray(String[]::new))
          .update();
    }
  }

  void refused(String recordId, String why) {
    jdbc.sql("update trust_record set refusal = ? where world = ? and record_id = ?")
        .params(why.substring(0, Math.min(256, why.length())), world, recordId)
        .update();
  }

  /** Replaces a record by the same one with one more signature, which the caller has checked. */
  public void replace(OffChainRecord signed, String before) {
    jdbc.sql("update trust_record set record = ? where world = ? and record_id = ? and record = ?")
        .params(Json.write(signed), world, signed.recordId(), before)
        .update();
  }

  private static RecordStore.StoredRecord read(ResultSet row) throws SQLException {
    long height = row.getLong(4);
    // This comes directly after getLong, because wasNull() is about the column read last.
    boolean anchored = !row.wasNull();
    return new RecordStore.StoredRecord(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        anchored ? height : null,
        row.getString(5));
  }
}
