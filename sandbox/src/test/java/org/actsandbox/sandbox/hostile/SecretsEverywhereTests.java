package org.actsandbox.sandbox.hostile;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.export.JournalSelection;
import org.actsandbox.sandbox.hostile.ServedOperations.Operation;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.share.SharedRuns;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests that a secret in any place of any message appears in no output of the sandbox. */
class SecretsEverywhereTests {

  private static final SandboxServer server = SandboxServer.shared();

  private static final String PIN = "482913";
  private static final String CARD = "4111111111111111";

  private World world;
  private String key;
  private final CapturedLog log = new CapturedLog();

  @BeforeEach
  void changeThePin() {
    world = server.newWorld();
    key = world.roleKey(Role.PRINCIPAL, null);
    var changed =
        server.post(
            "/w/" + world.name() + "/psp/pin",
            "{\"pin\":\"246810\",\"new_pin\":\"" + PIN + "\"}",
            bearer(key));
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    log.start();
  }

  @AfterEach
  void stop() {
    log.stop();
  }

  @Test
  void noOutputContainsASecretFromAnyPlace() {
    int sent = 0;
    for (var operation : ServedOperations.of(server)) {
      if (operation.isOfAWorld() && !operation.isStream()) {
        sent += send(operation, List.of(PIN, key, CARD).get(sent % 3));
        sent += operation.path().contains("/psp/") ? send(operation, PIN) : 0;
      }
    }
    assertThat(sent).as("messages with a secret in them").isGreaterThan(900);

    var outputs = outputs();
    assertThat(outputs.get("journal")).hasSizeGreaterThan(100_000);
    outputs.forEach(
        (name, text) -> {
          for (var secret : List.of(PIN, key.substring(key.length() - 40), CARD)) {
            assertThat(around(text, secret)).as(name + " has a secret").isEmpty();
          }
        });
  }

  private int send(Operation operation, String secret) {
    var path = operation.in(world, "x-1");
    var callers = bearer(operation.key(world));
    var sent = new ArrayList<SandboxServer.Answer>();
    sent.add(server.send(operation.method(), operation.in(world, secret), null, callers));
    sent.add(server.send(operation.method(), path + "?q=" + secret + "&pin=1", null, callers));
    sent.add(
        server.send(operation.method(), path, null, headers(callers, "X-Note", "it is " + secret)));
    sent.add(
        server.send(
            operation.method(),
            path,
            null,
            headers(
                callers,
                A402Headers.PAYMENT_PROOF,
                A402Headers.encode(
                    Map.of("protocol", Map.of("x", secret), "method", Map.of("pin", secret))))));
    if (!operation.method().equals("GET")) {
      bodies(secret)
          .forEach(
              body ->
                  sent.add(
                      server.send(
                          operation.method(),
                          path,
                          body.text(),
                          headers(callers, "Content-Type", body.type()))));
    }
    return sent.size();
  }

  private record Body(String type, String text) {}

  private static Stream<Body> bodies(String secret) {
    var json = "application/json";
    return Stream.of(
        new Body(json, "{\"text\":\"take " + secret + " please\"}"),
        new Body(json, "{\"a\":[{\"b\":[\"" + secret + "\"]}],\"" + secret + "\":1}"),
        new Body(json, "{\"PIN\":\"" + secret + "\",\"order_no\":\"" + secret + "\"}"),
        new Body(json, "{\"note\":\"{\\\"newPin\\\":\\\"" + secret + "\\\"}\""),
        new Body(
            "application/x-www-form-urlencoded",
            "x=" + URLEncoder.encode(secret, StandardCharsets.UTF_8)),
        new Body("application/xml", "<p><Pin>" + secret + "</Pin><x y=\"" + secret + "\"/></p>"),
        new Body(
            "multipart/form-data; boundary=b",
            "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n" + secret + "\r\n--b--"),
        new Body("text/plain", "x".repeat(2_040) + " " + secret + " y"));
  }

  private static String[] headers(String[] some, String name, String value) {
    return Stream.concat(Stream.of(some), Stream.of(name, value)).toArray(String[]::new);
  }

  private Map<String, String> outputs() {
    var api = "/api/worlds/" + world.name() + "/journal";
    var operator = bearer(server.operator(world));
    var journal = new StringBuilder();
    long after = 0;
    while (true) {
      var page = server.get(api + "?limit=40&after=" + after, operator);
      journal.append(page.text());
      if (page.json().path("items").isEmpty()) {
        break;
      }
      after = page.json().path("next_after").asLong();
    }
    var runs = server.bean(SharedRuns.class);
    var shared =
        runs.share(
            world, new JournalSelection(Map.of("kind", "REFUSAL")), "refusals", Duration.ofDays(1));
    return Map.of(
        "journal",
        journal.toString(),
        "har",
        server.get(api + "/export?format=har", operator).text(),
        "curl",
        server.get(api + "/export?format=curl", operator).text(),
        "json",
        server.get(api + "/export?format=json", operator).text(),
        "knowledge",
        server.get("/api/worlds/" + world.name() + "/knowledge", operator).text(),
        "share",
        runs.open(shared.token()).orElseThrow().snapshot().entries().stream()
            .map(entry -> Json.write(entry.data()))
            .toList()
            .toString(),
        "rows",
        world.journalStore().page(JournalQuery.after(0, 200)).items().toString(),
        "log",
        log.text());
  }

  private static String around(String text, String secret) {
    int at = text.indexOf(secret);
    return at < 0
        ? ""
        : text.substring(Math.max(0, at - 200), Math.min(text.length(), at + secret.length() + 80));
  }
}
