package org.actsandbox.sandbox.alipay;

import static org.actsandbox.sandbox.alipay.AlipayBench.SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.actsandbox.protocol.cost.ProtocolCost;
import org.actsandbox.sandbox.alipay.app.AlipayApps;
import org.actsandbox.sandbox.doctor.Examination;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis.NamedCause;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;
import org.actsandbox.sandbox.doctor.world.WorldDoctors;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Holds what a call of the gateway and an examination cost in counts, which are the same on every
 * machine.
 */
class GatewayCostTests {

  private static final int WARM = 10;

  /**
   * The counters belong to the whole server, whose other worlds do their due work meanwhile. What
   * the work under test costs is therefore the least of several rounds.
   */
  private static final int ROUNDS = 8;

  private static final int CALLS_OF_A_ROUND = 5;

  /**
   * Allows for other worlds in the quietest round; one statement more for each call is above it.
   */
  private static final double SHARE_OF_OTHERS = 0.5;

  private static final String OWN_STATEMENTS = "statements on the gateway's tables";
  private static final String TIME = "2026-08-25 10:00:00";

  private final AlipayBench bench = new AlipayBench();
  private final JdbcTemplate database = new JdbcTemplate(SERVER.bean(DataSource.class));
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void verifyAndConfirmDoNotCostMore() throws Exception {
    bench.set("{\"approve_automatically\":true}");
    var verify = new ArrayList<URI>();
    var confirm = new ArrayList<URI>();
    for (int i = 0; i < WARM + ROUNDS * CALLS_OF_A_ROUND; i++) {
      var tradeNo = bench.paid();
      var proof = Map.of("trade_no", tradeNo, "payment_proof", "p", "client_session", "s");
      verify.add(bench.signed("alipay.aipay.agent.payment.verify", proof, TIME));
      confirm.add(
          bench.signed(
              "alipay.aipay.agent.fulfillment.confirm", Map.of("trade_no", tradeNo), TIME));
    }
    // Application with keys, switches, and the trade's half in Alipay's words.
    assertNoMoreThan(Map.of(OWN_STATEMENTS, 3.0, "json_writes", 6.0), perCall(verify));
    assertNoMoreThan(Map.of(OWN_STATEMENTS, 2.0, "json_writes", 6.0), perCall(confirm));
  }

  private static void assertNoMoreThan(Map<String, Double> ceilings, Map<String, Double> counts) {
    assertThat(ceilings)
        .allSatisfy(
            (name, ceiling) ->
                assertThat(counts.getOrDefault(name, 0.0))
                    .as("%s of %s", name, counts)
                    .isPositive()
                    .isLessThan(ceiling + SHARE_OF_OTHERS));
  }

  /** More calls at once than the pool has connections end, because none needs two (ADR 65). */
  @Test
  void aCallHoldsOneConnection() throws Exception {
    var app = SERVER.bean(AlipayApps.class);
    var pool = SERVER.bean("requestConnections", HikariDataSource.class);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var held = new ArrayList<Connection>();
      try {
        while (held.size() < pool.getMaximumPoolSize() - 1) {
          held.add(pool.getConnection());
        }
        var found = threads.submit(() -> app.find(bench.world, bench.appId()));
        assertThat(found.get().orElseThrow().keys()).hasSize(1);
      } finally {
        for (var each : held) {
          each.close();
        }
      }
    }
  }

  /** A cause that the message alone shows is named without a look into the journal. */
  @Test
  void theDoctorReadsTheJournalOnlyIfNothingElseExplainsASignature() throws Exception {
    var call = bench.signed("alipay.trade.query", Map.of("out_trade_no", "N1"), TIME).toString();
    send(bench.signed("alipay.trade.query", Map.of("out_trade_no", "N1"), TIME));
    var doctors = SERVER.bean(WorldDoctors.class);
    var bindings = new ArrayList<Long>();
    for (int round = 0; round < ROUNDS; round++) {
      long before = ProtocolCost.JSON_BINDINGS.total();
      var cut = doctors.examine(bench.world, call.replace("version=1.0&", ""), keys -> keys, null);
      bindings.add(ProtocolCost.JSON_BINDINGS.total() - before);
      assertThat(causes(cut)).contains(SignatureCause.PARAMETER_NOT_SENT);
    }
    assertThat(bindings).contains(0L);

    // The journal has a call some time after its answer.
    var old =
        await()
            .until(
                () -> doctors.examine(bench.world, call.replace("N1", "N2"), keys -> keys, null),
                seen -> causes(seen).contains(SignatureCause.SIGN_OF_EARLIER_REQUEST));
    assertThat(old.diagnoses().getFirst().causes().getFirst().detail()).startsWith("journal ");
  }

  private static List<SignatureCause> causes(Examination examination) {
    return examination.diagnoses().getFirst().causes().stream().map(NamedCause::cause).toList();
  }

  private Map<String, Double> perCall(List<URI> calls) throws Exception {
    // Other worlds of this server ask much else; by default the oldest statements are forgotten.
    database.execute("set query_statistics_max_entries 10000");
    database.execute("set query_statistics true");
    send(calls.subList(0, WARM));
    var least = new TreeMap<String, Double>();
    for (int first = WARM; first < calls.size(); first += CALLS_OF_A_ROUND) {
      var before = counts();
      send(calls.subList(first, first + CALLS_OF_A_ROUND));
      counts()
          .forEach(
              (name, count) ->
                  least.merge(
                      name,
                      (count - before.getOrDefault(name, 0.0)) / CALLS_OF_A_ROUND,
                      Math::min));
    }
    database.execute("set query_statistics false");
    return least;
  }

  private void send(List<URI> calls) throws Exception {
    for (var call : calls) {
      assertThat(send(call)).contains("\"code\":\"10000\"");
    }
  }

  private String send(URI call) throws Exception {
    var request = HttpRequest.newBuilder(call).POST(HttpRequest.BodyPublishers.noBody()).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private Map<String, Double> counts() {
    var counts = new TreeMap<String, Double>();
    for (var cost : ProtocolCost.values()) {
      counts.put(cost.code(), (double) cost.total());
    }
    counts.put(
        OWN_STATEMENTS,
        database.queryForObject(
            "select coalesce(sum(execution_count), 0) from information_schema.query_statistics"
                + " where sql_statement like '%alipay\\_%'"
                + " and sql_statement not like '%query_statistics%'",
            Double.class));
    return counts;
  }
}
