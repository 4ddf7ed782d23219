package org.actsandbox.sandbox.database.redo;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.h2.compress.CompressLZF;
import org.jspecify.annotations.Nullable;

/**
 * One file of the redo log: a mark, then frames, each with the images that were written at once.
 * Java closes a channel under a thread that is interrupted, so none is used here.
 */
final class RedoSegment implements AutoCloseable {

  private static final byte[] MARK = "ACTREDO2".getBytes(StandardCharsets.US_ASCII);

  /** Begins a segment of former versions, in which each frame is compressed by itself. */
  private static final byte[] FORMER_MARK = "ACTREDO1".getBytes(StandardCharsets.US_ASCII);

  /** Length of what precedes a frame: its length in memory and in the file, and its checksum. */
  private static final int HEAD = 3 * Integer.BYTES;

  /** Limits the images of a frame in bytes, many times what one write gathers. */
  private static final int MAX_FRAME = 64 << 20;

  private static final Pattern NAME = Pattern.compile("(.+)\\.redo\\.([1-9][0-9]{0,8})");

  private final int number;
  private final Path file;
  private final FileOutputStream out;
  private final RepeatedBytes repeated = new RepeatedBytes();
  private byte[] frame = new byte[64 << 10];
  private long size = MARK.length;

  private RedoSegment(int number, Path file, FileOutputStream out) {
    this.number = number;
    this.file = file;
    this.out = out;
  }

  /** Makes an empty segment, which the device has when this returns. */
  static RedoSegment create(Path database, int number, RedoLog.Files files) throws IOException {
    var file = database.resolveSibling(stem(database) + ".redo." + number);
    var out = files.create(file);
    out.write(MARK);
    out.getFD().sync();
    return new RedoSegment(number, file, out);
  }

  private static String stem(Path database) {
    return database.getFileName().toString().replaceFirst("\\.mv\\.db$", "");
  }

  /** Returns the number of the segment of the database with this name; 0 if it is none. */
  static int number(Path database, String name) {
    var form = NAME.matcher(name);
    return form.matches() && form.group(1).equals(stem(database))
        ? Integer.parseInt(form.group(2))
        : 0;
  }

  /** Returns the segments beside a database file by their numbers. */
  static NavigableMap<Integer, Path> beside(Path database) throws IOException {
    var found = new TreeMap<Integer, Path>();
    try (var files = Files.list(database.toAbsolutePath().getParent())) {
      for (var each : files.toList()) {
        int number = number(database, each.getFileName().toString());
        if (number > 0) {
          found.put(number, each);
        }
      }
    }
    return found;
  }

  int number() {
    return number;
  }

  /** Returns the number of bytes in the file. */
  long size() {
    return size;
  }

  boolean isEmpty() {
    return size == MARK.length;
  }

  /** Appends images with one write; the operating system has them when this returns. */
  void append(byte[] images, int length) throws IOException {
    int most = HEAD + RepeatedBytes.most(length);
    if (frame.length < most) {
      frame = new byte[most];
    }
    int stored = repeated.shorten(images, length, frame, HEAD) - HEAD;
    ByteBuffer.wrap(frame)
        .putInt(length)
        .putInt(stored)
        .putInt(checksum(length, frame, HEAD, stored));
    out.write(frame, 0, HEAD + stored);
    size += HEAD + stored;
  }

  private static int checksum(int length, byte[] bytes, int from, int count) {
    var sum = new CRC32C();
    sum.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, length));
    sum.update(bytes, from, count);
    return (int) sum.getValue();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  void delete() throws IOException {
    close();
    Files.delete(file);
  }

  /**
   * Gives the images of each frame in their order, up to the first that is not whole.
   *
   * @return whether all frames are whole; the last is not if the process ended while it was written
   * @throws IOException if a frame is damaged and a whole one follows it
   */
  static boolean read(Path file, Consumer<ByteBuffer> images) throws IOException {
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      long left = Files.size(file) - MARK.length;
      var form = Form.of(in.readNBytes(MARK.length));
      if (form == null) {
        return false;
      }
      while (left > 0) {
        var frame = Frame.next(in, left);
        if (frame == null) {
          return false;
        }
        left -= frame.size();
        if (!frame.isWhole()) {
          var after = Frame.next(in, left);
          if (after != null && after.isWhole()) {
            throw new IOException(
                "the log %s is damaged %d bytes before its end".formatted(file, left));
          }
          return false;
        }
        images.accept(form.restore(frame.stored(), frame.length()));
      }
      return true;
    }
  }

  /** Restores the images of frames, which are given in their order. */
  @FunctionalInterface
  private interface Form {

    /** Returns the form of a segment's frames; null if the file begins with none of the marks. */
    static @Nullable Form of(byte[] mark) {
      if (Arrays.equals(mark, MARK)) {
        return new RepeatedBytes()::restore;
      }
      return Arrays.equals(mark, FORMER_MARK) ? Form::restoreFormer : null;
    }

    ByteBuffer restore(byte[] stored, int length) throws IOException;

    private static ByteBuffer restoreFormer(byte[] stored, int length) {
      if (stored.length == length) {
        return ByteBuffer.wrap(stored);
      }
      var images = new byte[length];
      new CompressLZF().expand(stored, 0, stored.length, images, 0, length);
      return ByteBuffer.wrap(images);
    }
  }

  /** Represents a frame as it is in the file. */
  @SuppressWarnings("ArrayRecordComponent") // read from the file, never compared
  private record Frame(int length, byte[] stored, int checksum) {

    /** Returns null if the file ends before the frame does. */
    static @Nullable Frame next(DataInputStream in, long left) throws IOException {
      if (left < HEAD) {
        return null;
      }
      int length = in.readInt();
      int stored = in.readInt();
      int checksum = in.readInt();
      if (length <= 0
          || length > MAX_FRAME
          || stored <= 0
          || stored > RepeatedBytes.most(length)
          || stored > left - HEAD) {
        return null;
      }
      return new Frame(length, in.readNBytes(stored), checksum);
    }

    int size() {
      return HEAD + stored.length;
    }

    /** Says whether the frame is what was written. */
    boolean isWhole() {
      return RedoSegment.checksum(length, stored, 0, stored.length) == checksum;
    }
  }
}
