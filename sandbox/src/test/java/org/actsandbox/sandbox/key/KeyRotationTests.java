package org.actsandbox.sandbox.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.actsandbox.protocol.attestation.KeyPeriods.KeyPeriod;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeySet;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.SandboxServer.Answer;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tests that an answered rotation is permanent, even with many rotations at the same time. */
class KeyRotationTests {

  private static final Did SHOP = Did.of("luma-mart");
  private static final int AT_ONCE = 96;
  private static final byte[] MESSAGE = "order".getBytes(UTF_8);

  @Test
  void rotationsAtTheSameTimeGetDifferentNumbersAndSurviveARestart(@TempDir Path data)
      throws Exception {
    List<String> before;
    byte[] signature;
    String name;
    try (var server = SandboxServer.start(data)) {
      var world = server.newWorld();
      name = world.name();
      var path = "/api/worlds/" + name + "/participants/luma-mart/keys";
      var operator = SandboxServer.bearer(server.operator(world));
      var answers = new ArrayList<Answer>();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var asked =
            IntStream.range(0, AT_ONCE)
                .mapToObj(_ -> threads.submit(() -> server.post(path, "", operator)))
                .toList();
        for (var each : asked) {
          answers.add(each.get());
        }
      }
      assertThat(answers).extracting(Answer::status).containsOnly(201);
      assertThat(answers)
          .extracting(answer -> answer.json().path("signer_id").stringValue())
          .containsExactlyInAnyOrderElementsOf(
              IntStream.rangeClosed(2, AT_ONCE + 1).mapToObj(SHOP::key).toList());
      assertThat(world.signer(SHOP).signerId()).isEqualTo(SHOP.key(AT_ONCE + 1));
      signature = world.signer(SHOP).sign(MESSAGE);
      before = periods(world);
    }
    try (var server = SandboxServer.start(data)) {
      var world = server.world(name);
      assertThat(world.signer(SHOP).signerId()).isEqualTo(SHOP.key(AT_ONCE + 1));
      assertThat(periods(world)).isEqualTo(before).hasSize(AT_ONCE + 1);
      assertThat(world.keys().periods(SHOP))
          .extracting(KeyPeriod::validFrom)
          .as("one after the other")
          .isSorted();
      var newest = world.directory().find(SHOP.key(AT_ONCE + 1)).orElseThrow();
      assertThat(newest.verifies(MESSAGE, signature)).isTrue();
      world.keys().rotate(SHOP, world.clock());
      assertThat(world.signer(SHOP).signerId()).isEqualTo(SHOP.key(AT_ONCE + 2));
    }
  }

  /** A merchant that reads a set of keys takes 64, and a proof is signed with the newest. */
  @Test
  void afterManyRotationsTheNewestKeysArePublished() {
    var server = SandboxServer.shared();
    var world = server.newWorld();
    for (int i = 0; i < KeySet.MAX_KEYS + 5; i++) {
      world.keys().rotate(World.PSP, world.clock());
    }
    var newest = World.PSP.key(KeySet.MAX_KEYS + 6);

    var published = server.get("/w/" + world.name() + "/psp/.well-known/jwks.json").text();
    var document = server.get("/w/" + world.name() + "/dids/" + World.PSP.value()).json();

    assertThat(KeySet.parse(published).find(newest)).isPresent();
    assertThat(KeySet.parse(published).find(World.PSP.key(1))).isEmpty();
    assertThat(document.path("verificationMethod").size()).isEqualTo(KeySet.MAX_KEYS);
    assertThat(document.at("/verificationMethod/0/id").asString()).isEqualTo(newest);
  }

  private static List<String> periods(World world) {
    return world.keys().periods(SHOP).stream()
        .map(each -> each.key().jwk() + " " + each.validFrom() + " " + each.validUntil())
        .toList();
  }

  @Test
  void aRotationThatFailsHalfWayLeavesNothing() {
    var server = SandboxServer.shared();
    var world = server.newWorld();
    world.keys().rotate(SHOP, world.clock());
    assertThatThrownBy(
            () ->
                world
                    .keys()
                    .rotate(
                        SHOP,
                        () -> {
                          throw new IllegalStateException("cut off");
                        }))
        .hasMessage("cut off");
    assertThat(world.signer(SHOP).signerId()).isEqualTo(SHOP.key(2));
    assertThat(rows(server, world)).containsExactly(2);
    world.keys().rotate(SHOP, world.clock());
    assertThat(rows(server, world)).containsExactly(2, 3);
  }

  /**
   * Checks the state that earlier versions left: the count was behind the keys, and no rotation was
   * possible.
   */
  @Test
  void aCountThatIsBehindIsCorrected(@TempDir Path data) {
    String name;
    try (var server = SandboxServer.start(data)) {
      var world = server.newWorld();
      name = world.name();
      for (int i = 0; i < 5; i++) {
        world.keys().rotate(SHOP, world.clock());
      }
      server
          .bean(JdbcClient.class)
          .sql("update key_rotations set newest_key = 3 where world = ?")
          .params(List.of(world.keyPartition()))
          .update();
    }
    try (var server = SandboxServer.start(data)) {
      var world = server.world(name);
      assertThat(world.signer(SHOP).signerId()).isEqualTo(SHOP.key(6));
      assertThat(world.keys().rotate(SHOP, Instant::now).signerId()).isEqualTo(SHOP.key(7));
    }
  }

  private static List<Integer> rows(SandboxServer server, World world) {
    return server
        .bean(JdbcClient.class)
        .sql("select key_no from key_periods where world = ? and did = ? order by key_no")
        .params(world.keyPartition(), SHOP.value())
        .query((row, _) -> row.getInt(1))
        .list();
  }
}
