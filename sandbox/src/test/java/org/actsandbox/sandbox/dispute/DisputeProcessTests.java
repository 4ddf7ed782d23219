package org.actsandbox.sandbox.dispute;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.attestation.dispute.Claim;
import org.actsandbox.protocol.attestation.dispute.DisputeKind;
import org.actsandbox.protocol.attestation.dispute.DisputeOutcome;
import org.actsandbox.protocol.attestation.dispute.DisputeRefundState;
import org.actsandbox.protocol.attestation.dispute.Finding;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.dispute.judgement.DisputedPurchase;
import org.actsandbox.sandbox.notification.NotificationChannels;
import org.actsandbox.sandbox.notification.WebhookSecrets;
import org.actsandbox.sandbox.trust.EvidenceView;
import org.actsandbox.sandbox.trust.endpoint.TrustParts;
import org.actsandbox.sandbox.trust.endpoint.TrustService;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Tests what follows from a finding while the other participants answer, or do not. */
class DisputeProcessTests {

  private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");
  private static final String ID = "D-held";
  private static final Did SHOP = Did.of("luma-mart");
  private static final Money PAID = Money.yuan("39.90");

  private final SandboxServer server = SandboxServer.shared();
  private final World world = server.newWorld(NOW);
  private final PooledOutboundClient outbound = new PooledOutboundClient(_ -> true);
  private final TrustService trustService =
      new TrustService(
          world.participant(TrustService.class).world().withOutbound(outbound),
          EvidenceView.UNCHANGED,
          TrustParts.STANDARD,
          false);
  private final DisputeStore store = new DisputeStore(trustService.world());

  /** Tells at each request whether another transaction could lock the dispute. */
  private final List<Boolean> free = new CopyOnWriteArrayList<>();

  private final List<JsonNode> refunds = new CopyOnWriteArrayList<>();
  private volatile int refundStatus = 200;
  private HttpServer others;

  @BeforeEach
  void decided() throws IOException {
    others = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    others.createContext("/refunds", this::refund);
    others.createContext("/findings", exchange -> answer(exchange, 204, new byte[0]));
    others.start();
    var purchase =
        new DisputedPurchase(
            "R-1", "T-1", SHOP, World.PSP, world.agent(), World.PRINCIPAL, PAID, NOW, null, null);
    var claim =
        new Claim(
            ID,
            "R-1",
            "T-1",
            DisputeKind.NOT_DELIVERED,
            "Where is it?",
            null,
            Claim.BY_PRINCIPAL,
            World.PRINCIPAL,
            NOW,
            null,
            null,
            null);
    var opened = Dispute.opened(purchase, claim);
    var finding =
        new Finding(
            ID,
            "R-1",
            DisputeKind.NOT_DELIVERED,
            DisputeOutcome.UPHELD,
            List.of(),
            List.of(),
            PAID.decimal(),
            "CNY",
            NOW,
            null,
            null,
            null);
    trustService
        .world()
        .inTransaction(
            () -> {
              store.add(opened, List.of(AskedParty.waiting(0, SHOP, Party.Role.MERCHANT)));
              store.update(
                  opened
                      .requestEvidence(NOW, NOW.plus(DisputeProcess.EVIDENCE_TIME))
                      .deciding(NOW)
                      .decided(
                          Json.write(finding),
                          DisputeOutcome.UPHELD,
                          Dispute.Refund.pending(PAID),
                          NOW));
              return opened;
            });
  }

  @AfterEach
  void close() {
    others.stop(0);
    outbound.close();
  }

  @Test
  void aPartyThatHasNotAnsweredYetHoldsNoLockOnTheDispute() {
    process().fireDue(NOW);

    assertThat(free).as("refund and finding").containsExactly(true, true);
    var progress = store.find(ID).orElseThrow().progress();
    assertThat(progress.refund().state()).isEqualTo(DisputeRefundState.DONE);
    assertThat(progress.dueAt()).isNull();
  }

  @Test
  void aRestartedServiceOrdersTheSameRefundAgainUntilItIsAnswered() {
    refundStatus = 503;
    process().fireDue(NOW);
    assertThat(store.find(ID).orElseThrow().progress().refund().state())
        .isEqualTo(DisputeRefundState.PENDING);

    refundStatus = 200;
    var restarted = process();
    restarted.fireDue(restarted.nextDue().orElseThrow());
    assertThat(refunds)
        .extracting(order -> order.path("refund_request_id").asString())
        .hasSize(2)
        .containsOnly("dispute:" + ID);
    assertThat(store.find(ID).orElseThrow().progress().refund().state())
        .isEqualTo(DisputeRefundState.DONE);
  }

  private DisputeProcess process() {
    var origin = URI.create("http://localhost:" + others.getAddress().getPort());
    var dependencies =
        new DisputeDependencies(
            (_, _, _) -> List.of(),
            _ -> false,
            _ -> PAID,
            _ -> Optional.of(origin),
            origin.resolve("/refunds"),
            (claimant, _, _) -> world.signer(claimant),
            new NotificationChannels(
                world.webhookEndpoints(),
                new WebhookSecrets(world.keys()::derived),
                trustService.world().outbound(),
                _ -> false,
                text -> text));
    return new DisputeProcess(
        trustService,
        store,
        DisputeRules.STANDARD,
        dependencies,
        new StatementIntake(trustService.world(), store, DisputeRules.STANDARD),
        new DisputeNotifications(trustService.world(), dependencies.channels()));
  }

  private void refund(HttpExchange exchange) throws IOException {
    var order = Json.parse(exchange.getRequestBody().readAllBytes());
    refunds.add(order);
    var refund =
        Json.object()
            .put("refund_no", "RF-1")
            .put("refund_request_id", order.path("refund_request_id").asString())
            .put("trade_no", "T-1")
            .put("amount", PAID.decimal())
            .put("currency", "CNY");
    answer(exchange, refundStatus, Json.bytes(refund));
  }

  private void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    free.add(
        server
            .bean(JdbcClient.class)
            .sql(
                """
                select dispute_id from dispute where world = ? and dispute_id = ?
                for update skip locked
                """)
            .params(world.partition(), ID)
            .query(String.class)
            .optional()
            .isPresent());
    exchange.sendResponseHeaders(status, status == 200 ? body.length : -1);
    if (status == 200) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }
}
