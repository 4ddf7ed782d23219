package org.actsandbox.sandbox.journal.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.journal.JournalStore;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The journal's blocks as readers see them: entries. */
@Component
class JournalBlockReader {

  /** Entries a read looks at where no id narrows it: a rare kind must not read a whole journal. */
  private static final int MOST_LOOKED_AT = 50_000;

  /** Per statement: a block may have a million bytes, and usually has ten thousand. */
  private static final int BLOCKS = 8;

  private static final String BLOCK = "select b.first_seq, b.last_seq, b.entries";

  /** A block as read; its entries are unpacked when somebody wants them. */
  @SuppressWarnings("ArrayRecordComponent") // read from a row, never compared
  private record Stored(long firstSeq, long lastSeq, byte[] entries) {

    Stream<JournalEntry> entriesFrom(long seq) {
      return JournalBlock.entries(entries, firstSeq, seq);
    }
  }

  private final JdbcClient jdbc;

  JournalBlockReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<JournalEntry> find(String partition, long seq) {
    return jdbc.sql(
            BLOCK
                + " from journal_block b where b.world = :world and b.first_seq <= :seq"
                + " order by b.world desc, b.first_seq desc limit 1")
        .param("world", partition)
        .param("seq", seq)
        .query(JournalBlockReader::stored)
        .optional()
        .filter(block -> block.lastSeq() >= seq)
        .flatMap(block -> block.entriesFrom(seq).findFirst());
  }

  /**
   * Without an id, looks at some 50,000 entries at most: a page may be short although the journal
   * goes on, and says how far it looked.
   *
   * @param last the newest number a reader may see
   */
  JournalStore.Page read(String partition, JournalQuery query, long last) {
    if (query.limit() < 1 || query.limit() > JournalQuery.MAX_LIMIT) {
      throw new Refusal(Problem.INVALID_FIELD, "limit is out of range")
          .at("limit")
          .expected("1 to " + JournalQuery.MAX_LIMIT)
          .observed(String.valueOf(query.limit()));
    }
    var reading = new Reading(partition, query, last);
    return query.ids().isEmpty() ? reading.byNumber() : reading.byId();
  }

  /** One read, block by block. */
  private final class Reading {

    private final String partition;
    private final JournalQuery query;
    private final long last;
    private final List<JournalEntry> found = new ArrayList<>();

    Reading(String partition, JournalQuery query, long last) {
      this.partition = partition;
      this.query = query;
      this.last = last;
    }

    JournalStore.Page byNumber() {
      var kind = query.kind() == null ? "%" : "%" + query.kind().name() + "%";
      long end = query.after() > last ? last : Math.min(last, query.after() + MOST_LOOKED_AT);
      return through(
          " from journal_block b where b.world = :world and b.first_seq >= :from"
              + " and b.first_seq <= :end and b.kinds like :kind"
              + " order by b.world, b.first_seq limit :limit",
          Map.of("kind", kind),
          end,
          query::fits);
    }

    JournalStore.Page byId() {
      var id = query.ids().entrySet().iterator().next();
      if (query.ids().size() > 1 || !JournalIdIndex.NAMES.contains(id.getKey())) {
        throw new Refusal(Problem.INVALID_FIELD, "the journal is read by one id at a time")
            .at(id.getKey())
            .expected("one of " + JournalIdIndex.LIST);
      }
      var value = JournalIdIndex.truncate(id.getValue());
      return through(
          " from journal_id i join journal_block b"
              + " on b.world = i.world and b.first_seq = i.first_seq"
              + " where i.world = :world and i.id = :id and i.first_seq >= :from"
              + " and i.first_seq <= :end"
              + " order by i.world, i.id, i.first_seq limit :limit",
          Map.of("id", JournalIdIndex.key(id.getKey(), id.getValue())),
          last,
          entry -> value.equals(entry.ids().get(id.getKey())) && query.fits(entry));
    }

    /** Reads until the page is full or nothing is left up to {@code end}. */
    private JournalStore.Page through(
        String blocks, Map<String, Object> params, long end, Predicate<JournalEntry> wanted) {
      long from = blockOf(query.after() + 1);
      while (from <= end) {
        var some =
            jdbc.sql(BLOCK + blocks)
                .params(params)
                .param("world", partition)
                .param("from", from)
                .param("end", end)
                .param("limit", BLOCKS)
                .query(JournalBlockReader::stored)
                .list();
        for (var block : some) {
          if (fills(block, end, wanted)) {
            return new JournalStore.Page(found, found.getLast().seq());
          }
        }
        if (some.size() < BLOCKS) {
          break;
        }
        from = some.getLast().lastSeq() + 1;
      }
      return new JournalStore.Page(found, Math.max(query.after(), end));
    }

    private boolean fills(Stored block, long end, Predicate<JournalEntry> wanted) {
      if (block.lastSeq() <= query.after()) {
        return false;
      }
      block
          .entriesFrom(query.after() + 1)
          .takeWhile(entry -> entry.seq() <= end)
          .filter(wanted)
          .limit(query.limit() - (long) found.size())
          .forEachOrdered(found::add);
      return found.size() == query.limit();
    }

    /** The first number of the block that holds {@code seq}, or of none: {@code seq} itself. */
    private long blockOf(long seq) {
      return jdbc.sql(
              "select first_seq from journal_block where world = :world and first_seq <= :seq"
                  + " order by world desc, first_seq desc limit 1")
          .param("world", partition)
          .param("seq", seq)
          .query(Long.class)
          .optional()
          .orElse(seq);
    }
  }

  private static Stored stored(ResultSet row, int number) throws SQLException {
    return new Stored(row.getLong(1), row.getLong(2), row.getBytes(3));
  }
}
