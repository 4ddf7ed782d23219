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

/** Reads journal entries from the stored blocks. */
@Component
class JournalBlockReader {

  /**
   * Limit of the entries that a read without an id examines, so that a search for a rare kind does
   * not read a whole journal.
   */
  private static final int MAX_EXAMINED = 50_000;

  /**
   * Number of blocks per statement: a block has ten thousand bytes on average and a million at
   * most.
   */
  private static final int BLOCKS = 8;

  private static final String BLOCK = "select b.first_seq, b.last_seq, b.entries";

  /** Represents a block as read; its entries are inflated on demand. */
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
   * Reads a page. Without an id it examines some 50,000 entries at most, so a page may be short
   * although the journal goes on; the page says how far it looked.
   *
   * @param last newest number that the reader may see
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

  /** Reads one page, block by block. */
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
      long end = query.after() > last ? last : Math.min(last, query.after() + MAX_EXAMINED);
      return readBlocks(
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
      return readBlocks(
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
    private JournalStore.Page readBlocks(
        String blocks, Map<String, Object> params, long end, Predicate<JournalEntry> wanted) {
      long from = blockOf(query.after() + 1);
      while (from <= end) {
        var blockPage =
            jdbc.sql(BLOCK + blocks)
                .params(params)
                .param("world", partition)
                .param("from", from)
                .param("end", end)
                .param("limit", BLOCKS)
                .query(JournalBlockReader::stored)
                .list();
        for (var block : blockPage) {
          if (addMatching(block, end, wanted)) {
            return new JournalStore.Page(found, found.getLast().seq());
          }
        }
        if (blockPage.size() < BLOCKS) {
          break;
        }
        from = blockPage.getLast().lastSeq() + 1;
      }
      return new JournalStore.Page(found, Math.max(query.after(), end));
    }

    private boolean addMatching(Stored block, long end, Predicate<JournalEntry> wanted) {
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

    /**
     * Returns the first number of the block that holds {@code seq}, or {@code seq} itself if no
     * block holds it.
     */
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
