package org.actsandbox.web.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.sandbox.export.JournalSelection;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.share.SharedRuns;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.scenarios.engine.PlayListener;
import org.actsandbox.scenarios.engine.ScenarioPlayer;
import org.actsandbox.scenarios.engine.TargetServer;
import org.actsandbox.scenarios.script.Script;
import org.actsandbox.scenarios.script.ScriptReader;
import org.actsandbox.web.scenario.SessionRecordings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Tests that no secret leaves a session in which a PIN, a card number and a key were put
 * everywhere: neither the shared pages nor the recorded scenario contains one.
 */
class SecretsInPagesTests {

  private static final String PIN = "482913";
  private static final String WRONG_PIN = "739154";
  private static final String CARD = "4111111111111111";
  private static final Pattern OPENED = Pattern.compile("href=\"(/shared/[^\"?#]+/\\d+)\"");

  private static final ConsoleServer server = ConsoleServer.shared();
  private static final PooledOutboundClient outbound = new PooledOutboundClient(_ -> true);

  @AfterAll
  static void close() {
    outbound.close();
  }

  @Test
  void neitherTheSharedPageNorTheRecordedScenarioHasASecret() {
    try (var player =
        new ScenarioPlayer(
            session(),
            new TargetServer(URI.create(server.origin()), null, outbound),
            "secrets-in-pages",
            PlayListener.NONE)) {
      var verdict = player.play();
      assertThat(verdict.failure()).isNull();
      var target = player.target().orElseThrow();
      var world = server.world(target.world());
      var secrets =
          List.of(PIN, WRONG_PIN, CARD, target.keys().principal(), target.keys().operator());

      var pages = sharedPages(world);
      assertThat(pages).hasSizeGreaterThan(20);
      pages.forEach((path, page) -> requireNone(path, page, secrets));

      var recorded = server.bean(SessionRecordings.class).of(world, "secrets-again");
      assertThat(recorded).contains("- say:", "- suspend:", "- resume:", "- cashier:");
      requireNone("the recorded scenario", recorded, secrets);
    }
  }

  private static Script session() {
    return ScriptReader.read(
        "secrets-session.yaml",
        """
        scenario: secrets-session
        steps:
          - buy: {as: gift, merchant: luma-mart, need: {kind: shop, terms: phone charger}, until: asked}
          - call: {method: POST, path: /psp/pin, key: principal, body: {pin: "246810", new_pin: "PIN"}}
            expect: {status: 200}
          - say: {text: "Buy me a phone charger, my PIN is PIN and my card is CARD", language: en}
          - cashier: {as: gift, pin: "WRONG"}
            expect: {code: pin_wrong}
          - cashier: {as: gift, pin: "PIN"}
            expect: {status: 200}
          - delegate: {as: authority, total: "100.00", categories: [shop], pin: "PIN", targets: [{kind: shop, what: phone charger}]}
          - suspend: {reason: "PIN is my PIN, CARD my card"}
          - resume: {pin: "PIN", reason: "it is PIN"}
            expect: {state: Active}
          - call: {method: POST, path: /psp/payments, key: agent, body: {PIN: "PIN", new_pin: "PIN", description: "card CARD", nested: [{note: "pin=PIN"}]}}
            expect: {status: 400}
          - call: {path: "/psp/payments/PIN?pin=PIN&card=CARD", key: principal}
            expect: {status: 400}
        """
            .replace("{PIN:", "{\"p_i_n\":")
            .replace("WRONG", WRONG_PIN)
            .replace("my PIN", "my p_i_n")
            .replace("PIN", PIN)
            .replace("p_i_n", "PIN")
            .replace("CARD", CARD));
  }

  /** Reads all pages of the timeline and every entry that they link to, by their paths. */
  private static Map<String, String> sharedPages(World world) {
    var runs = server.bean(SharedRuns.class);
    var shared = runs.share(world, JournalSelection.of(Map.of()), "all", Duration.ofDays(1));
    var pages = new TreeMap<String, String>();
    var link = "/shared/" + shared.token();
    long after = 0;
    var snapshot = runs.open(shared.token()).orElseThrow().snapshot();
    do {
      var path = link + "?after=" + after;
      pages.put(path, read(path));
      after = snapshot.page(JournalQuery.after(after, 100)).lookedUpTo();
    } while (after < snapshot.lastSeq());
    for (var page : List.copyOf(pages.values())) {
      var found = OPENED.matcher(page);
      while (found.find()) {
        pages.computeIfAbsent(found.group(1), SecretsInPagesTests::read);
      }
    }
    return pages;
  }

  private static String read(String path) {
    var answer =
        outbound.send(
            OutboundClient.Call.get(
                URI.create(server.origin() + path), Map.of(), Duration.ofSeconds(30)));
    assertThat(answer.status()).as(path).isEqualTo(200);
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static void requireNone(String where, String text, List<String> secrets) {
    assertThat(secrets)
        .as(where)
        .noneMatch(secret -> text.contains(secret.substring(Math.max(0, secret.length() - 40))));
  }
}
