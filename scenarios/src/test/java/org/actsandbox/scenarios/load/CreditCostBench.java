package org.actsandbox.scenarios.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Locale;
import org.actsandbox.client.ExternalAgent;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.protocol.credit.CreditProjection;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares the verification of credit with a payment under a delegation: {@code
 * -Dact.bench.credit=http://localhost:8080} names a server that runs. Each purchase does both, so
 * that other load of the machine affects both. The figures are in docs/performance-notes.md.
 */
@EnabledIfSystemProperty(named = "act.bench.credit", matches = "http.*")
class CreditCostBench {

  private static final int WARM_UP = 150;
  private static final int ROUNDS = Integer.getInteger("act.bench.rounds", 400);
  private static final String NAME = "load-agent";
  private static final String DID = "did:act:" + NAME;

  private final Clock clock = Clock.systemUTC();

  @Test
  void aVerificationAgainstADelegatedPayment() throws InterruptedException {
    var origin = URI.create(System.getProperty("act.bench.credit"));
    try (var outbound = new PooledOutboundClient(uri -> uri.getPort() == origin.getPort())) {
      var client = new SandboxClient(outbound);
      var world = client.newWorld(origin, System.getProperty("act.bench.key"), settings());
      var seed = "credit-cost-bench-".repeat(2).substring(0, 32);
      var agent =
          ExternalAgent.register(client, world, NAME, seed.getBytes(StandardCharsets.UTF_8));
      var purchases = new PurchaseClient(world, agent, outbound, clock);
      var needs = new LoadNeeds(LocalDate.ofInstant(clock.instant(), ZoneId.of("Asia/Shanghai")));
      var steps =
          new ArrayList<>(
              new DelegatedPurchaseSteps(
                      DelegationMode.SPECIFIED,
                      new PurchaseSteps(purchases, needs),
                      purchases,
                      world,
                      clock)
                  .all());
      steps.add(credit(purchases, credential(client, world), permit(client, world)));
      for (int concurrency : new int[] {1, 4}) {
        var driver = new LoadDriver(steps, concurrency, clock);
        driver.runToEnd(concurrency * 100_000L, WARM_UP);
        var measured = driver.runToEnd(concurrency * 100_000L + WARM_UP, ROUNDS);
        assertThat(measured.errors()).as(driver.failures().toString()).isZero();
        for (var percent : new double[] {50, 95, 99}) {
          var payment = micros(measured, DelegatedPurchaseSteps.VERIFICATION, percent);
          var credit = micros(measured, "credit", percent);
          System.out.printf(
              Locale.ROOT,
              "%d at once, p%.0f: delegated payment %.2f ms, credit %.2f ms, ratio %.2f%n",
              concurrency,
              percent,
              payment / 1e3,
              credit / 1e3,
              credit / payment);
        }
      }
    }
  }

  private static double micros(LoadDriver.Measurement measured, String step, double percent) {
    return measured.bySteps().stream()
        .filter(each -> each.step().name().equals(step))
        .mapToDouble(each -> each.micros().getValueAtPercentile(percent))
        .findFirst()
        .orElseThrow();
  }

  private LoadPurchase.Step credit(PurchaseClient purchases, JsonNode credential, String permit) {
    return new LoadPurchase.Step(
        "credit",
        purchase -> {
          var request =
              Json.object()
                  .put("requestId", "CQ-" + purchase.id())
                  .put("messageVersion", "reference-v1")
                  .put("relyingPartyId", DID)
                  .put("agentId", "did:act:demo-agent")
                  .put("verificationLevel", "ASSOCIATED_CREDIT")
                  .put("authorizationId", permit)
                  .put("platformDelegateId", DID)
                  .put("purpose", "HOTEL_DEPOSIT")
                  .put("requestedAt", now().toString());
          request.set("subjectCreditAssertionRef", credential.path("subjectCreditAssertionRef"));
          request.putObject("businessContext").put("purchase", purchase.id());
          request.putArray("requestedDataItems").add("associatedCreditValue").add("mappingPolicy");
          request
              .putObject("credential")
              .put("credentialId", credential.path("credentialId").asString());
          request.putObject("antiReplay").put("nonce", "nonce-of-the-query-" + purchase.id());
          purchase.keep(
              "credit", CreditProjection.REQUEST.prove(request, purchases.agent().signer()));
        },
        purchase -> {
          var answer =
              LoadPurchase.expect(
                  200,
                  "credit",
                  purchases.post(
                      "/credit-verifier/v1/verifications", null, purchase.kept("credit")));
          assertThat(answer.path("result").asString()).as(answer.toString()).isEqualTo("PASS");
        });
  }

  private JsonNode credential(SandboxClient client, TargetWorld world) {
    var principal = world.keys().principal();
    var application =
        Json.object()
            .put("applicationId", "AA-1")
            .put("messageVersion", "reference-v1")
            .put("subjectId", "did:act:principal")
            .put("agentId", "did:act:demo-agent")
            .put("associationRole", "OPERATOR")
            .put("confirmationMethod", "DIRECT_SIGNATURE")
            .put("issuerId", "did:act:sandbox-credit-issuer")
            .put("purpose", "HOTEL_DEPOSIT")
            .put("authorizationMode", "PLATFORM_DELEGATED")
            .put("requestedAt", now().toString())
            .put("validFrom", now().toString())
            .put("expiresAt", now().plus(Duration.ofDays(30)).toString());
    application.putArray("relationshipEvidenceRefs").add("urn:act:register:demo-agent");
    application.putArray("scope").add(DID);
    application.putObject("antiReplay").put("nonce", "nonce-of-the-application");
    client.post(world.at("/credit-issuer/v1/association-applications"), principal, application);
    var at = world.at("/credit/applications/AA-1/confirmation");
    var decision =
        Json.object()
            .put("decision", "APPROVE")
            .put("digest", client.get(at, principal).at("/pending/digest").asString())
            .put("pin", "246810");
    return client.post(at, principal, decision).path("credential");
  }

  private String permit(SandboxClient client, TargetWorld world) {
    var principal = world.keys().principal();
    var wish =
        Json.object()
            .put("mode", "PLATFORM_DELEGATED")
            .put("platformDelegateId", DID)
            .put("purpose", "HOTEL_DEPOSIT")
            .put("expiresAt", now().plus(Duration.ofDays(1)).toString());
    wish.putArray("relyingPartyIds").add(DID);
    wish.putArray("agentIds").add("did:act:demo-agent");
    wish.putArray("allowedDataItems").add("associatedCreditValue").add("mappingPolicy");
    wish.putObject("frequencyLimit")
        .put("maxRequestsPerWindow", 1_000_000)
        .put("windowDurationSeconds", 86_400);
    wish.putObject("resultUseRestrictions").put("mayStore", false).put("mayTransfer", false);
    var drafted = Json.object();
    drafted.set("authorization", wish);
    var draft =
        (ObjectNode)
            client.post(world.at("/credit-verifier/authorizations/drafts"), principal, drafted);
    return client
        .post(world.at("/credit-verifier/authorizations"), principal, draft.put("pin", "246810"))
        .path("authorizationId")
        .asString();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private static ObjectNode settings() {
    var settings = Json.object();
    settings
        .putObject("principal")
        .put("balance", "100000000.00")
        .put("card_limit", "100000000.00");
    return settings;
  }
}
