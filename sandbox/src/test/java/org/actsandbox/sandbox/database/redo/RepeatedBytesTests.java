package org.actsandbox.sandbox.database.redo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that frames come back as they were, and that what comes again makes them shorter. */
class RepeatedBytesTests {

  private static byte[] random(Random random, int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] shortForm(RepeatedBytes repeatedBytes, byte[] frame) {
    var into = new byte[3 + RepeatedBytes.most(frame.length)];
    // The frame's array is longer than the frame, as the log's buffer is.
    int end = repeatedBytes.shorten(Arrays.copyOf(frame, frame.length + 7), frame.length, into, 3);
    return Arrays.copyOfRange(into, 3, end);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    var bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  /** Makes frames that repeat parts of former ones, parts of themselves, one byte, and nothing. */
  private static List<byte[]> frames(Random random) {
    var frames = new ArrayList<byte[]>();
    var all = random(random, 20_000);
    for (int i = 0; i < 300; i++) {
      int length = 1 + random.nextInt(i % 50 == 0 ? 300_000 : 1 << random.nextInt(15));
      var frame = random(random, length);
      for (int at = 0; at < length; ) {
        int part = Math.min(length - at, 1 + random.nextInt(2_000));
        switch (random.nextInt(4)) {
          case 0 -> System.arraycopy(all, random.nextInt(all.length - part + 1), frame, at, part);
          case 1 -> Arrays.fill(frame, at, at + part, (byte) random.nextInt(3));
          case 2 -> System.arraycopy(frame, random.nextInt(at + 1), frame, at, part);
          default -> {}
        }
        at += part;
      }
      frames.add(frame);
      if (i % 10 == 0) {
        all = random(random, 20_000);
      }
    }
    return frames;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void framesComeBackAsTheyWere(long seed) throws Exception {
    var shortening = new RepeatedBytes();
    var restoring = new RepeatedBytes();
    long before = 0;
    long after = 0;
    for (var frame : frames(new Random(seed))) {
      var shortForm = shortForm(shortening, frame);
      assertThat(bytes(restoring.restore(shortForm, frame.length))).isEqualTo(frame);
      assertThat(shortForm.length).isLessThanOrEqualTo(RepeatedBytes.most(frame.length));
      before += frame.length;
      after += shortForm.length;
    }
    assertThat(after).isLessThan(before * 3 / 4);
  }

  /** The row of a payment is logged again with each of its states, a few hundred KB later. */
  @Test
  void aRowThatComesAgainTakesNextToNothing() throws Exception {
    var random = new Random(5);
    var row = "a payment with its papers ".repeat(3) + "x".repeat(40);
    var paper = random(random, 3_000);
    System.arraycopy(row.getBytes(StandardCharsets.UTF_8), 0, paper, 0, row.length());
    var shortening = new RepeatedBytes();
    int first = shortForm(shortening, paper).length;
    for (int i = 0; i < 40; i++) {
      int other = shortForm(shortening, random(random, 10_000)).length;
      assertThat(other).isBetween(10_000, RepeatedBytes.most(10_000));
    }
    paper[1_500]++;
    assertThat(first).isGreaterThan(2_900);
    assertThat(shortForm(shortening, paper).length).isLessThan(40);
  }

  /** What is not a short form is refused, and never read past its end. */
  @Test
  void otherBytesAreRefusedOrGiveAFrameOfTheLength() {
    var random = new Random(9);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      var restoring = new RepeatedBytes();
      var other = random(random, random.nextInt(40));
      for (int at = 0; at < other.length; at++) {
        if (random.nextBoolean()) {
          other[at] &= 0x0F;
        }
      }
      int length = 1 + random.nextInt(60);
      try {
        assertThat(restoring.restore(other, length).remaining()).isEqualTo(length);
      } catch (IOException notOne) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(15_000);
  }

  @Test
  void aFrameIsRefusedWithAnotherLength() throws Exception {
    var shortForm = shortForm(new RepeatedBytes(), random(new Random(3), 100));
    for (int length : new int[] {1, 99, 101}) {
      assertThatThrownBy(() -> new RepeatedBytes().restore(shortForm, length))
          .isInstanceOf(IOException.class);
    }
    assertThat(new RepeatedBytes().restore(shortForm, 100).remaining()).isEqualTo(100);
  }
}
