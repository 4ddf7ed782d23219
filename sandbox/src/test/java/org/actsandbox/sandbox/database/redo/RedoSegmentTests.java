package org.actsandbox.sandbox.database.redo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.actsandbox.sandbox.database.OwnerOnly;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a segment gives back exactly the frames that are whole. */
class RedoSegmentTests {

  @TempDir Path folder;

  /** Frames of random bytes, of bytes that repeat, and of both. */
  private static List<byte[]> frames(Random random) {
    var frames = new ArrayList<byte[]>();
    for (int length : new int[] {3, 4, 5, 31, 32, 33, 64, 100, 1000}) {
      for (int kind = 0; kind < 3; kind++) {
        var frame = new byte[length];
        if (kind > 0) {
          random.nextBytes(frame);
        }
        if (kind == 2) {
          System.arraycopy(frame, 0, frame, length / 2, length / 2);
        }
        frames.add(frame);
      }
    }
    return frames;
  }

  private Path written(List<byte[]> frames, List<Long> ends) throws IOException {
    var database = folder.resolve("sandbox.mv.db");
    try (var segment = RedoSegment.create(database, 7, OwnerOnly::open)) {
      for (var frame : frames) {
        // The buffer is longer than what is written of it.
        segment.append(Arrays.copyOf(frame, frame.length + 9), frame.length);
        ends.add(segment.size());
      }
    }
    return folder.resolve("sandbox.redo.7");
  }

  private static List<byte[]> read(Path file) throws IOException {
    var found = new ArrayList<byte[]>();
    var _ =
        RedoSegment.read(
            file,
            images -> {
              var bytes = new byte[images.remaining()];
              images.get(bytes);
              found.add(bytes);
            });
    return found;
  }

  @Test
  void eachCutGivesTheWholeFramesBeforeIt() throws IOException {
    var frames = frames(new Random(1));
    var ends = new ArrayList<Long>();
    var whole = written(frames, ends);
    assertThat(ends.getLast()).isEqualTo(Files.size(whole));
    var bytes = Files.readAllBytes(whole);
    var cut = folder.resolve("cut");
    for (int length = 0; length <= bytes.length; length++) {
      Files.write(cut, Arrays.copyOf(bytes, length));
      int limit = length;
      int expected = (int) ends.stream().filter(end -> end <= limit).count();
      var found = read(cut);
      assertThat(found).as("%d bytes", length).hasSize(expected);
      for (int i = 0; i < expected; i++) {
        assertThat(found.get(i)).isEqualTo(frames.get(i));
      }
    }
  }

  /** A frame that is not what was written is never given, whatever bit of it is wrong. */
  @Test
  void noDamagedFrameIsGiven() throws IOException {
    var frames = frames(new Random(2)).subList(9, 15);
    var ends = new ArrayList<Long>();
    var bytes = Files.readAllBytes(written(frames, ends));
    var damaged = folder.resolve("damaged");
    for (int place = 8; place < bytes.length; place++) {
      var copy = bytes.clone();
      copy[place] ^= (byte) (1 << place % 8);
      Files.write(damaged, copy);
      int at = place;
      int before = (int) ends.stream().filter(end -> end <= at).count();
      var found = new ArrayList<byte[]>();
      try {
        found.addAll(read(damaged));
      } catch (IOException refused) {
        assertThat(refused).hasMessageContaining("is damaged");
        continue;
      }
      assertThat(found).as("byte %d", place).hasSize(before);
    }
  }

  /** A server of a former version was killed, and the next start is of this one. */
  @Test
  void aSegmentInTheFormerFormIsRead() throws Exception {
    var frames = frames(new Random(4));
    var file = folder.resolve("sandbox.redo.7");
    Files.write(file, FormerSegment.of(frames));
    var found = read(file);
    assertThat(found).hasSameSizeAs(frames);
    for (int i = 0; i < frames.size(); i++) {
      assertThat(found.get(i)).isEqualTo(frames.get(i));
    }
  }

  @Test
  void otherFilesAreNoSegments() {
    var database = Path.of("sandbox.mv.db");
    assertThat(RedoSegment.number(database, "sandbox.redo.12")).isEqualTo(12);
    for (var other :
        List.of(
            "sandbox.redo.",
            "sandbox.redo.0",
            "sandbox.redo.x",
            "sandbox.redo.1234567890",
            "other.redo.1",
            "sandbox.redo.1.bak",
            "xsandbox.redo.1")) {
      assertThat(RedoSegment.number(database, other)).as(other).isZero();
    }
  }
}
