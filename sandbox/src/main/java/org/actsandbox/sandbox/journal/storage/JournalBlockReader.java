package org.actsandbox.sandbox.journal.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

  /** Begins the data of an entry, right after its ids; quotes within an id are escaped. */
  private static final String BEFORE_DATA = ",\"data\":";

  private static final String BLOCK = "select b.first_seq, b.last_seq, b.entries";

  private static final String BLOCKS_FROM =
      " from journal_block b where b.world = :world and b.first_seq >= :from"
          + " and b.first_seq <= :end and b.kinds like :kind"
          + " order by b.world, b.first_seq limit :limit";

  /** Represents a block as read; its entries are inflated on demand. */
  @SuppressWarnings("ArrayRecordComponent") // read from a row, never compared
  private record Stored(long firstSeq, long lastSeq, byte[] entries) {

    Stream<JournalEntry> entriesFrom(long seq) {
      return entriesFrom(seq, _ -> true);
    }

    Stream<JournalEntry> entriesFrom(long seq, Predicate<String> line) {
      return JournalBlock.entries(entries, firstSeq, seq, line);
    }
  }

  /**
   * Holds the first numbers of spans, in order.
   *
   * @param more true if there may be spans after them
   */
  private record Spans(Set<Long> firsts, boolean more) {}

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
    var reading = new Reading(partition, query, query.limit(), last);
    if (query.ids().isEmpty()) {
      return reading.byNumber();
    }
    var id = query.ids().entrySet().iterator().next();
    if (query.ids().size() > 1) {
      throw notIndexed(id.getKey());
    }
    return reading.byIds(Map.of(id.getKey(), Set.of(id.getValue())));
  }

  /** Reads the oldest entries with any of the ids; each block is inflated once for all of them. */
  List<JournalEntry> readAny(String partition, Map<String, Set<String>> ids, long last, int most) {
    return new Reading(partition, JournalQuery.after(0, 1), most, last).byIds(ids).items();
  }

  private static Refusal notIndexed(String name) {
    return new Refusal(Problem.INVALID_FIELD, "the journal is read by one id at a time")
        .at(name)
        .expected("one of " + JournalIdIndex.LIST);
  }

  /** Reads one page, block by block. */
  private final class Reading {

    private final String partition;
    private final JournalQuery query;
    private final int most;
    private final long last;
    private final List<JournalEntry> found = new ArrayList<>();

    Reading(String partition, JournalQuery query, int most, long last) {
      this.partition = partition;
      this.query = query;
      this.most = most;
      this.last = last;
    }

    JournalStore.Page byNumber() {
      long end = query.after() > last ? last : Math.min(last, query.after() + MAX_EXAMINED);
      addBlocks(
          blockOf(query.after() + 1),
          end,
          _ -> true,
          entry -> entry.seq() <= end && query.fits(entry));
      return page(end);
    }

    /** Reads the entries that have any of these ids, given as values by name. */
    JournalStore.Page byIds(Map<String, Set<String>> ids) {
      var values = new LinkedHashMap<String, Set<String>>();
      var keys = new ArrayList<String>();
      ids.forEach(
          (name, wanted) -> {
            if (!JournalIdIndex.NAMES.contains(name)) {
              throw notIndexed(name);
            }
            wanted.forEach(value -> keys.add(JournalIdIndex.key(name, value)));
            values.put(
                name, wanted.stream().map(JournalIdIndex::truncate).collect(Collectors.toSet()));
          });
      var line = mentions(values.values().stream().flatMap(Set::stream).toList());
      long next = blockOf(query.after() + 1);
      long examined = next - IdSpan.ENTRIES;
      Spans spans;
      do {
        spans = spansAfter(examined, keys);
        for (long span : spans.firsts()) {
          next =
              addBlocks(
                  Math.max(next, span),
                  Math.min(last, span + IdSpan.ENTRIES - 1),
                  line,
                  entry -> entry.seq() <= last && hasAny(entry, values) && query.fits(entry));
          if (isFull()) {
            return page(last);
          }
          examined = span;
        }
      } while (spans.more());
      return page(last);
    }

    private static boolean hasAny(JournalEntry entry, Map<String, Set<String>> values) {
      return entry.ids().entrySet().stream()
          .anyMatch(id -> values.getOrDefault(id.getKey(), Set.of()).contains(id.getValue()));
    }

    /**
     * Accepts the lines that may have one of the ids, so that only those are parsed. The ids stand
     * before the data, which is most of a line.
     */
    private static Predicate<String> mentions(List<String> values) {
      if (!values.stream().allMatch(value -> PLAIN.matcher(value).matches())) {
        return _ -> true;
      }
      return line -> {
        int data = line.indexOf(BEFORE_DATA);
        var head = data < 0 ? line : line.substring(0, data);
        return values.stream().anyMatch(head::contains);
      };
    }

    /**
     * Returns the first numbers of the next spans that have any of the ids. Where an id has more
     * spans than one statement returns, the spans after its last one are left for the next time.
     */
    private Spans spansAfter(long first, List<String> keys) {
      var firsts = new TreeSet<Long>();
      long end = Long.MAX_VALUE;
      for (var key : keys) {
        var found = spansAfter(first, key);
        firsts.addAll(found);
        if (found.size() == SPANS) {
          end = Math.min(end, found.getLast());
        }
      }
      return new Spans(firsts.headSet(end, true), end < Long.MAX_VALUE);
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
    private long addBlocks(
        long from, long end, Predicate<String> line, Predicate<JournalEntry> wanted) {
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
                .entriesFrom(query.after() + 1, line)
                .filter(wanted)
                .limit(most - (long) found.size())
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
      return found.size() == most;
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
