package org.actsandbox.protocol.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Tests that an anchor is verified alike, whether this process still remembers it or not. */
class AnchorCodecTests {

  private final TestRecords world = new TestRecords(HashAlgorithm.SHA_256);

  @Test
  void verifiesAnAnchorAgainThatItHasForgotten() {
    var record = world.record("E-2");
    var anchor = Anchor.of(record, TestRecords.SHOP, AnchorCodec.SHARED, TestRecords.NOW);
    var compact = AnchorCodec.sign(anchor, world.pair(TestRecords.SHOP));
    var remembered = AnchorCodec.verify(compact, world.keys());
    assertThat(remembered.anchor()).isEqualTo(anchor);
    assertThat(AnchorCodec.verify(compact, world.keys())).isEqualTo(remembered);
  }

  /** A refusal forgets it, too, and the next reader refuses it for the same reason. */
  @Test
  void refusesAnAnchorAgainWhoseKeyIsUnknown() {
    var record = world.record("E-2");
    var anchor = Anchor.of(record, TestRecords.SHOP, AnchorCodec.SHARED, TestRecords.NOW);
    var stranger = world.key(TestRecords.SHOP, 2, TestRecords.NOW.plusSeconds(60), null);
    var compact = AnchorCodec.sign(anchor, stranger);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> AnchorCodec.verify(compact, world.keys()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no key did:act:shop#key-2 was valid then");
    }
  }
}
