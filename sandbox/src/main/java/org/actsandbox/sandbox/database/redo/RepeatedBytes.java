package org.actsandbox.sandbox.database.redo;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Makes frames shorter by what the frames before them in the segment have already, and gives them
 * back. A change of a row logs the whole row, so most of an image is equal to one that was logged a
 * few purchases ago; and a paper that a participant stores comes again in the tables of others.
 *
 * <p>A short form has, until the frame is complete, a number of bytes and these bytes, then a
 * length and how far back so many bytes are repeated from. Numbers have seven bits in each byte,
 * the lowest first. Who reads needs all frames in their order.
 */
final class RepeatedBytes {

  /** The farthest that a repetition is back, in bytes. */
  private static final int WINDOW = 1 << 19;

  private static final int FIRST_CAPACITY = 1 << 16;

  /** The length in bytes from which a repetition is looked for. */
  private static final int SHORTEST = 5;

  /** Distributes the first {@link #SHORTEST} of eight bytes over the places. */
  private static final long FACTOR = 0x9E3779B185EBCA87L;

  private static final int OTHER_BITS = Long.SIZE - SHORTEST * Byte.SIZE;
  private static final int PLACE_BITS = 15;

  /** Each time that so many bytes in a row were not repeated, the search takes longer steps. */
  private static final int PATIENCE_BITS = 6;

  /** The distance between two places of a repetition from which it can be repeated again. */
  private static final int STRIDE = 16;

  private static final int NUMBER_BITS = 7;

  /** The most bytes of a number. */
  private static final int NUMBER = 5;

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** The newest frames, the last of which ends at {@link #end}. */
  private byte[] past = new byte[FIRST_CAPACITY];

  private int end;

  /** Holds for each mark the place in the past at which such bytes came last, plus one, or 0. */
  private final int[] places = new int[1 << PLACE_BITS];

  /** Returns the most bytes that the short form of a frame has. */
  static int most(int length) {
    return length + NUMBER;
  }

  /**
   * Writes the short form of a frame.
   *
   * @param into has room for {@link #most} bytes from {@code at} on
   * @return the position after the last byte
   */
  int shorten(byte[] frame, int length, byte[] into, int at) {
    makeRoom(length);
    System.arraycopy(frame, 0, past, end, length);
    int place = end;
    int unwritten = end;
    int position = at;
    end += length;
    while (place <= end - Long.BYTES) {
      int earlier = note(place) - 1;
      if (earlier < 0 || place - earlier > WINDOW || !areSame(earlier, place)) {
        place += step(place - unwritten);
        continue;
      }
      int start = place;
      while (start > unwritten && earlier > 0 && past[start - 1] == past[earlier - 1]) {
        start--;
        earlier--;
      }
      int repeated = Arrays.mismatch(past, earlier, end, past, start, end);
      if (repeated <= size(start - unwritten) + size(repeated) + size(start - earlier)) {
        place += step(place - unwritten);
        continue;
      }
      position = putBytes(unwritten, start - unwritten, into, position);
      position = putNumber(repeated, into, position);
      position = putNumber(start - earlier, into, position);
      unwritten = start + repeated;
      noteSome(place, unwritten);
      place = unwritten;
    }
    return unwritten < end ? putBytes(unwritten, end - unwritten, into, position) : position;
  }

  private static int step(int withoutRepetition) {
    return 1 + (withoutRepetition >>> PATIENCE_BITS);
  }

  /** Notes a place, and returns the one before with the same mark, plus one. */
  private int note(int place) {
    long bytes = (long) EIGHT_BYTES.get(past, place) << OTHER_BITS;
    int mark = (int) ((bytes * FACTOR) >>> (Long.SIZE - PLACE_BITS));
    int before = places[mark];
    places[mark] = place + 1;
    return before;
  }

  /** Says whether two places begin with the same bytes, and not only with the same mark. */
  private boolean areSame(int one, int other) {
    long difference = (long) EIGHT_BYTES.get(past, one) ^ (long) EIGHT_BYTES.get(past, other);
    return difference << OTHER_BITS == 0;
  }

  private void noteSome(int from, int to) {
    int last = Math.min(to, end - Long.BYTES + 1);
    for (int place = from + STRIDE; place < last; place += STRIDE) {
      int _ = note(place);
    }
  }

  private int putBytes(int from, int count, byte[] into, int at) {
    int position = putNumber(count, into, at);
    System.arraycopy(past, from, into, position, count);
    return position + count;
  }

  private static int putNumber(int number, byte[] into, int at) {
    int position = at;
    int rest = number;
    while (rest >= 1 << NUMBER_BITS) {
      into[position++] = (byte) (rest | 1 << NUMBER_BITS);
      rest >>>= NUMBER_BITS;
    }
    into[position++] = (byte) rest;
    return position;
  }

  /** Returns the number of bytes that a number has. */
  private static int size(int number) {
    return 1 + (Integer.SIZE - 1 - Integer.numberOfLeadingZeros(number | 1)) / NUMBER_BITS;
  }

  /**
   * Returns the next frame, which stays as it is until this is called again.
   *
   * @throws IOException if these bytes are not the short form of a frame of this length
   */
  ByteBuffer restore(byte[] shortForm, int length) throws IOException {
    makeRoom(length);
    int from = end;
    int to = from + length;
    var in = ByteBuffer.wrap(shortForm);
    while (end < to) {
      int count = number(in, to - end);
      if (count > in.remaining()) {
        throw new IOException("a frame of the log ends too early");
      }
      in.get(past, end, count);
      end += count;
      if (end < to) {
        int repeated = number(in, to - end);
        repeat(number(in, Math.min(end, WINDOW)), repeated);
      }
    }
    if (in.hasRemaining()) {
      throw new IOException("a frame of the log is shorter than it says");
    }
    return ByteBuffer.wrap(past, from, length).slice();
  }

  /** Adds bytes from further back, which may reach into those that it adds. */
  private void repeat(int back, int count) throws IOException {
    if (back == 0) {
      throw new IOException("a frame of the log repeats what it does not have");
    }
    for (int left = count; left > 0; ) {
      int some = Math.min(left, back);
      System.arraycopy(past, end - back, past, end, some);
      end += some;
      left -= some;
    }
  }

  private static int number(ByteBuffer in, int limit) throws IOException {
    int number = 0;
    int bits = 0;
    byte next;
    do {
      if (!in.hasRemaining() || bits == NUMBER * NUMBER_BITS) {
        throw new IOException("a frame of the log ends too early");
      }
      next = in.get();
      number |= (next & (1 << NUMBER_BITS) - 1) << bits;
      bits += NUMBER_BITS;
    } while (next < 0);
    if (number < 0 || number > limit) {
      throw new IOException("a frame of the log has a number that is too large");
    }
    return number;
  }

  /** Makes room for a frame, and keeps at least what it can repeat. */
  private void makeRoom(int length) {
    if (length <= past.length - end) {
      return;
    }
    int kept = Math.min(end, WINDOW);
    int dropped = end - kept;
    int needed = kept + length;
    var room = needed > past.length / 2 ? new byte[Math.max(2 * past.length, 2 * needed)] : past;
    System.arraycopy(past, dropped, room, 0, kept);
    past = room;
    end = kept;
    for (int i = 0; i < places.length; i++) {
      places[i] = Math.max(0, places[i] - dropped);
    }
  }
}
