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
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.sandbox.journal.EntryReader;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.jspecify.annotations.Nullable;

/**
 * Represents consecutive journal entries of one partition as they are stored: one JSON object per
 * line, deflated. A block always fits into a row, with any content of the entries.
 *
 * @param idsFrom the first number of the span for which the ids are stored
 * @param ids the ids of the entries that the span did not have before, as {@link
 *     JournalIdIndex#key} writes them
 */
@SuppressWarnings("ArrayRecordComponent") // written to a row, never compared
record JournalBlock(
    String partition,
    long firstSeq,
    long lastSeq,
    String kinds,
    long idsFrom,
    List<String> ids,
    byte[] entries) {

  /**
   * Limit in bytes before deflation; even data that deflation cannot shorten still fits H2's limit
   * of a million bytes per value.
   */
  private static final int MAX_BYTES = 980_000;

  /** Limit of entries, because a reader of one entry has to inflate all of them. */
  static final int MAX_ENTRIES = 256;

  /**
   * Returns the block's entries from {@code seq} on; only consumed entries are parsed.
   *
   * @param firstSeq the block's first number; numbers have no gaps, so it gives the line of an
   *     entry
   */
  static Stream<JournalEntry> entries(byte[] deflated, long firstSeq, long seq) {
    return entries(deflated, firstSeq, seq, _ -> true);
  }

  /** Returns those of the block's entries from {@code seq} on whose line is wanted. */
  static Stream<JournalEntry> entries(
      byte[] deflated, long firstSeq, long seq, Predicate<String> wanted) {
    return lines(deflated)
        .lines()
        .skip(Math.max(0, seq - firstSeq))
        .filter(wanted)
        .map(EntryReader::entry);
  }

  private static String lines(byte[] deflated) {
    try (var inflated = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
      return new String(inflated.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException("a block of the journal cannot be read", broken);
    }
  }

  /** Holds the buffers of a block that is made; they serve one block after the other. */
  static final class Buffers {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(32 * 1024);

    /**
     * Has a quarter of a megabyte outside the heap. Level 3 makes blocks a twentieth smaller than
     * level 1 in the same time; higher levels take longer.
     */
    private final Deflater deflater = new Deflater(3);
  }

  /** Packs rows into blocks in their order. */
  static final class Builder {

    private final String partition;
    private final IdSpan idSpan;
    private final List<JournalBlock> journalBlocks = new ArrayList<>();

    /** Sorted like the index, so that neighbouring keys are on the same index pages. */
    private final SortedSet<String> ids = new TreeSet<>();

    private final EnumSet<JournalNote.Kind> kinds = EnumSet.noneOf(JournalNote.Kind.class);
    private final Buffers buffers;

    /** Takes the lines as they come, so that they are not in memory twice; null between blocks. */
    private @Nullable DeflatedLines lines;

    private int size;
    private long first;
    private long last;

    /**
     * @param buffers the memory that the blocks are made in; no other builder uses it meanwhile
     */
    Builder(String partition, IdSpan idSpan, Buffers buffers) {
      this.buffers = buffers;
      this.partition = partition;
      this.idSpan = idSpan;
    }

    void add(JournalRow journalRow) {
      var line = journalRow.json();
      if (last - first + 1 >= MAX_ENTRIES || size + line.size() > MAX_BYTES) {
        finishBlock();
      }
      if (lines == null) {
        lines = new DeflatedLines(buffers);
        first = journalRow.line().seq();
      }
      last = journalRow.line().seq();
      lines.add(line);
      size += line.size() + 1;
      kinds.add(journalRow.line().kind());
      journalRow.line().ids().forEach((name, value) -> ids.add(JournalIdIndex.key(name, value)));
    }

    List<JournalBlock> blocks() {
      finishBlock();
      return journalBlocks;
    }

    private void finishBlock() {
      if (lines == null) {
        return;
      }
      lines.close();
      lines = null;
      var names = kinds.stream().map(Enum::name).collect(Collectors.joining(" "));
      long idsFrom = idSpan.of(first);
      journalBlocks.add(
          new JournalBlock(
              partition,
              first,
              last,
              names,
              idsFrom,
              idSpan.unstored(ids),
              buffers.bytes.toByteArray()));
      size = 0;
      kinds.clear();
      ids.clear();
    }
  }

  /** Deflates lines one after another. */
  private static final class DeflatedLines {

    private final DeflaterOutputStream stream;

    DeflatedLines(Buffers buffers) {
      // A block that failed before its end has left bytes there.
      buffers.bytes.reset();
      buffers.deflater.reset();
      stream = new DeflaterOutputStream(buffers.bytes, buffers.deflater, 4096);
    }

    void add(ByteArrayOutputStream line) {
      try {
        line.writeTo(stream);
        stream.write('\n');
      } catch (IOException impossible) {
        throw new IllegalStateException("bytes in memory", impossible);
      }
    }

    void close() {
      try {
        stream.close();
      } catch (IOException impossible) {
        throw new IllegalStateException("bytes in memory", impossible);
      }
    }
  }
}
