package org.actsandbox.protocol.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests that digests that are used again give the same hashes as new ones. */
class Sha256Tests {

  @Test
  void hashesTheTextOfTheStandard() {
    var hash = Sha256.of("abc".getBytes(StandardCharsets.US_ASCII));
    assertThat(HexFormat.of().formatHex(hash))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  /** More threads than digests, virtual ones too, so that many want the same one. */
  @Test
  void manyThreadsGetTheirOwnHashes() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var compared =
          threads.invokeAll(
              IntStream.range(0, 200)
                  .<Callable<Boolean>>mapToObj(seed -> () -> equalsNewDigest(seed))
                  .toList());
      for (var each : compared) {
        assertThat(each.get()).isTrue();
      }
    }
  }

  private static boolean equalsNewDigest(int seed) throws Exception {
    var random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      var first = new byte[random.nextInt(200)];
      var second = new byte[random.nextInt(200)];
      random.nextBytes(first);
      random.nextBytes(second);
      var expected = MessageDigest.getInstance("SHA-256");
      expected.update(first);
      if (!MessageDigest.isEqual(expected.digest(second), Sha256.of(first, second))) {
        return false;
      }
    }
    return true;
  }

  /** What was begun before the failure must not get into the next hash. */
  @Test
  void aFailureLeavesNothingBehind() {
    var text = "abc".getBytes(StandardCharsets.US_ASCII);
    var before = Sha256.of(text);
    var parts = new byte[][] {text, null};
    assertThatThrownBy(() -> Sha256.of(parts)).isInstanceOf(NullPointerException.class);
    assertThat(Sha256.of(text)).isEqualTo(before);
  }
}
