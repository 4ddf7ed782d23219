package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.attestation.bundle.BundleCheck;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.sandbox.database.OfflineDatabase;
import org.actsandbox.sandbox.database.StartupFailure;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Tests that a sandbox with unfinished payments moves from an H2 file to PostgreSQL and back. */
class ArchiveScenarioTests {

  private static final String SHOP = "luma-mart";
  private static final List<String> FILE = List.of();

  @TempDir Path folder;

  /**
   * The port of all servers of this test, because the addresses in orders, bills and credentials
   * contain it.
   */
  private final int port = freePort();

  /**
   * Holds what a reader sees of a world.
   *
   * @param bundle the evidence of the delivered order, of which no move may change a byte
   */
  private record View(String wallet, String audit, String statement, List<Byte> bundle) {}

  private record UnfinishedPurchase(
      ScenarioTestWorld world,
      ScenarioTestWorld.HeldOrder delivered,
      ScenarioTestWorld.HeldOrder waiting,
      String tradeNo) {}

  @Test
  void movesToPostgresAndBack() throws Exception {
    var found = LocalPostgres.available();
    assumeThat(found).as(LocalPostgres.WHY_NONE).isPresent();
    var first = folder.resolve("first");
    var second = folder.resolve("second");
    var third = folder.resolve("third");
    UnfinishedPurchase unfinished;
    View before;
    List<String> journal;
    String operator;
    try (var server = start(first, FILE)) {
      unfinished = begin(server);
      operator = deletedWorld(server);
      before = view(unfinished.world(), unfinished.delivered());
      journal = journal(unfinished.world());
    }

    try (var postgres = found.get()) {
      var there = List.of(postgres.arguments());
      OfflineDatabase.export(first, FILE, folder.resolve("file.zip"));
      OfflineDatabase.restore(second, there, folder.resolve("file.zip"));
      try (var server = start(second, there)) {
        var world = unfinished.world().over(server.outbound());
        // The journal also contains the requests of this test, so it grows.
        assertThat(journal(world)).startsWith(journal.toArray(String[]::new));
        assertThat(view(world, unfinished.delivered())).isEqualTo(before);
        continuesUnfinishedPurchase(world, unfinished);
        remembersDeletedWorlds(server, operator);
        refusesRewriting(server);
        assertThat(refused(() -> OfflineDatabase.export(second, there, folder.resolve("no.zip"))))
            .contains("is in use by another sandbox: stop that one");
        before = view(world, unfinished.delivered());
        journal = journal(world);
      }
      assertThat(
              refused(
                  () ->
                      OfflineDatabase.restore(
                          folder.resolve("other"), there, folder.resolve("file.zip"))))
          .contains("the database holds data");
      assertThat(folder.resolve("other")).isEmptyDirectory();
      OfflineDatabase.export(second, there, folder.resolve("postgres.zip"));
    }

    OfflineDatabase.restore(third, FILE, folder.resolve("postgres.zip"));
    try (var server = start(third, FILE)) {
      var world = unfinished.world().over(server.outbound());
      assertThat(journal(world)).startsWith(journal.toArray(String[]::new));
      assertThat(view(world, unfinished.delivered())).isEqualTo(before);
      buys(world, "last");
      refusesRewriting(server);
    }
  }

  private static UnfinishedPurchase begin(SandboxExtension.Started server) {
    var world = ScenarioTestWorld.open(server.origin(), server.outbound());
    var delivered = buys(world, "first");
    var waiting = world.heldTrain("waits");
    return new UnfinishedPurchase(world, delivered, waiting, world.asked(waiting));
  }

  private static ScenarioTestWorld.HeldOrder buys(ScenarioTestWorld world, String id) {
    var held = world.held(id, SHOP, ScenarioTestWorld.charger());
    var tradeNo = world.asked(held);
    assertThat(world.approve(tradeNo).status()).isEqualTo(200);
    var delivery = world.buyer().sendProof(held.resource(), world.proof(tradeNo));
    assertThat(delivery.status()).as(delivery.toString()).isEqualTo(200);
    world.advance("PT0S");
    return held;
  }

  /**
   * Approves the payment that waited for the principal with the same PIN as before, and gets the
   * delivery.
   */
  private static void continuesUnfinishedPurchase(
      ScenarioTestWorld world, UnfinishedPurchase unfinished) {
    assertThat(world.askedAgain(unfinished.waiting())).isEqualTo(unfinished.tradeNo());
    assertThat(world.approve(unfinished.tradeNo()).json().path("status").asString())
        .isEqualTo("paid");
    var delivery =
        world.buyer().sendProof(unfinished.waiting().resource(), world.proof(unfinished.tradeNo()));
    assertThat(delivery.status()).as(delivery.toString()).isEqualTo(200);
    buys(world, "next");
    var books =
        world
            .client()
            .get(world.target().at("/psp/ledger/balance"), world.target().keys().operator());
    assertThat(books.path("sum").asString()).isEqualTo("0");
  }

  private static View view(ScenarioTestWorld world, ScenarioTestWorld.HeldOrder delivered) {
    var bundle = EvidenceScenarioTests.bundle(world, delivered.orderNo());
    assertThat(bundle.status()).isEqualTo(200);
    var report = BundleCheck.verify(bundle.body(), null);
    assertThat(report.verified()).as(report.toString()).isTrue();
    var audit =
        world.client().get(world.target().at("/trust/audit"), world.target().keys().operator());
    assertThat(audit.path("intact").asBoolean()).as(audit.toString()).isTrue();
    return new View(
        world.wallet().toString(),
        audit.toString(),
        world.all("/psp/wallet/statement", world.target().keys().principal()).toString(),
        bytes(bundle.body()));
  }

  private static List<String> journal(ScenarioTestWorld world) {
    return world.journal("").valueStream().map(JsonNode::toString).toList();
  }

  private static List<Byte> bytes(byte[] array) {
    return IntStream.range(0, array.length).mapToObj(i -> array[i]).toList();
  }

  private static String deletedWorld(SandboxExtension.Started server) {
    var client = new SandboxClient(server.outbound());
    var made = client.newWorld(server.origin(), null, Map.of("name", "gone"));
    client.send("DELETE", made.api(""), made.keys().operator(), null);
    return made.keys().operator();
  }

  private static void remembersDeletedWorlds(SandboxExtension.Started server, String operator) {
    var client = new SandboxClient(server.outbound());
    var again = client.newWorld(server.origin(), null, Map.of("name", "gone"));
    var answer = catchThrowable(() -> client.get(again.api(""), operator));
    assertThat(((UnexpectedReply) answer).status()).as("the key of before").isEqualTo(401);
  }

  private static void refusesRewriting(SandboxExtension.Started server) {
    var jdbc = server.context().getBean(JdbcClient.class);
    assertThatThrownBy(() -> jdbc.sql("update trust_node set hash = 'A'").update())
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("append-only");
  }

  private static String refused(ThrowingCallable work) {
    return StartupFailure.behind(catchThrowable(work)).orElseThrow().oneLine();
  }

  private static int freePort() {
    try {
      return SandboxProcess.freePort();
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
  }

  /** Starts a server; its close does not delete the data folder, unlike in other tests. */
  private SandboxExtension.Started start(Path data, List<String> settings) {
    var arguments = new ArrayList<>(settings);
    arguments.addAll(List.of("--act.data=" + data, "--act.port=" + port));
    var context =
        SpringApplication.run(
            SandboxExtension.HeadlessSandbox.class, arguments.toArray(String[]::new));
    return new SandboxExtension.Started(
        context,
        URI.create("http://localhost:" + port),
        new PooledOutboundClient(uri -> "localhost".equals(uri.getHost())),
        data.resolve("none"));
  }
}
