package org.actsandbox.web.cli.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.kit.GateEvent;
import org.actsandbox.kit.http.ForwardedService;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.check.exchange.MerchantClient;
import org.actsandbox.scenarios.check.model.CheckContext;
import org.actsandbox.scenarios.check.model.CheckLevel;
import org.actsandbox.scenarios.check.model.CheckResult;
import org.actsandbox.scenarios.check.model.CheckVerdict;
import org.actsandbox.scenarios.check.run.CheckConfig;
import org.actsandbox.scenarios.check.run.CheckSession;
import org.actsandbox.scenarios.check.run.CheckTotal;
import org.actsandbox.scenarios.check.world.CheckWorld;
import org.actsandbox.scenarios.check.world.MerchantTarget;
import org.actsandbox.web.cli.server.EmbeddedServer;
import org.actsandbox.web.cli.server.ServerStartFailure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tests the gate of {@code ./run gate} before a service, in a world of a running sandbox. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GateServerTests {

  @TempDir Path folder;
  private EmbeddedServer sandbox;
  private PooledOutboundClient outbound;
  private SandboxClient client;
  private TargetWorld world;
  private HttpServer service;
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger status = new AtomicInteger(200);
  private final Queue<GateEvent> events = new ConcurrentLinkedQueue<>();

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    sandbox = EmbeddedServer.start(0, data, "127.0.0.1");
    outbound = new PooledOutboundClient(_ -> true);
    client = new SandboxClient(outbound);
    var settings = Json.object().put("model", "built-in");
    settings.putObject("principal").put("balance", "900000.00");
    settings.putObject("clock").put("mode", "stopped").put("now", "2026-11-25T01:00:00Z");
    world = client.newWorld(sandbox.origin(), null, settings);
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext(
        "/",
        exchange -> {
          try (exchange) {
            int call = calls.incrementAndGet();
            var body = ("report " + call).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status.get(), 0);
            exchange.getResponseBody().write(body);
          }
        });
    service.start();
  }

  @AfterAll
  void stop() throws IOException {
    service.stop(0);
    outbound.close();
    sandbox.close();
  }

  private GateServer gate(String id, Path deliveries) throws IOException {
    var target = URI.create("http://localhost:" + service.getAddress().getPort());
    var registration = new GateRegistration(client, world);
    var sale = new GateServer.Sale(target, "/report", "0.50", ForwardedService.Limits.DEFAULT);
    return GateServer.start(
        0,
        url ->
            new ActSeller(registration.register(id, url, "/report"), sale, deliveries, events::add),
        "/report");
  }

  private CheckWorld checkWorld(String run) {
    return new CheckWorld(world, outbound, run);
  }

  private static MerchantTarget target(CheckWorld world, GateServer gate, String id) {
    var config = Json.object();
    config.putObject("resource").put("url", gate.url() + "/report");
    return MerchantTarget.outside(world, gate.url(), id, config);
  }

  private int status(URI address) {
    return outbound
        .send(OutboundClient.Call.get(address, Map.of(), Duration.ofSeconds(10)))
        .status();
  }

  @Test
  void aServiceBehindTheGateConformsAndItsSalesAreInTheJournal() throws IOException {
    status.set(200);
    try (var gate = gate("my-gate", folder.resolve("conforms"))) {
      var checkWorld = checkWorld("conforms");
      var session =
          new CheckSession(
              target(checkWorld, gate, "my-gate"),
              checkWorld,
              CheckLevel.GATE,
              CheckConfig.EMPTY,
              CheckSession.Limits.DEFAULT);

      var report = session.play(List.of("delivery", "http"), Set.of(), _ -> {});

      assertThat(report.results())
          .filteredOn(each -> each.verdict() != CheckVerdict.PASS)
          .filteredOn(each -> each.verdict() != CheckVerdict.NOT_APPLICABLE)
          .extracting(GateServerTests::line)
          .isEmpty();
      assertThat(report.total()).isEqualTo(CheckTotal.CONFORMS);
      assertThat(events)
          .extracting(GateEvent::kind)
          .contains(
              GateEvent.Kind.BILLED,
              GateEvent.Kind.DELIVERED,
              GateEvent.Kind.REPEATED,
              GateEvent.Kind.REFUSED,
              GateEvent.Kind.CONFIRMED);

      assertThat(status(world.at("/merchants/my-gate/report"))).isEqualTo(402);
      var journal = client.get(world.api("/journal?event=merchant-answered"), operator());
      assertThat(journal.toString()).contains(gate.url() + "/report");
      assertThat(status(URI.create(gate.url() + "/other"))).isEqualTo(404);
      assertThat(status(URI.create(gate.url() + "/report/%2e%2e/other"))).isEqualTo(404);
    }
  }

  private static String line(CheckResult result) {
    return result.check().id() + " " + result.verdict() + " " + result.reason() + result.finding();
  }

  private String operator() {
    return java.util.Objects.requireNonNull(world.keys().operator());
  }

  @Test
  void aProofStaysUsableWhileTheServiceFailsAndAfterARestart() throws IOException {
    var deliveries = folder.resolve("restart");
    CheckContext context;
    status.set(500);
    int before = calls.get();
    try (var gate = gate("fragile-gate", deliveries)) {
      var checkWorld = checkWorld("fragile");
      context =
          new CheckContext(
              target(checkWorld, gate, "fragile-gate"),
              checkWorld,
              new MerchantClient(outbound, Duration.ofSeconds(10)),
              CheckLevel.GATE);
      context.begin("fragile");
      var purchase = context.paid(context.purchases().begin());

      var failed = context.show(purchase, purchase.proof());
      assertThat(failed.status()).isEqualTo(502);
      assertThat(failed.answer().header("Payment-Needed")).isEmpty();
      assertThat(failed.answer().header("Retry-After")).isPresent();
      assertThat(failed.text()).contains("upstream_failed", "Do not pay again.");

      status.set(200);
      var delivered = context.show(purchase, purchase.proof());
      assertThat(delivered.status()).isEqualTo(200);
      assertThat(delivered.text()).isEqualTo("report " + (before + 2));
      assertThat(context.show(purchase, purchase.proof()).text()).isEqualTo(delivered.text());
    }
    assertThat(calls.get()).isEqualTo(before + 2);

    // The same merchant starts again, at another port and with a new key.
    try (var gate = gate("fragile-gate", deliveries)) {
      var checkWorld = checkWorld("again");
      var session =
          new CheckSession(
              target(checkWorld, gate, "fragile-gate"),
              checkWorld,
              CheckLevel.GATE,
              CheckConfig.EMPTY,
              CheckSession.Limits.DEFAULT);
      var report = session.play(List.of("delivery.repeated"), Set.of(), _ -> {});
      assertThat(report.results().getLast().verdict()).isEqualTo(CheckVerdict.PASS);
    }
  }

  @Test
  void theIdOfAMerchantOfAnotherLevelIsNotTakenOver() {
    var shop = Json.object().put("url", "http://localhost:9").put("id", "tea-shop");
    client.post(world.api("/merchants"), operator(), shop.put("kind", "shop").put("level", "shop"));

    assertThatExceptionOfType(ServerStartFailure.class)
        .isThrownBy(() -> gate("tea-shop", folder.resolve("taken")))
        .withMessageContaining("choose another --id");
    assertThatExceptionOfType(ServerStartFailure.class)
        .isThrownBy(() -> gate("raileast", folder.resolve("taken")));
  }
}
