package org.actsandbox.sandbox.journal.storage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.journal.EntryReader;
import org.actsandbox.sandbox.journal.JournalEntry;

/**
 * Entries of one partition that follow one another, as they are stored: one JSON object per line,
 * deflated. Small enough for a row whatever is in it.
 *
 * @param ids every id of every entry, once, as {@link JournalIdIndex#key} writes it
 */
@SuppressWarnings("ArrayRecordComponent") // written to a row, never compared
record JournalBlock(
    String partition, long firstSeq, long lastSeq, String kinds, List<String> ids, byte[] entries) {

  /** Bytes before deflation; deflated, the worst of them still fits H2's million per value. */
  private static final int MAX_BYTES = 980_000;

  /** A reader of one entry unpacks them all. */
  static final int MAX_ENTRIES = 256;

  /**
   * The block's entries from {@code seq} on; only those that are looked at are read.
   *
   * @param firstSeq the block's: numbers have no gaps, so an entry's line is known
   */
  static Stream<JournalEntry> entries(byte[] deflated, long firstSeq, long seq) {
    return lines(deflated).lines().skip(Math.max(0, seq - firstSeq)).map(EntryReader::entry);
  }

  private static String lines(byte[] deflated) {
    try (var inflated = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
      return new String(inflated.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException("a block of the journal cannot be read", broken);
    }
  }

  /** Puts rows into blocks, in order. */
  static final class Builder {

    private static final byte[] DATA = ",\"data\":".getBytes(StandardCharsets.US_ASCII);

    private final String partition;
    private final List<JournalBlock> journalBlocks = new ArrayList<>();

    /** Sorted, as the index has them: neighbours meet on its pages. */
    private final SortedSet<String> ids = new TreeSet<>();

    private final EnumSet<JournalNote.Kind> kinds = EnumSet.noneOf(JournalNote.Kind.class);
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream(16 * 1024);
    private long first;
    private long last;

    Builder(String partition) {
      this.partition = partition;
    }

    void add(JournalRow journalRow) {
      var line = Json.bytes(journalRow.line());
      if (last - first + 1 >= MAX_ENTRIES
          || lines.size() + line.length + journalRow.data().length > MAX_BYTES) {
        cut();
      }
      if (lines.size() == 0) {
        first = journalRow.line().seq();
      }
      last = journalRow.line().seq();
      // The line's own closing brace makes room for the data.
      lines.write(line, 0, line.length - 1);
      lines.writeBytes(DATA);
      lines.writeBytes(journalRow.data());
      lines.write('}');
      lines.write('\n');
      kinds.add(journalRow.line().kind());
      journalRow.line().ids().forEach((name, value) -> ids.add(JournalIdIndex.key(name, value)));
    }

    List<JournalBlock> blocks() {
      cut();
      return journalBlocks;
    }

    private void cut() {
      if (lines.size() == 0) {
        return;
      }
      var names = kinds.stream().map(Enum::name).collect(Collectors.joining(" "));
      journalBlocks.add(
          new JournalBlock(partition, first, last, names, List.copyOf(ids), deflated()));
      lines.reset();
      kinds.clear();
      ids.clear();
    }

    private byte[] deflated() {
      var bytes = new ByteArrayOutputStream(lines.size() / 4 + 64);
      var deflater = new Deflater(Deflater.BEST_SPEED);
      try (var stream = new DeflaterOutputStream(bytes, deflater, 4096)) {
        lines.writeTo(stream);
      } catch (IOException impossible) {
        throw new IllegalStateException("bytes in memory", impossible);
      } finally {
        deflater.end();
      }
      return bytes.toByteArray();
    }
  }
}
