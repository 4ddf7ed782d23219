package org.actsandbox.merchants.psp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.actsandbox.merchants.toy.ToyPsp;
import org.actsandbox.merchants.toy.ToyTestBase;
import org.actsandbox.merchants.toy.ToyWorld;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.KeySet;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.junit.jupiter.api.Test;

/**
 * Tests that the keys of the payment service rotate, and that invented key ids cause no flood of
 * requests.
 */
class PspKeysTests extends ToyTestBase {

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger fetched = new AtomicInteger();
  private volatile KeySet published = KeySet.of(List.of(key(1).publicKey()));
  private final PspKeys keys =
      new PspKeys(
          () -> {
            fetched.incrementAndGet();
            return published;
          },
          nanos::get);

  @Test
  void aNewKeyCausesOneFetchAndTheOldOneStillVerifies() {
    assertThat(keys.find(id(1))).isPresent();
    published = KeySet.of(List.of(key(2).publicKey(), key(1).publicKey()));

    assertThat(keys.find(id(2))).isPresent();

    assertThat(keys.find(id(1))).isPresent();
    assertThat(keys.find(id(2))).isPresent();
    assertThat(fetched).hasValue(2);
  }

  @Test
  void inventedKeyIdsCauseNoFlood() throws Exception {
    keys.find(id(1));
    ToyWorld.race(50, () -> keys.find("did:act:sandbox-pay#key-" + nanos.incrementAndGet()));
    for (int i = 0; i < 1_000; i++) {
      assertThat(keys.find("did:act:thief#key-" + i)).isEmpty();
    }
    assertThat(fetched).hasValue(2);

    pass(PspKeys.MIN_REFETCH_INTERVAL);
    keys.find("did:act:thief#key-1");
    keys.find("did:act:thief#key-2");
    assertThat(fetched).hasValue(3);
  }

  @Test
  void aForgerDelaysANewKeyOnlyBriefly() {
    keys.find(id(1));
    keys.find("did:act:thief#key-1");
    published = KeySet.of(List.of(key(2).publicKey(), key(1).publicKey()));
    assertThat(keys.find(id(2))).isEmpty();

    pass(PspKeys.MIN_REFETCH_INTERVAL);
    assertThat(keys.find(id(2))).isPresent();
  }

  @Test
  void aWithdrawnKeyIsNoLongerAccepted() {
    keys.find(id(1));
    published = KeySet.of(List.of(key(2).publicKey()));
    pass(PspKeys.MAX_AGE.minusNanos(1));
    assertThat(keys.find(id(1))).isPresent();
    pass(Duration.ofNanos(1));
    assertThat(keys.find(id(1))).isEmpty();
  }

  @Test
  void aFailedFetchIsRepeated() {
    var broken =
        new PspKeys(
            () -> {
              if (fetched.incrementAndGet() == 1) {
                throw new Refusal(Problem.UPSTREAM_FAILED, "silent");
              }
              return published;
            },
            nanos::get);
    assertThatThrownBy(() -> broken.find(id(1))).isInstanceOf(Refusal.class);
    assertThat(broken.find(id(1))).isPresent();
  }

  @Test
  void aProofOfANewKeyDeliversAndSoDoesAnOldOne() {
    var before = agent.orders();
    var oldProof = world.psp().proof(agent.billFor(before));
    var first = agent.orders();
    assertThat(agent.showsProof(first, world.psp().proof(agent.billFor(first))).status())
        .isEqualTo(200);
    assertThat(world.psp().keySetReads).hasValue(1);

    world.psp().rotateKey();
    var after = agent.orders();
    assertThat(agent.showsProof(after, world.psp().proof(agent.billFor(after))).status())
        .isEqualTo(200);
    assertThat(agent.showsProof(before, oldProof).status()).isEqualTo(200);
    assertThat(world.psp().keySetReads).hasValue(2);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static String id(int number) {
    return ToyPsp.DID.key(number);
  }

  private static Ed25519KeyPair key(int number) {
    var seed = new byte[32];
    seed[0] = (byte) number;
    return new Ed25519KeyPair(id(number), seed);
  }
}
