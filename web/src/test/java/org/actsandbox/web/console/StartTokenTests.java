package org.actsandbox.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.database.DataFolder;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.key.Principals;
import org.actsandbox.sandbox.key.RoleKeys;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.browser.ConsoleServer;
import org.actsandbox.web.console.principal.ConsoleApiClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/**
 * Tests that a program on the same machine without a secret, such as an agent under test, sees no
 * key, cannot undo a stop by the principal and cannot move money.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartTokenTests {

  private static final Caller PRINCIPAL = new Caller(Role.PRINCIPAL, Principals.FIRST);
  private static final Set<String> OPEN =
      Set.of("/pay/", "/shared/", "/schemas/", "/console/login", "/rules", "/errors", "/metrics");

  private final ConsoleServer server = ConsoleServer.shared();
  private final HttpClient client = HttpClient.newHttpClient();
  private final String token = server.bean(DataFolder.class).startToken();

  @Test
  void noPageOfTheConsoleIsShownWithoutASession() throws Exception {
    var seen = new ArrayList<String>();
    var keys = keys(server.world("demo"));
    for (var info : server.bean(RequestMappingHandlerMapping.class).getHandlerMethods().keySet()) {
      for (var pattern : info.getPatternsCondition().getPatterns()) {
        var path = pattern.getPatternString();
        if (path.startsWith("/api/")
            || (path.startsWith("/w/") && !path.contains("/cashier/"))
            || OPEN.stream().anyMatch(path::startsWith)) {
          continue;
        }
        var address =
            path.replace("{world}", "demo").replaceAll("/\\{\\*?[^}]+}", "/x").replace("/**", "/x");
        for (var method : List.of("GET", "POST")) {
          var answer = send(method, address, "");
          assertThat(answer.statusCode()).as("%s %s", method, address).isEqualTo(401);
          assertThat(answer.body()).as(address).doesNotContain(keys);
          seen.add(address);
        }
      }
    }
    assertThat(seen).contains("/", "/console/demo/for-builders", "/cashier/x", "/w/demo/cashier/x");
    assertThat(seen.size()).isGreaterThan(100);
  }

  @Test
  void publicAddressesNeedNoSession() throws Exception {
    assertThat(get("/assets/base.css").statusCode()).isEqualTo(200);
    assertThat(get("/api/health").statusCode()).isEqualTo(200);
    assertThat(get("/api/openapi.json").statusCode()).isEqualTo(200);
    assertThat(get("/shared/unknown").statusCode()).isEqualTo(404);
    assertThat(get("/schemas/scenario.json", "Accept", "text/html").statusCode()).isNotEqualTo(401);
    assertThat(get("/merchants/raileast/.well-known/agent-card.json").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void theLoginPageSaysInBothLanguagesHowToLogIn(String lang) throws Exception {
    var answer = get("/cashier/T-1", "Accept-Language", lang, "Accept", "text/html");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body())
        .containsPattern("<html\\s+lang=\"" + lang + "\"")
        .contains("Run ./run open on the machine", "请在启动沙箱的机器上运行 ./run open")
        .contains("name=\"key\"", "value=\"/cashier/T-1\"")
        .doesNotContain("/console/demo");
  }

  @Test
  void theTokenLeavesTheAddressAndGivesASession() throws Exception {
    var entered = get("/console/demo/wallet?account=card&token=" + token);
    assertThat(entered.statusCode()).isEqualTo(303);
    assertThat(entered.headers().firstValue("Location"))
        .contains("/console/demo/wallet?account=card");
    assertThat(entered.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(entered.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(entered.headers().map().toString() + entered.body()).doesNotContain(token);
    var cookie = entered.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie)
        .containsIgnoringCase("HttpOnly")
        .contains("SameSite=Strict")
        .doesNotContain("Max-Age");
    var page = get("/console/demo/wallet", "Cookie", cookie.split(";", 2)[0]);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).doesNotContain(token);
    assertThat(get("/console/demo/for-builders", "Cookie", cookie.split(";", 2)[0]).body())
        .contains(server.world("demo").roleKey(Role.PRINCIPAL, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "%00", "TOKEN", "TOKENx", "TOKE", "%20TOKEN"})
  void aWrongTokenGivesNoSessionAndLeavesTheAddressToo(String shown) throws Exception {
    var wrong = shown.replace("TOKEN", token).replace("TOKE", token.substring(1));
    if (wrong.equals(token)) {
      wrong = token.toLowerCase(java.util.Locale.ROOT) + "A";
    }
    var answer = get("/console/demo/wallet?token=" + wrong);
    assertThat(answer.statusCode()).isEqualTo(303);
    var to = answer.headers().firstValue("Location").orElseThrow();
    assertThat(to)
        .startsWith("/console/login?back=")
        .endsWith("&refused=1")
        .doesNotContain("token");
    assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
    var loginPage = get(to);
    assertThat(loginPage.statusCode()).isEqualTo(401);
    assertThat(loginPage.body()).contains("That is neither the start token nor the admin key");
  }

  @Test
  void aForgedSessionIsRefused() throws Exception {
    var real = server.cookie();
    var parts = real.split("=", 2);
    var value = parts[1].split("\\.", -1);
    for (var made :
        List.of(
            parts[0] + "=AAAAAAAAAAAAAAAAAAAAAAAA.a." + value[2],
            parts[0] + "=" + value[0] + ".a.",
            parts[0] + "=" + value[0] + ".a." + value[2].substring(1),
            parts[0] + "=" + value[0] + ".v." + value[2],
            parts[0] + "=" + token,
            get("/").headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0],
            get("/")
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow()
                .split(";", 2)[0]
                .replace("act_visitor_", "act_console_"),
            "act_console=" + parts[1],
            parts[0] + "=" + value[0] + "." + value[1] + "." + value[2] + ".",
            forgedSession(get("/").headers().firstValue("Set-Cookie").orElseThrow()))) {
      assertThat(get("/console/demo/wallet", "Cookie", made).statusCode()).as(made).isEqualTo(401);
    }
    assertThat(get("/console/demo/wallet", "Cookie", real).statusCode()).isEqualTo(200);
  }

  /**
   * Forges a session from the cookie of a browser that was not admitted, by changing the letter for
   * admitted.
   */
  private static String forgedSession(String cookie) {
    return cookie.split(";", 2)[0].replace(".v.", ".a.").replace("act_visitor_", "act_console_");
  }

  @Test
  void neitherTokenNorCookieNorKeyReachesLogOrJournal(CapturedOutput output) throws Exception {
    var world = server.newWorld("quiet");
    var cookie = server.cookie();
    get("/console/" + world.name() + "/try?token=" + token);
    get("/console/" + world.name() + "/nowhere?token=" + token, "Cookie", cookie);
    get("/console/" + world.name() + "/journal", "Cookie", cookie);
    get("/w/" + world.name() + "/dids?token=x", "Cookie", cookie, "Referer", server.address());
    get("/w/" + world.name() + "/psp/wallet", "Authorization", "Bearer " + token);
    var journal =
        Json.write(world.journalStore().read(JournalQuery.after(0, 100)))
            + get("/console/" + world.name() + "/journal", "Cookie", cookie).body();
    assertThat(journal).doesNotContain(token, cookie.split("=", 2)[1]);
    assertThat(output.getAll()).doesNotContain(token, cookie.split("=", 2)[1]);
  }

  /**
   * Repeats an attack by a reviewer: keys on pages, the operator's view, the seed, a world of the
   * attacker's own.
   */
  @Test
  void aProgramWithoutSecretsCannotReachThePrincipalsMoney() throws Exception {
    var demo = server.world("demo");
    var before = balance(demo);
    for (var path : List.of("/console/demo/for-builders", "/console/demo/for-merchants", "/")) {
      var page = get(path);
      assertThat(page.statusCode()).isEqualTo(401);
      assertThat(page.body()).doesNotContain("act_operator_", "act_principal_", "act_agent_");
    }
    assertThat(get("/api/worlds/demo").statusCode()).isEqualTo(401);
    assertThat(get("/api/worlds/demo/keys").statusCode()).isEqualTo(401);
    assertThat(get("/api/worlds").body()).doesNotContain("\"seed\"", "act_");

    // Even with the operator's key the other keys cannot be read.
    var operator = demo.roleKey(Role.OPERATOR, null);
    var view = get("/api/worlds/demo", "Authorization", "Bearer " + operator).body();
    assertThat(view).doesNotContain("act_principal_", "act_agent_", "key_secret", "\"keys\"");
    assertThat(get("/api/worlds/demo/keys", "Authorization", "Bearer " + operator).statusCode())
        .isEqualTo(401);

    // A world of the attacker's own with the same seed has other keys, so that signatures made
    // there are not accepted elsewhere.
    var seed = Json.parse(view).path("seed").stringValue();
    var own =
        Json.parse(
            post("/api/worlds", "application/json", Json.write(Map.of("seed", seed)), "").body());
    var key = "Bearer " + own.at("/keys/operator").stringValue();
    assertThat(get("/api/worlds/demo", "Authorization", key).statusCode()).isEqualTo(403);
    assertThat(jwks(own.path("world").stringValue())).isNotEqualTo(jwks("demo"));
    assertThat(balance(demo)).isEqualTo(before);
  }

  @Test
  void aStopByThePrincipalNeedsASessionToBeUndone() throws Exception {
    var world = server.newWorld("stops");
    var at = "/console/" + world.name();
    var ref =
        apiClient()
            .get(world, PRINCIPAL, "/psp/instruments")
            .at("/items/0/instrument_ref")
            .stringValue();
    apiClient().post(world, PRINCIPAL, "/psp/instruments/" + ref + "/freeze", Map.of());
    var stranger = get("/").headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    for (var cookie : List.of("", stranger, forgedSession(stranger))) {
      for (var path :
          List.of(
              at + "/wallet/instruments/" + ref + "/unfreeze",
              at + "/delegations/D-1/resume",
              at + "/worlds/reset",
              at + "/worlds/clock",
              "/console/demo/worlds/create")) {
        var answer = post(path, "application/x-www-form-urlencoded", "pin=246810&_csrf=x", cookie);
        assertThat(answer.statusCode()).as(path).isEqualTo(401);
      }
    }
    assertThat(
            apiClient()
                .get(world, PRINCIPAL, "/psp/instruments")
                .at("/items/0/status")
                .stringValue())
        .isEqualTo("FROZEN");
  }

  /** Even with a session only the PIN undoes a stop, and wrong PINs lock it. */
  @Test
  void aSessionWithoutThePinUndoesNoStop() throws Exception {
    var world = server.newWorld("pin");
    var cookie = server.cookie();
    var at = "/console/" + world.name();
    var csrf = csrf(get(at + "/wallet", "Cookie", cookie).body());
    var ref =
        apiClient()
            .get(world, PRINCIPAL, "/psp/instruments")
            .at("/items/0/instrument_ref")
            .stringValue();
    apiClient().post(world, PRINCIPAL, "/psp/instruments/" + ref + "/freeze", Map.of());
    var unfreeze = at + "/wallet/instruments/" + ref + "/unfreeze";
    assertThat(form(unfreeze, "_csrf=" + csrf, cookie).statusCode()).isEqualTo(422);
    for (int i = 0; i < 3; i++) {
      assertThat(form(unfreeze, "pin=000000&_csrf=" + csrf, cookie).statusCode()).isEqualTo(422);
    }
    var reset = form(at + "/worlds/reset", "pin=246810&_csrf=" + csrf, cookie);
    assertThat(reset.statusCode()).isEqualTo(422);
    assertThat(reset.body()).contains("The PIN is locked");
    assertThat(form(at + "/worlds/clock/advance", "by=PT1H&_csrf=" + csrf, cookie).statusCode())
        .isIn(303, 404);
    assertThat(form(unfreeze, "pin=246810&_csrf=" + csrf, cookie).statusCode()).isEqualTo(422);
    assertThat(form(at + "/worlds/reset", "_csrf=" + csrf, cookie).statusCode()).isEqualTo(303);
    assertThat(
            server
                .world(world.name())
                .participant(Psp.class)
                .pins()
                .state(Principals.FIRST)
                .attemptsLeft())
        .isZero();
  }

  /**
   * The request of a link on another site comes without the strict cookie, and its answer must not
   * replace that cookie.
   */
  @Test
  void aLinkOnAnotherSiteNeitherOpensNorEndsASession() throws Exception {
    var answer = get("/console/demo/wallet?account=card", "Sec-Fetch-Site", "cross-site");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
        .doesNotStartWith(server.cookie().split("=", 2)[0] + "=");
    var to = "/console/login?back=%2Fconsole%2Fdemo%2Fwallet%3Faccount%3Dcard";
    assertThat(answer.headers().firstValue("Refresh")).contains("0;url=" + to);
    var stranger = get(to);
    assertThat(stranger.statusCode()).isEqualTo(401);
    assertThat(stranger.headers().firstValue("Refresh")).isEmpty();
    var known = get(to, "Cookie", server.cookie());
    assertThat(known.statusCode()).isEqualTo(303);
    assertThat(known.headers().firstValue("Location"))
        .contains("/console/demo/wallet?account=card");
  }

  @Test
  void liveStreamsNeedTheSessionToo() throws Exception {
    for (var path :
        List.of(
            "/console/demo/delegations/live",
            "/console/demo/journal/live",
            "/console/demo/disputes/live",
            "/console/demo/status")) {
      var answer = get(path, "Accept", "text/event-stream");
      assertThat(answer.statusCode()).as(path).isEqualTo(401);
      var partial = get(path, "HX-Request", "true");
      assertThat(partial.statusCode()).isEqualTo(401);
      assertThat(partial.headers().firstValue("HX-Refresh")).contains("true");
    }
  }

  @Test
  void theFieldTakesTheTokenOrTheAdminKeyAndReturnsToThePage() throws Exception {
    for (var key : List.of(token, " " + token + " ", server.bean(RoleKeys.class).adminKey())) {
      var shown = get("/console/demo/orders");
      var cookie = shown.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
      var body = "back=/console/demo/orders&key=%s&_csrf=%s".formatted(key, csrf(shown.body()));
      var answer = form("/console/login", body, cookie);
      assertThat(answer.statusCode()).isEqualTo(303);
      assertThat(answer.headers().firstValue("Location")).contains("/console/demo/orders");
      var session = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
      assertThat(get("/console/demo/orders", "Cookie", session).statusCode()).isEqualTo(200);
      assertThat(get("/console/demo/orders", "Cookie", cookie).statusCode()).isEqualTo(401);
      assertThat(form("/console/login", body, "").statusCode()).as("forged").isEqualTo(403);
    }
  }

  /** A browser keeps the cookies of all servers of a machine together. */
  @Test
  void twoServersOnOneMachineHaveSeparateCookies() {
    var other = new ConsoleServer("127.0.0.1");
    assertThat(other.cookie().split("=", 2)[0]).isNotEqualTo(server.cookie().split("=", 2)[0]);
  }

  private ConsoleApiClient apiClient() {
    return server.bean(ConsoleApiClient.class);
  }

  private String balance(World world) {
    return apiClient().get(world, PRINCIPAL, "/psp/wallet").at("/accounts/0/amount").stringValue();
  }

  private JsonNode jwks(String world) throws Exception {
    return Json.parse(get("/w/" + world + "/psp/.well-known/jwks.json").body());
  }

  private static String[] keys(World world) {
    return new String[] {
      world.roleKey(Role.PRINCIPAL, null),
      world.roleKey(Role.AGENT, null),
      world.roleKey(Role.OPERATOR, null)
    };
  }

  private static String csrf(String page) {
    int at = page.indexOf("name=\"_csrf\" value=\"") + 20;
    return page.substring(at, page.indexOf('"', at));
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(server.origin() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> form(String path, String body, String cookie) throws Exception {
    return post(path, "application/x-www-form-urlencoded", body, cookie);
  }

  private HttpResponse<String> post(String path, String type, String body, String cookie)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(server.origin() + path))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    return client.send(
        (cookie.isEmpty() ? request : request.header("Cookie", cookie)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.origin() + path))
            .header("Accept", "text/html")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .method(
                method,
                method.equals("GET")
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
