package org.actsandbox.sandbox.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The journal's rows as readers see them. */
@Component
class JournalRows {

  /** Rows looked at per statement where no id narrows the read, and statements per read. */
  private static final int WINDOW = 2_000;

  private static final int WINDOWS = 25;

  private static final String COLUMNS =
      "select seq, at, recorded_at, actor, peer, kind, component, event, "
          + IdColumns.LIST
          + ", data from journal where world = :world";

  /** Stored entries may be larger than any message. */
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final JdbcClient jdbc;

  JournalRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<JournalEntry> find(String partition, long seq) {
    return jdbc.sql(COLUMNS + " and seq = :seq")
        .param("world", partition)
        .param("seq", seq)
        .query(JournalRows::entry)
        .optional();
  }

  /**
   * Without an id, looks at no more than 50,000 rows after {@code query.after()}: a page may be
   * short although the journal goes on.
   *
   * @param last the newest number a reader may see
   */
  List<JournalEntry> read(String partition, JournalQuery query, long last) {
    if (query.limit() < 1 || query.limit() > JournalQuery.MAX_LIMIT) {
      throw new Refusal(Problem.INVALID_FIELD, "limit is out of range")
          .at("limit")
          .expected("1 to " + JournalQuery.MAX_LIMIT)
          .observed(String.valueOf(query.limit()));
    }
    return query.ids().isEmpty() ? byNumber(partition, query, last) : byId(partition, query, last);
  }

  private List<JournalEntry> byId(String partition, JournalQuery query, long last) {
    var id = onlyId(query);
    return select(
        partition,
        query,
        " and " + id.getKey() + " = :id and seq > :after and seq <= :last",
        Map.of(
            "id", IdColumns.fit(id.getKey(), id.getValue()), "after", query.after(), "last", last),
        query.limit());
  }

  private List<JournalEntry> byNumber(String partition, JournalQuery query, long last) {
    var found = new ArrayList<JournalEntry>();
    long after = query.after();
    for (int i = 0; i < WINDOWS && after < last && found.size() < query.limit(); i++) {
      long until = Math.min(last, after + WINDOW);
      found.addAll(
          select(
              partition,
              query,
              " and seq > :after and seq <= :last",
              Map.of("after", after, "last", until),
              query.limit() - found.size()));
      after = until;
    }
    return found;
  }

  private List<JournalEntry> select(
      String partition, JournalQuery query, String where, Map<String, Object> params, int limit) {
    var sql = new StringBuilder(COLUMNS).append(where);
    var all = new HashMap<>(params);
    all.put("world", partition);
    all.put("limit", limit);
    narrow(sql, all, "kind", query.kind() == null ? null : query.kind().name());
    narrow(sql, all, "component", query.component());
    narrow(sql, all, "event", query.event());
    narrow(sql, all, "actor", query.actor());
    return jdbc.sql(sql.append(" order by seq limit :limit").toString())
        .params(all)
        .query(JournalRows::entry)
        .list();
  }

  private static void narrow(
      StringBuilder sql, Map<String, Object> params, String column, @Nullable String value) {
    if (value != null) {
      sql.append(" and ").append(column).append(" = :").append(column);
      params.put(column, value);
    }
  }

  private static Map.Entry<String, String> onlyId(JournalQuery query) {
    var id = query.ids().entrySet().iterator().next();
    if (query.ids().size() > 1 || !IdColumns.NAMES.contains(id.getKey())) {
      throw new Refusal(Problem.INVALID_FIELD, "the journal is read by one id at a time")
          .at(id.getKey())
          .expected("one of " + IdColumns.LIST);
    }
    return id;
  }

  private static JournalEntry entry(ResultSet row, int number) throws SQLException {
    var ids = new HashMap<String, String>();
    for (var name : IdColumns.NAMES) {
      var value = row.getString(name);
      if (value != null) {
        ids.put(name, value);
      }
    }
    return new JournalEntry(
        row.getLong("seq"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
        row.getString("actor"),
        row.getString("peer"),
        JournalNote.Kind.valueOf(row.getString("kind")),
        row.getString("component"),
        row.getString("event"),
        Map.copyOf(ids),
        data(row.getString("data")));
  }

  private static JsonNode data(String text) {
    return MAPPER.readTree(text);
  }
}
