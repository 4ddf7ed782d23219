package org.actsandbox.sandbox.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.concurrent.FutureTask;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the key service of a world (ACT ADD-5). */
class KeyServiceTests {

  static final SandboxServer server = SandboxServer.shared();
  static final Did RAILEAST = Did.of("raileast");
  static final byte[] MESSAGE = "order".getBytes(UTF_8);

  World world;

  @BeforeEach
  void makeWorld() {
    world = server.newWorld();
  }

  @Test
  void worldsOfDifferentSeedsShareNoKey() {
    var signature = world.signer(RAILEAST).sign(MESSAGE);
    var elsewhere = server.newWorld().directory().find("did:act:raileast#key-1").orElseThrow();

    assertThat(elsewhere.verifies(MESSAGE, signature)).isFalse();
    assertThat(
            world
                .directory()
                .find("did:act:raileast#key-1")
                .orElseThrow()
                .verifies(MESSAGE, signature))
        .isTrue();
  }

  @Test
  void oldKeysStillVerifyAfterARotationAndAfterAReset() {
    var signer = world.signer(RAILEAST);
    var old = signer.sign(MESSAGE);

    world.keys().rotate(RAILEAST, world.clock());

    assertThat(signer.signerId()).isEqualTo("did:act:raileast#key-2");
    var reset = server.worlds().reset(world.name());
    assertThat(reset.signer(RAILEAST).signerId()).isEqualTo("did:act:raileast#key-2");
    var first = reset.directory().find("did:act:raileast#key-1").orElseThrow();
    assertThat(first.verifies(MESSAGE, old)).isTrue();
    assertThat(first.verifies(MESSAGE, signer.sign(MESSAGE))).isFalse();
    assertThat(reset.directory().find("did:act:raileast#key-3")).isEmpty();
    assertThat(reset.directory().find("did:act:raileast#key-01")).isEmpty();
    assertThat(reset.directory().find("did:act:stranger#key-1")).isEmpty();
  }

  @Test
  void whoNeedsAKeyWhileItBeginsGetsTheNewOne() throws Exception {
    var signer = world.signer(RAILEAST);
    var asked = new FutureTask<>(signer::signerId);
    var asking = new Thread(asked);

    world
        .keys()
        .rotate(
            RAILEAST,
            () -> {
              asking.start();
              while (asking.isAlive() && asking.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
              }
              return world.clock().instant();
            });

    assertThat(asked.get()).isEqualTo("did:act:raileast#key-2");
  }

  @Test
  void aMessageNamesTheKeyThatSignedIt() {
    var signer = world.signer(RAILEAST);
    var key = signer.key();

    world.keys().rotate(RAILEAST, world.clock());

    assertThat(key.signerId()).isEqualTo("did:act:raileast#key-1");
    var first = world.directory().find(key.signerId()).orElseThrow();
    assertThat(first.verifies(MESSAGE, key.sign(MESSAGE))).isTrue();
    assertThat(signer.key().signerId()).isEqualTo("did:act:raileast#key-2");
  }

  @Test
  void thePrincipalsKeyIsReleasedByAPassedPinCheckForOneSignature() {
    assertThatThrownBy(() -> world.signer(World.PRINCIPAL))
        .isInstanceOf(IllegalArgumentException.class);
    var vault = world.principals().signer(World.PRINCIPAL);
    assertThatThrownBy(
            () ->
                vault.release(
                    new PinCheckResult(false, World.PRINCIPAL, "approve T-1", Instant.EPOCH)))
        .isInstanceOf(Refusal.class);

    var released =
        vault.release(new PinCheckResult(true, World.PRINCIPAL, "approve T-1", Instant.EPOCH));

    var signature = released.sign(MESSAGE);
    assertThat(
            world.directory().find(released.signerId()).orElseThrow().verifies(MESSAGE, signature))
        .isTrue();
    assertThatThrownBy(() -> released.sign(MESSAGE)).isInstanceOf(IllegalStateException.class);
  }
}
