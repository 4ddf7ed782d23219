package org.actsandbox.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.actsandbox.sandbox.edge.access.AccessPolicy;
import org.actsandbox.web.console.browser.ConsoleServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/**
 * Tests that a server bound to more than loopback gives data of a party only to callers with a key.
 */
@ExtendWith(OutputCaptureExtension.class)
class OpenBindTests {

  /** Addresses that describe the server and how to log in. */
  private static final List<String> ABOUT_THE_SERVER =
      List.of(
          "GET /api/faults",
          "GET /api/health",
          "GET /api/health/live",
          "GET /api/health/ready",
          "GET /api/mutants",
          "GET /api/openapi.json",
          "POST /console/login",
          "GET /errors",
          "GET /rules",
          "GET /schemas/mission.json",
          "GET /schemas/scenario.json");

  /** Addresses that participants publish for every caller; the chain contains only digests. */
  private static final List<String> PUBLISHED =
      List.of(
          "GET /w/{world}/dids",
          "GET /w/{world}/dids/{did}",
          "GET /w/{world}/merchants/{merchant}",
          "GET /w/{world}/merchants/{merchant}/",
          "GET /w/{world}/merchants/{merchant}/.well-known/act-payment-capability.json",
          "GET /w/{world}/merchants/{merchant}/.well-known/agent-card.json",
          "GET /w/{world}/merchants/{merchant}/a2a/.well-known/agent-card.json",
          // It only returns the other addresses and takes no data.
          "POST /w/{world}/merchants/{merchant}/a2a",
          "GET /w/{world}/merchants/{merchant}/catalog",
          "GET /w/{world}/merchants/{merchant}/catalog/{item}",
          // Like a page behind a bill: who asks has to pay, and needs no key of the world.
          "GET /w/{world}/merchants/{merchant}/alipay/{service}",
          "POST /w/{world}/merchants/{merchant}/alipay/{service}",
          "GET /w/{world}/merchants/{merchant}/buyer-policy",
          "GET /w/{world}/merchants/{merchant}/deposit-policy",
          "GET /w/{world}/merchants/{merchant}/seatmap",
          "GET /w/{world}/delegations/status/{list}",
          // Only a holder of the credential can ask, because the request contains its digest.
          "GET /w/{world}/delegations/iacs/{delegationId}/status",
          // The state of a credential has nothing of its content.
          "GET /w/{world}/credit-issuer/v1/association-credentials/{credentialId}/status",
          "GET /w/{world}/psp/.well-known/jwks.json",
          "GET /w/{world}/trust/anchors",
          "GET /w/{world}/trust/anchors/{recordId}",
          "GET /w/{world}/trust/consistency",
          "GET /w/{world}/trust/head",
          "GET /w/{world}/trust/heads",
          "GET /w/{world}/trust/identities",
          "GET /w/{world}/trust/keys/{did}",
          "GET /w/{world}/psp/methods/act-sandbox-instant/1.0.0.schema.json");

  /**
   * Addresses that need no key but a signature of a party that the world knows, or a proof of
   * payment.
   */
  private static final List<String> SIGNED =
      List.of(
          "POST /w/{world}/agents/demo-agent/delegation-decisions",
          "POST /w/{world}/agents/demo-agent/delegation-states",
          "POST /w/{world}/agents/demo-agent/disputes/evidence",
          "POST /w/{world}/agents/demo-agent/disputes/findings",
          "POST /w/{world}/credit/validity",
          "POST /w/{world}/credit-issuer/v1/association-credentials/{credentialId}/resumptions",
          "POST /w/{world}/credit-issuer/v1/association-credentials/{credentialId}/revocations",
          "POST /w/{world}/credit-issuer/v1/association-credentials/{credentialId}/suspensions",
          "POST /w/{world}/credit-verifier/v1/credit-query-authorizations/{authorizationId}/revocations",
          "POST /w/{world}/credit-verifier/v1/verifications",
          "POST /w/{world}/delegations/disputes/evidence",
          "POST /w/{world}/delegations/disputes/findings",
          "POST /w/{world}/merchants/{merchant}/disputes/evidence",
          "POST /w/{world}/merchants/{merchant}/disputes/findings",
          "POST /w/{world}/merchants/{merchant}/services/{service}",
          // Applications sign their calls, and sellers the bill that a buyer's script brings.
          "GET /w/{world}/gateway.do",
          "POST /w/{world}/gateway.do",
          "POST /w/{world}/openclawpay/agent/v1/pay",
          "POST /w/{world}/psp/delegation-states",
          "POST /w/{world}/psp/disputes/evidence",
          "POST /w/{world}/psp/disputes/findings",
          "POST /w/{world}/psp/disputes/refunds",
          "POST /w/{world}/trust/disputes/{disputeId}/statements",
          "POST /w/{world}/trust/anchors",
          "POST /w/{world}/merchants/{merchant}/act/negotiation",
          "POST /w/{world}/merchants/{merchant}/carts",
          "POST /w/{world}/merchants/{merchant}/intents",
          "POST /w/{world}/merchants/{merchant}/notifications",
          "GET /w/{world}/merchants/{merchant}/fulfilment/{orderNo}");

  /**
   * Addresses of shared runs and grades, which need their link with 256 random bits, and of a
   * payment on a phone, which needs its code.
   */
  private static final List<String> BY_LINK =
      List.of(
          "GET /pay/{world}/{tradeNo}/{token}",
          "POST /pay/{world}/{tradeNo}/{token}",
          "GET /shared/check/{token}",
          "GET /shared/check/{token}/{format}",
          "GET /shared/grade/{token}",
          "GET /shared/grade/{token}/files/{format}",
          "GET /shared/grade/{token}/{mission}/play/{attempt}",
          "GET /shared/grade/{token}/{mission}/play/{attempt}/{seq}",
          "GET /shared/{token}",
          "GET /shared/{token}/{seq}");

  @Test
  void everyOtherAddressNeedsAKeyAndTheStartPrintsIt(CapturedOutput output) throws Exception {
    // Not closed: servers of one process share their network threads, which closing would end.
    var server = new ConsoleServer("0.0.0.0");
    assertThat(output.getOut()).contains("Admin key (others can reach this server): ");
    assertThat(server.bean(AccessPolicy.class).adminKeyNeeded()).isTrue();

    var reached = new TreeSet<String>();
    try (var client = HttpClient.newHttpClient()) {
      for (var endpoint : endpoints(server)) {
        if (!needsKey(client, server, endpoint)) {
          reached.add(endpoint.toString());
        }
      }
    }
    var open = new TreeSet<>(ABOUT_THE_SERVER);
    open.addAll(PUBLISHED);
    open.addAll(SIGNED);
    open.addAll(BY_LINK);
    assertThat(reached).isEqualTo(open);
  }

  private record Endpoint(HttpMethod method, String pattern) {

    String path() {
      return pattern
          .replace("{world}", "demo")
          .replace("{merchant}", "raileast")
          .replace("{agent}", "demo-agent")
          .replaceAll("/\\{\\*?[^}]+}", "/x")
          .replace("/**", "/x");
    }

    @Override
    public String toString() {
      return method + " " + pattern;
    }
  }

  /** Lists every address of the server with each of its methods. */
  private static List<Endpoint> endpoints(ConsoleServer server) {
    var endpoints = new ArrayList<Endpoint>();
    server
        .bean(RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .keySet()
        .forEach(
            info -> {
              var methods = info.getMethodsCondition().getMethods();
              info.getPatternsCondition()
                  .getPatterns()
                  .forEach(
                      pattern -> {
                        if (methods.isEmpty()) {
                          endpoints.add(new Endpoint(HttpMethod.GET, pattern.getPatternString()));
                        }
                        methods.forEach(
                            method ->
                                endpoints.add(
                                    new Endpoint(
                                        method.asHttpMethod(), pattern.getPatternString())));
                      });
            });
    return endpoints;
  }

  /**
   * Tells whether the address needs a key. In place of a page the server answers with the login
   * page and status 401.
   */
  private static boolean needsKey(HttpClient client, ConsoleServer server, Endpoint endpoint)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(server.origin() + endpoint.path()))
            .header("Accept", "*/*")
            .header("Content-Type", "application/json")
            .method(
                endpoint.method().name(),
                endpoint.method().equals(HttpMethod.GET)
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    return answer.statusCode() == 401;
  }
}
