package org.actsandbox.web.cli.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.actsandbox.alipay.a2m.AlipayBill;
import org.actsandbox.alipay.a2m.AlipayProof;
import org.actsandbox.alipay.a2m.AlipayValidation;
import org.actsandbox.alipay.a2m.CashierOrder;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.kit.GateEvent;
import org.actsandbox.kit.http.ForwardedService;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.http.OutboundClient.Answer;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.alipay.app.AlipayNumbers;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.scenarios.check.model.CheckVerdict;
import org.actsandbox.scenarios.check.run.CheckSession;
import org.actsandbox.scenarios.check.run.CheckTotal;
import org.actsandbox.scenarios.check.world.CheckWorld;
import org.actsandbox.web.check.alipay.AlipayShopCheck;
import org.actsandbox.web.console.browser.ConsoleServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Tests {@code ./run gate --profile alipay} before a service, with every check of the profile and
 * with a buyer that does what the official script does (AIP-170 to AIP-178).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlipaySellerTests {

  @TempDir Path folder;
  private final World world = ConsoleServer.shared().newWorld("alipay-gate");
  private final PooledOutboundClient outbound = new PooledOutboundClient(_ -> true);
  private final SandboxClient client = new SandboxClient(outbound);
  private final TargetWorld target = ConsoleServer.shared().target(world);
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger status = new AtomicInteger(200);
  private final Queue<GateEvent> events = new ConcurrentLinkedQueue<>();
  private HttpServer service;

  @BeforeAll
  void startTheService() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    service.createContext(
        "/",
        exchange -> {
          try (exchange) {
            var path = exchange.getRequestURI();
            var buyer = exchange.getRequestHeaders().getFirst("Act-Buyer");
            var text = "%s %d %s".formatted(path, calls.incrementAndGet(), buyer);
            var body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status.get(), 0);
            exchange.getResponseBody().write(body);
          }
        });
    service.start();
  }

  @AfterAll
  void stop() {
    service.stop(0);
    outbound.close();
  }

  private GateServer gate(String id, String price) throws IOException {
    var address = URI.create("http://localhost:" + service.getAddress().getPort());
    var sale = new GateServer.Sale(address, "/report", price, ForwardedService.Limits.DEFAULT);
    return GateServer.start(
        0,
        url -> {
          var settings = new GateRegistration(client, target).register(id, url, "/report");
          var registered = new AlipayRegistration(client, target).register(settings);
          return new AlipaySeller(
              settings,
              registered.application(),
              registered.gateway(),
              sale,
              folder.resolve(id),
              events::add);
        },
        "/report");
  }

  private Answer get(GateServer gate, String path, Map<String, String> headers) {
    return outbound.send(
        OutboundClient.Call.get(URI.create(gate.url() + path), headers, Duration.ofSeconds(20)));
  }

  private static AlipayBill bill(Answer answer) {
    assertThat(answer.status()).as(text(answer)).isEqualTo(402);
    return AlipayBill.decode(answer.header("Payment-Needed").orElseThrow()).orElseThrow();
  }

  private static String text(Answer answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private void set(String settings) {
    client.send(
        "PATCH", target.api("/alipay/settings"), target.keys().operator(), Json.parse(settings));
  }

  /** Pays as the script does: its proof is invented, its signature a dash (AIP-175). */
  private Map<String, String> paid(AlipayBill bill, String proof) {
    set("{\"approve_automatically\":true}");
    var buyer = AlipayNumbers.account(world, World.PRINCIPAL);
    var order = CashierOrder.message(Json.tree(bill), buyer, "-", 1785000000000L);
    JsonNode answer = client.post(target.at("/openclawpay/agent/v1/pay"), null, order);
    assertThat(answer.path("success").asBoolean(false)).as(answer.toString()).isTrue();
    return proof(answer.at("/protocol/tradeNo").stringValue(), proof);
  }

  private static Map<String, String> proof(String tradeNo, String proof) {
    var session = "{\"signature\":\"-\"}".getBytes(StandardCharsets.UTF_8);
    return Map.of(
        "Payment-Proof",
        AlipayProof.of(proof, tradeNo, Base64.getEncoder().encodeToString(session)).encode());
  }

  @Test
  void theGateConformsToEveryCheckOfTheProfile() throws IOException {
    status.set(200);
    try (var gate = gate("checked-gate", "0.10")) {
      var report =
          new AlipayShopCheck(
                  new CheckWorld(target, outbound, "gate"),
                  URI.create(gate.url() + "/report"),
                  new CheckSession.Limits(Duration.ofSeconds(20), Duration.ofMinutes(5)))
              .play(List.of(), Set.of(), _ -> {});

      assertThat(report.results())
          .filteredOn(each -> each.verdict() != CheckVerdict.PASS)
          .extracting(each -> each.check().id() + " " + each.reason() + each.finding())
          .isEmpty();
      assertThat(report.total()).isEqualTo(CheckTotal.CONFORMS);
    }
  }

  @Test
  void theScriptBuysOnceAndGetsTheSameAgainAlsoFromAGateThatWasStartedAgain() throws IOException {
    status.set(200);
    Map<String, String> proof;
    String first;
    try (var gate = gate("paid-gate", "0.10")) {
      var bill = bill(get(gate, "/report?day=1", Map.of()));
      proof = paid(bill, "invented");
      int before = calls.get();
      var delivered = get(gate, "/report?day=1", proof);
      first = text(delivered);
      assertThat(delivered.status()).as(first).isEqualTo(200);
      assertThat(first).isEqualTo("/report?day=1 %d null".formatted(before + 1));
      var validation =
          AlipayValidation.decode(delivered.header("Payment-Validation").orElseThrow())
              .orElseThrow();
      assertThat(validation.validated()).isTrue();
      assertThat(validation.outTradeNo()).isEqualTo(bill.protocol().outTradeNo());
      assertThat(text(get(gate, "/report?day=1", proof))).isEqualTo(first);

      var other = get(gate, "/report?day=2", proof);
      assertThat(text(other)).contains("ORDER_NOT_FOUND");
      bill(other);
      var forged =
          get(gate, "/report?day=1", proof(String.valueOf(validation.tradeNo()), "another"));
      assertThat(text(forged)).contains("INVALID_PAYMENT_PROOF");
      bill(forged);
      assertThat(calls.get()).isEqualTo(before + 1);
    }
    // It starts at another port, with a new key and another price.
    try (var gate = gate("paid-gate", "0.20")) {
      assertThat(text(get(gate, "/report?day=1", proof))).isEqualTo(first);
      assertThat(bill(get(gate, "/report", Map.of())).protocol().amount()).isEqualTo("0.20");
    }
    assertThat(events)
        .extracting(GateEvent::kind)
        .contains(
            GateEvent.Kind.BILLED,
            GateEvent.Kind.DELIVERED,
            GateEvent.Kind.CONFIRMED,
            GateEvent.Kind.REPEATED,
            GateEvent.Kind.REFUSED);
    assertThat(events.toString()).doesNotContain("invented");
  }

  @Test
  void whatWasBilledBeforeARestartIsDeliveredAtItsOldPrice() throws IOException {
    status.set(200);
    AlipayBill bill;
    try (var gate = gate("dearer-gate", "0.10")) {
      bill = bill(get(gate, "/report", Map.of()));
    }
    // The bill is paid with the key that signed it, before the gate is there again.
    var proof = paid(bill, "old");
    try (var gate = gate("dearer-gate", "0.30")) {
      assertThat(get(gate, "/report", proof).status()).isEqualTo(200);
    }
  }

  @Test
  void aProofThatComesTwiceAtOnceIsDeliveredOnceAndAFailingServiceDeliversNothing()
      throws IOException, InterruptedException, ExecutionException {
    try (var gate = gate("raced-gate", "0.10");
        var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      status.set(500);
      var proof = paid(bill(get(gate, "/report", Map.of())), "raced");
      var failed = get(gate, "/report", proof);
      assertThat(failed.status()).isEqualTo(502);
      assertThat(failed.header("Retry-After")).isPresent();
      assertThat(failed.header("Payment-Needed")).isEmpty();

      status.set(200);
      int before = calls.get();
      Callable<String> shown = () -> text(get(gate, "/report", proof));
      var answers = pool.invokeAll(java.util.Collections.nCopies(8, shown));
      for (var answer : answers) {
        assertThat(answer.get()).isEqualTo("/report %d null".formatted(before + 1));
      }
    }
  }

  @Test
  void notificationsAreTakenAndADisputeIsNotAnswered() throws IOException {
    try (var gate = gate("notified-gate", "0.10")) {
      for (var expected : Map.of("/notifications", 400, "/disputes/evidence", 404).entrySet()) {
        var answer =
            outbound.send(
                new OutboundClient.Call(
                    "POST",
                    URI.create(gate.url() + expected.getKey()),
                    Map.of("Content-Type", "application/json"),
                    "{}".getBytes(StandardCharsets.UTF_8),
                    Duration.ofSeconds(10)));
        assertThat(answer.status()).as(text(answer)).isEqualTo(expected.getValue());
      }
    }
  }
}
