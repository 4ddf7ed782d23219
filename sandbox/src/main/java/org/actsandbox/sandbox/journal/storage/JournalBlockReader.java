package org.actsandbox.sandbox.journal.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
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

  /** Number of spans per statement. */
  private static final int SPANS = 64;

  /** Matches ids that are in the text of an entry as they are, without any escape. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:/-]++");

  private static final String BLOCK = "select b.first_seq, b.last_seq, b.entries";

  private static final String BLOCKS_FROM =
      " from journal_block b where b.world = :world and b.first_seq >= :from"
          + " and b.first_seq <= :end and b.kinds like :kind"
          + " order by b.world, b.first_seq limit :limit";

  /** Represents a block as read; its entries are inflated on demand. */
  @SuppressWarnings("ArrayRecordComponent") // read from a row, never compared
  private record Stored(long firstSeq, long lastSeq, byte[] entries) {

    Stream<JournalEntry> entriesFrom(long seq) {
      return entriesFrom(seq, "");
    }

    Stream<JournalEntry> entriesFrom(long seq, String mentioned) {
      return JournalBlock.entries(entries, firstSeq, seq, mentioned);
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
      long end = query.after() > last ? last : Math.min(last, query.after() + MAX_EXAMINED);
      addBlocks(
          blockOf(query.after() + 1), end, "", entry -> entry.seq() <= end && query.fits(entry));
      return page(end);
    }

    JournalStore.Page byId() {
      var id = query.ids().entrySet().iterator().next();
      if (query.ids().size() > 1 || !JournalIdIndex.NAMES.contains(id.getKey())) {
        throw new Refusal(Problem.INVALID_FIELD, "the journal is read by one id at a time")
            .at(id.getKey())
            .expected("one of " + JournalIdIndex.LIST);
      }
      var value = JournalIdIndex.truncate(id.getValue());
      var mentioned = PLAIN.matcher(value).matches() ? value : "";
      var key = JournalIdIndex.key(id.getKey(), id.getValue());
      long next = blockOf(query.after() + 1);
      long examined = next - IdSpan.ENTRIES;
      List<Long> spans;
      do {
        spans = spansAfter(examined, key);
        for (long span : spans) {
          next =
              addBlocks(
                  Math.max(next, span),
                  Math.min(last, span + IdSpan.ENTRIES - 1),
                  mentioned,
                  entry ->
                      entry.seq() <= last
                          && value.equals(entry.ids().get(id.getKey()))
                          && query.fits(entry));
          if (isFull()) {
            return page(last);
          }
          examined = span;
        }
      } while (spans.size() == SPANS);
      return page(last);
    }

    /** Returns the first numbers of the spans that have an id, after the span at {@code first}. */
    private List<Long> spansAfter(long first, String key) {
      return jdbc.sql(
              "select first_seq from journal_id where world = :world and id = :id"
                  + " and first_seq > :first and first_seq <= :end"
                  + " order by world, id, first_seq limit :limit")
          .param("world", partition)
          .param("id", key)
          .param("first", first)
          .param("end", last)
          .param("limit", SPANS)
          .query((row, _) -> row.getLong(1))
          .list();
    }

    /**
     * Adds entries of the blocks that begin between two numbers, until the page is full.
     *
     * @return the number after the last block that was read, at least {@code from}
     */
    private long addBlocks(long from, long end, String mentioned, Predicate<JournalEntry> wanted) {
      var kind = query.kind() == null ? "%" : "%" + query.kind().name() + "%";
      long next = from;
      while (next <= end) {
        var blocks =
            jdbc.sql(BLOCK + BLOCKS_FROM)
                .param("kind", kind)
                .param("world", partition)
                .param("from", next)
                .param("end", end)
                .param("limit", BLOCKS)
                .query(JournalBlockReader::stored)
                .list();
        for (var block : blocks) {
          next = block.lastSeq() + 1;
          if (block.lastSeq() > query.after()) {
            block
                .entriesFrom(query.after() + 1, mentioned)
                .filter(wanted)
                .limit(query.limit() - (long) found.size())
                .forEachOrdered(found::add);
          }
          if (isFull()) {
            return next;
          }
        }
        if (blocks.size() < BLOCKS) {
          break;
        }
      }
      return next;
    }

    private boolean isFull() {
      return found.size() == query.limit();
    }

    /** Returns what was found; a page that is not full says that it looked up to {@code end}. */
    private JournalStore.Page page(long end) {
      return new JournalStore.Page(
          found, isFull() ? found.getLast().seq() : Math.max(query.after(), end));
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
