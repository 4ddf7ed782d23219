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
import org.actsandbox.protocol.attestation.bundle.BundleCheck;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.sandbox.database.OfflineDatabase;
import org.actsandbox.sandbox.database.StartupFailure;
import org.actsandbox.scenarios.client.SandboxClient;
import org.actsandbox.scenarios.client.UnexpectedReply;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A sandbox with money under way moves from an H2 file to PostgreSQL and back. */
class ArchiveScenarioTests {

  private static final String SHOP = "luma-mart";
  private static final List<String> FILE = List.of();

  @TempDir Path folder;

  /** Addresses in orders, bills and credentials name the port, as a server's own name does. */
  private final int port = port();

  /**
   * What a reader sees of a world.
   *
   * @param bundle the evidence of the delivered order, which no move may change by a byte
   */
  private record View(String wallet, String audit, String statement, List<Byte> bundle) {}

  private record Begun(
      ScenarioTestWorld stage,
      ScenarioTestWorld.HeldOrder delivered,
      ScenarioTestWorld.HeldOrder waiting,
      String tradeNo) {}

  @Test
  void toPostgresAndBack() throws Exception {
    var found = LocalPostgres.available();
    assumeThat(found).as(LocalPostgres.WHY_NONE).isPresent();
    var first = folder.resolve("first");
    var second = folder.resolve("second");
    var third = folder.resolve("third");
    Begun begun;
    View before;
    List<String> journal;
    String operator;
    try (var server = start(first, FILE)) {
      begun = begin(server);
      operator = deletedWorld(server);
      before = view(begun.stage(), begun.delivered());
      journal = journal(begun.stage());
    }

    try (var postgres = found.get()) {
      var there = List.of(postgres.arguments());
      OfflineDatabase.export(first, FILE, folder.resolve("file.zip"));
      OfflineDatabase.restore(second, there, folder.resolve("file.zip"));
      try (var server = start(second, there)) {
        var stage = begun.stage().over(server.outbound());
        // The requests of this test are in the journal, too, so it goes on.
        assertThat(journal(stage)).startsWith(journal.toArray(String[]::new));
        assertThat(view(stage, begun.delivered())).isEqualTo(before);
        goesOn(stage, begun);
        remembersDeletedWorlds(server, operator);
        refusesRewriting(server);
        assertThat(refused(() -> OfflineDatabase.export(second, there, folder.resolve("no.zip"))))
            .contains("is in use by another sandbox: stop that one");
        before = view(stage, begun.delivered());
        journal = journal(stage);
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
      var stage = begun.stage().over(server.outbound());
      assertThat(journal(stage)).startsWith(journal.toArray(String[]::new));
      assertThat(view(stage, begun.delivered())).isEqualTo(before);
      buys(stage, "last");
      refusesRewriting(server);
    }
  }

  private static Begun begin(SandboxExtension.Started server) {
    var stage = ScenarioTestWorld.open(server.origin(), server.outbound());
    var delivered = buys(stage, "first");
    var waiting = stage.heldTrain("waits");
    return new Begun(stage, delivered, waiting, stage.asked(waiting));
  }

  private static ScenarioTestWorld.HeldOrder buys(ScenarioTestWorld stage, String id) {
    var held = stage.held(id, SHOP, ScenarioTestWorld.charger());
    var tradeNo = stage.asked(held);
    assertThat(stage.approve(tradeNo).status()).isEqualTo(200);
    var delivery = stage.buyer().sendProof(held.resource(), stage.proof(tradeNo));
    assertThat(delivery.status()).as(delivery.toString()).isEqualTo(200);
    stage.advance("PT0S");
    return held;
  }

  /** What waited for the principal is paid with the PIN of before, and delivered. */
  private static void goesOn(ScenarioTestWorld stage, Begun begun) {
    assertThat(stage.askedAgain(begun.waiting())).isEqualTo(begun.tradeNo());
    assertThat(stage.approve(begun.tradeNo()).json().path("status").asString()).isEqualTo("paid");
    var delivery =
        stage.buyer().sendProof(begun.waiting().resource(), stage.proof(begun.tradeNo()));
    assertThat(delivery.status()).as(delivery.toString()).isEqualTo(200);
    buys(stage, "next");
    var books =
        stage
            .client()
            .get(stage.target().at("/psp/ledger/balance"), stage.target().keys().operator());
    assertThat(books.path("sum").asString()).isEqualTo("0");
  }

  private static View view(ScenarioTestWorld stage, ScenarioTestWorld.HeldOrder delivered) {
    var bundle = EvidenceScenarioTests.bundle(stage, delivered.orderNo());
    assertThat(bundle.status()).isEqualTo(200);
    var report = BundleCheck.verify(bundle.body(), null);
    assertThat(report.verified()).as(report.toString()).isTrue();
    var audit =
        stage.client().get(stage.target().at("/trust/audit"), stage.target().keys().operator());
    assertThat(audit.path("intact").asBoolean()).as(audit.toString()).isTrue();
    return new View(
        stage.wallet().toString(),
        audit.toString(),
        stage.all("/psp/wallet/statement", stage.target().keys().principal()).toString(),
        bytes(bundle.body()));
  }

  private static List<String> journal(ScenarioTestWorld stage) {
    return stage.journal("").valueStream().map(JsonNode::toString).toList();
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

  private static int port() {
    try {
      return SandboxProcess.freePort();
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
  }

  /** The folder outlives it, unlike the one of other tests. */
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
