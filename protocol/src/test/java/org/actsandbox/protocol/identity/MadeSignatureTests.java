package org.actsandbox.protocol.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.actsandbox.protocol.cost.ProtocolCost;
import org.junit.jupiter.api.Test;

/** Tests that only exactly what this process has signed is taken without computing it again. */
class MadeSignatureTests {

  private static final byte[] MESSAGE = "an order".getBytes(StandardCharsets.UTF_8);

  private final Ed25519KeyPair key = new Ed25519KeyPair("did:act:a#1", new byte[32]);

  @Test
  void aSignatureOfThisProcessIsNotComputedAgain() {
    var signature = key.sign(MESSAGE);
    long before = ProtocolCost.VERIFICATIONS.total();

    assertThat(key.publicKey().verifies(MESSAGE, signature)).isTrue();

    assertThat(ProtocolCost.VERIFICATIONS.total()).isEqualTo(before);
  }

  @Test
  void everyBitOfKeyMessageAndSignatureCounts() {
    var signature = key.sign(MESSAGE);
    var otherSeed = new byte[32];
    otherSeed[0] = 1;

    assertThat(
            new Ed25519KeyPair("did:act:a#1", otherSeed).publicKey().verifies(MESSAGE, signature))
        .isFalse();
    for (int bit = 0; bit < 8 * MESSAGE.length; bit++) {
      assertThat(key.publicKey().verifies(flipped(MESSAGE, bit), signature)).isFalse();
    }
    for (int bit = 0; bit < 8 * signature.length; bit++) {
      assertThat(key.publicKey().verifies(MESSAGE, flipped(signature, bit))).isFalse();
    }
    assertThat(key.publicKey().verifies(MESSAGE, new byte[0])).isFalse();
    assertThat(key.publicKey().verifies(MESSAGE, Arrays.copyOf(signature, 65))).isFalse();
  }

  @Test
  void whatADriverSignsIsVerified() {
    var driver = new ProtocolCost.CostCount();
    var signature = new byte[1][];
    ProtocolCost.countApart(
        driver, () -> signature[0] = key.sign("by a driver".getBytes(StandardCharsets.UTF_8)));
    long before = ProtocolCost.VERIFICATIONS.total();

    assertThat(
            key.publicKey().verifies("by a driver".getBytes(StandardCharsets.UTF_8), signature[0]))
        .isTrue();

    assertThat(ProtocolCost.VERIFICATIONS.total()).isEqualTo(before + 1);
    assertThat(driver.of(ProtocolCost.SIGNATURES)).isEqualTo(1);
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    var other = bytes.clone();
    other[bit / 8] ^= (byte) (1 << (bit % 8));
    return other;
  }
}
