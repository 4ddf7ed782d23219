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
import org.actsandbox.protocol.attestation.bundle.BundleCheck;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.database.StartupFailure;
import org.actsandbox.scenarios.client.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The same sandbox on PostgreSQL: migrations, a whole purchase, a race, a restart. What is subtle
 * in SQL is here because H2 forgives it.
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
    var stage = Stage.open(server.origin(), server.outbound());
    var wallet = stage.wallet().path("accounts");
    var held = stage.held("1", SHOP, Stage.charger());
    var tradeNo = stage.asked(held);
    assertThat(stage.askedAgain(held)).isEqualTo(tradeNo);
    assertThat(stage.approve(tradeNo).json().path("status").asString()).isEqualTo("paid");
    var proof = stage.proof(tradeNo);
    var delivered = stage.buyer().showProof(held.resource(), proof);
    assertThat(delivered.status()).as(delivered.toString()).isEqualTo(200);
    assertThat(stage.buyer().showProof(held.resource(), proof).json()).isEqualTo(delivered.json());
    stage.advance("PT0S");
    assertThat(stage.buyer().payment(tradeNo).json().path("transaction_state").asString())
        .isEqualTo("TRADE_FINISHED");

    var train = stage.heldTrain("2");
    var paid = stage.asked(train);
    stage.approve(paid);
    stage.advance("PT0S");
    assertThat(refund(stage, train).status()).isBetween(200, 202);
    stage.heldTrain("3");
    stage.advance("PT1H");

    assertThat(stage.journal("event=notification-delivered")).isNotEmpty();
    assertThat(stage.journal("event=hold-expired")).isNotEmpty();
    var books =
        stage
            .client()
            .get(stage.target().at("/psp/ledger/balance"), stage.target().keys().operator());
    assertThat(books.path("sum").asString()).isEqualTo("0");
    assertThat(stage.wallet().path("accounts").path(0).path("amount"))
        .isNotEqualTo(wallet.at("/0/amount"));
    stage.client().send("DELETE", stage.target().api(""), stage.target().keys().operator(), null);
  }

  @Test
  void manyBuyersOfTheLastOneMakeOneOrder() throws Exception {
    var stage = Stage.open(server.origin(), server.outbound());
    var buyer = stage.buyer();
    var offers = buyer.sendIntent(SHOP, buyer.signed(buyer.intent("1", Stage.charger(), 5))).json();
    var offer = offers.path("offers").path(0);
    stage
        .client()
        .post(
            stage.target().api("/merchants/" + SHOP + "/disturbances"),
            stage.target().keys().operator(),
            Map.of("type", "stock_set", "offer", offer.path("offer_id").asString(), "left", 1));

    var answers = new ArrayList<Reply>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Callable<Reply>>();
      for (int i = 0; i < 20; i++) {
        var cart = buyer.signed(buyer.cart("b" + i, offer));
        all.add(() -> buyer.sendCart(SHOP, cart));
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
    var stage = Stage.open(server.origin(), server.outbound());
    stage.approve(stage.asked(stage.held("1", SHOP, Stage.charger())));
    stage
        .client()
        .post(stage.target().api("/reset"), stage.target().keys().operator(), Json.object());
    assertThat(stage.wallet().at("/accounts/0/amount").asString()).isEqualTo("20000.00");
  }

  @Test
  void evidenceVerifiesAndTheChainRefusesRewriting() {
    var stage = Stage.open(server.origin(), server.outbound());
    var held = stage.held("1", SHOP, Stage.charger());
    var tradeNo = stage.asked(held);
    stage.approve(tradeNo);
    stage.buyer().showProof(held.resource(), stage.proof(tradeNo));
    stage.advance("PT0S");

    var bundle = EvidenceScenarioTests.bundle(stage, held.orderNo());
    assertThat(bundle.status()).isEqualTo(200);
    var report = BundleCheck.verify(bundle.body(), null);
    assertThat(report.verified()).as(report.toString()).isTrue();
    assertThat(report.records()).hasSize(3);
    var audit =
        stage.client().get(stage.target().at("/trust/audit"), stage.target().keys().operator());
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
  void aDisputeIsHeardDecidedPaidBackAndProven() {
    DisputeScenarioTests.isHeardDecidedPaidBackAndProven(
        Stage.open(server.origin(), server.outbound()));
  }

  @Test
  void theJudgeBelievesNoRecordThatWasTamperedWith() {
    DisputeScenarioTests.believesNoRecordThatWasTamperedWith(
        "record_changed",
        "act:commerce:fulfillment-completed",
        "PAYLOAD_HASH_MISMATCH",
        "upheld",
        Stage.open(server.origin(), server.outbound()));
  }

  private static Reply refund(Stage stage, Stage.Held held) {
    var wish =
        Map.of(
            "amount", held.bill().path("amount").asString(),
            "reason", "plans changed",
            "refund_request_id", "B-1");
    return stage
        .buyer()
        .post(
            "/merchants/raileast/orders/" + held.orderNo() + "/refund",
            stage.target().keys().merchants().get("raileast"),
            Json.tree(wish));
  }

  @Test
  void aSecondProcessOnTheSameDatabaseIsRefusedInOneLine(@TempDir Path other) {
    assertThat(startupFailure(other, postgres.arguments()))
        .contains("is in use by another sandbox", "jdbc:postgresql://")
        .doesNotContain("--fresh");
    assertThat(Stage.open(server.origin(), server.outbound()).wallet()).isNotEmpty();
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
