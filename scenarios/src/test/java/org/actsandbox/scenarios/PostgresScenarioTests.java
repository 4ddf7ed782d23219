package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.actsandbox.client.Reply;
import org.actsandbox.protocol.attestation.bundle.BundleCheck;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.database.StartupFailure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tests the sandbox on PostgreSQL: migrations, a whole purchase, a race, a reset, evidence,
 * disputes, and the refusal of a second process. It covers SQL that H2 treats more leniently.
 */
class PostgresScenarioTests {

  private static final String SHOP = "luma-mart";

  @TempDir static Path data;
  private static LocalPostgres postgres;
  private static SandboxExtension.Started server;

  @BeforeAll
  static void start() throws Exception {
    var found = LocalPostgres.available();
    assumeThat(found).as(LocalPostgres.WHY_NONE).isPresent();
    postgres = found.get();
    server = SandboxExtension.Started.start(data, postgres.arguments());
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.close();
    }
    if (postgres != null) {
      postgres.close();
    }
  }

  @Test
  void aPurchaseARefundAndAHoldThatEnds() {
    var scenarioTestWorld = ScenarioTestWorld.open(server.origin(), server.outbound());
    var wallet = scenarioTestWorld.wallet().path("accounts");
    var heldOrder = scenarioTestWorld.held("1", SHOP, ScenarioTestWorld.charger());
    var tradeNo = scenarioTestWorld.asked(heldOrder);
    assertThat(scenarioTestWorld.askedAgain(heldOrder)).isEqualTo(tradeNo);
    assertThat(scenarioTestWorld.approve(tradeNo).json().path("status").asString())
        .isEqualTo("paid");
    var proof = scenarioTestWorld.proof(tradeNo);
    var delivered = scenarioTestWorld.buyer().sendProof(heldOrder.resource(), proof);
    assertThat(delivered.status()).as(delivered.toString()).isEqualTo(200);
    assertThat(scenarioTestWorld.buyer().sendProof(heldOrder.resource(), proof).json())
        .isEqualTo(delivered.json());
    scenarioTestWorld.advance("PT0S");
    assertThat(
            scenarioTestWorld.buyer().payment(tradeNo).json().path("transaction_state").asString())
        .isEqualTo("TRADE_FINISHED");

    var train = scenarioTestWorld.heldTrain("2");
    var paid = scenarioTestWorld.asked(train);
    scenarioTestWorld.approve(paid);
    scenarioTestWorld.advance("PT0S");
    assertThat(refund(scenarioTestWorld, train).status()).isBetween(200, 202);
    scenarioTestWorld.heldTrain("3");
    scenarioTestWorld.advance("PT1H");

    assertThat(scenarioTestWorld.journal("event=notification-delivered")).isNotEmpty();
    assertThat(scenarioTestWorld.journal("event=hold-expired")).isNotEmpty();
    var books =
        scenarioTestWorld
            .client()
            .get(
                scenarioTestWorld.target().at("/psp/ledger/balance"),
                scenarioTestWorld.target().keys().operator());
    assertThat(books.path("sum").asString()).isEqualTo("0");
    assertThat(scenarioTestWorld.wallet().path("accounts").path(0).path("amount"))
        .isNotEqualTo(wallet.at("/0/amount"));
    scenarioTestWorld
        .client()
        .send(
            "DELETE",
            scenarioTestWorld.target().api(""),
            scenarioTestWorld.target().keys().operator(),
            null);
  }

  @Test
  void manyBuyersOfTheLastOneMakeOneOrder() throws Exception {
    var scenarioTestWorld = ScenarioTestWorld.open(server.origin(), server.outbound());
    var purchaseClient = scenarioTestWorld.buyer();
    var offers =
        purchaseClient
            .sendIntent(
                SHOP,
                purchaseClient.signed(purchaseClient.intent("1", ScenarioTestWorld.charger(), 5)))
            .json();
    var offer = offers.path("offers").path(0);
    scenarioTestWorld
        .client()
        .post(
            scenarioTestWorld.target().api("/merchants/" + SHOP + "/disturbances"),
            scenarioTestWorld.target().keys().operator(),
            Map.of("type", "stock_set", "offer", offer.path("offer_id").asString(), "left", 1));

    var answers = new ArrayList<Reply>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Callable<Reply>>();
      for (int i = 0; i < 20; i++) {
        var cart = purchaseClient.signed(purchaseClient.cart("b" + i, offer));
        all.add(() -> purchaseClient.sendCart(SHOP, cart));
      }
      for (var each : threads.invokeAll(all)) {
        answers.add(each.get());
      }
    }

    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 201)
        .allSatisfy(
            answer -> assertThat(answer.code()).as(answer.toString()).isEqualTo("sold_out"));
  }

  @Test
  void aWorldIsResetAndItsPartitionEmptied() {
    var scenarioTestWorld = ScenarioTestWorld.open(server.origin(), server.outbound());
    scenarioTestWorld.approve(
        scenarioTestWorld.asked(scenarioTestWorld.held("1", SHOP, ScenarioTestWorld.charger())));
    scenarioTestWorld
        .client()
        .post(
            scenarioTestWorld.target().api("/reset"),
            scenarioTestWorld.target().keys().operator(),
            Json.object());
    assertThat(scenarioTestWorld.wallet().at("/accounts/0/amount").asString())
        .isEqualTo("20000.00");
  }

  @Test
  void evidenceVerifiesAndTheChainRefusesRewriting() {
    var scenarioTestWorld = ScenarioTestWorld.open(server.origin(), server.outbound());
    var heldOrder = scenarioTestWorld.held("1", SHOP, ScenarioTestWorld.charger());
    var tradeNo = scenarioTestWorld.asked(heldOrder);
    scenarioTestWorld.approve(tradeNo);
    scenarioTestWorld.buyer().sendProof(heldOrder.resource(), scenarioTestWorld.proof(tradeNo));
    scenarioTestWorld.advance("PT0S");

    var bundle = EvidenceScenarioTests.bundle(scenarioTestWorld, heldOrder.orderNo());
    assertThat(bundle.status()).isEqualTo(200);
    var report = BundleCheck.verify(bundle.body(), null);
    assertThat(report.verified()).as(report.toString()).isTrue();
    assertThat(report.records()).hasSize(3);
    var audit =
        scenarioTestWorld
            .client()
            .get(
                scenarioTestWorld.target().at("/trust/audit"),
                scenarioTestWorld.target().keys().operator());
    assertThat(audit.path("intact").asBoolean()).as(audit.toString()).isTrue();
    var jdbc = server.context().getBean(JdbcClient.class);
    for (var statement :
        List.of(
            "update trust_node set hash = 'A'",
            "update trust_anchor set anchor = 'A'",
            "delete from trust_head")) {
      assertThatThrownBy(() -> jdbc.sql(statement).update())
          .isInstanceOf(DataAccessException.class)
          .hasMessageContaining("append-only");
    }
  }

  @Test
  void aDisputeIsExaminedDecidedPaidBackAndProven() {
    DisputeScenarioTests.isExaminedDecidedPaidBackAndProven(
        ScenarioTestWorld.open(server.origin(), server.outbound()));
  }

  @Test
  void theJudgeBelievesNoRecordThatWasTamperedWith() {
    DisputeScenarioTests.believesNoRecordThatWasTamperedWith(
        "record_changed",
        "act:commerce:fulfillment-completed",
        "PAYLOAD_HASH_MISMATCH",
        "upheld",
        ScenarioTestWorld.open(server.origin(), server.outbound()));
  }

  private static Reply refund(
      ScenarioTestWorld scenarioTestWorld, ScenarioTestWorld.HeldOrder heldOrder) {
    var wish =
        Map.of(
            "amount", heldOrder.bill().path("amount").asString(),
            "reason", "plans changed",
            "refund_request_id", "B-1");
    return scenarioTestWorld
        .buyer()
        .post(
            "/merchants/raileast/orders/" + heldOrder.orderNo() + "/refund",
            scenarioTestWorld.target().keys().merchants().get("raileast"),
            Json.tree(wish));
  }

  @Test
  void aSecondProcessOnTheSameDatabaseIsRefusedInOneLine(@TempDir Path other) {
    assertThat(startupFailure(other, postgres.arguments()))
        .contains("is in use by another sandbox", "jdbc:postgresql://")
        .doesNotContain("--fresh");
    assertThat(ScenarioTestWorld.open(server.origin(), server.outbound()).wallet()).isNotEmpty();
  }

  @Test
  void theDatabaseStaysTakenAfterItHasDroppedAllConnections(@TempDir Path other) throws Exception {
    try (var connection =
            DriverManager.getConnection(postgres.url(), postgres.username(), postgres.password());
        var statement = connection.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where pid <> pg_backend_pid() and datname = current_database()");
      await().atMost(Duration.ofMinutes(1)).until(() -> holders(statement) == 1);
    }
    assertThat(startupFailure(other, postgres.arguments())).contains("is in use");
  }

  @Test
  void aDatabaseThatIsNotThereAndAWrongUserAreToldApart(@TempDir Path other) {
    var missing = postgres.url().replaceAll("/[^/]*$", "/not_there");
    assertThat(
            startupFailure(
                other,
                "--act.database.url=" + missing,
                "--act.database.username=" + postgres.username()))
        .contains("does not exist (3D000): create it");
    assertThat(
            startupFailure(
                other, "--act.database.url=" + postgres.url(), "--act.database.username=stranger"))
        .contains("refuses the user (28000): check act.database.username");
  }

  private static long holders(Statement statement) throws SQLException {
    try (var rows =
        statement.executeQuery(
            "select count(*) from pg_locks where locktype = 'advisory' and granted")) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  private static String startupFailure(Path data, String... arguments) {
    var thrown = catchThrowable(() -> SandboxExtension.Started.start(data, arguments).close());
    return StartupFailure.behind(thrown).orElseThrow().oneLine();
  }
}
