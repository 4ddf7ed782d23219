package org.actsandbox.sandbox.wiring;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Tests a purchase from one sentence to one delivered ticket, with all participants in the process.
 */
class PurchaseTests {

  /** Events after which no more events come by themselves. */
  static final List<String> LAST = List.of("failed", "question", "nothing_suitable", "declined");

  static final SandboxServer server = SandboxServer.shared();

  World world;
  String base;
  String[] principal;

  @BeforeEach
  void makeWorld() {
    world = server.newWorld();
    base = "/w/" + world.name();
    principal = bearer(world.roleKey(Role.PRINCIPAL, null));
  }

  @Test
  void aSentenceAChoiceAndAPinEndWithATicketAndAZeroSum() throws Exception {
    var conversation = open();
    say(conversation, "Find me a window seat on tomorrow's early train to Shanghai");
    var offers = await(conversation, "offers");
    var recommended = offers.path("recommended").get(0).asString();

    await(conversation, "turn_done");
    var chosen =
        server.post(
            conversation + "/choice", "{\"offer_ids\":[\"%s\"]}".formatted(recommended), principal);
    assertThat(chosen.status()).as(chosen.text()).isEqualTo(202);
    var due = await(conversation, "payment_needed");
    approve(due.path("trade_no").asString());
    var delivery = await(conversation, "delivery");

    assertThat(delivery.path("delivery").path("kind").asString()).isEqualTo("train");
    assertThat(delivery.path("delivery").path("seats").get(0).path("position").asString())
        .isEqualTo("window");
    var operator = bearer(server.operator(world));
    var balance = server.get(base + "/psp/ledger/balance", operator);
    assertThat(balance.status()).as(balance.text()).isEqualTo(200);
    assertThat(new BigDecimal(balance.json().path("sum").asString())).isZero();
    var entries = world.journalStore().read(JournalQuery.after(0, 500));
    assertThat(entries).noneMatch(entry -> entry.data().toString().contains("\"246810\""));
    var events = entries.stream().map(JournalEntry::event).toList();
    assertThat(events)
        .contains(
            "intent-transfer", "cart-confirmation", "fulfilment", "payment-request", "approval");
  }

  private String open() {
    var opened = server.post(base + "/agents/demo-agent/conversations", "{}", principal);
    assertThat(opened.status()).as(opened.text()).isEqualTo(201);
    return base
        + "/agents/demo-agent/conversations/"
        + opened.json().path("conversation_id").asString();
  }

  private void say(String conversation, String sentence) {
    var said =
        server.post(
            conversation + "/messages", Json.object().put("text", sentence).toString(), principal);
    assertThat(said.status()).as(said.text()).isEqualTo(202);
  }

  private void approve(String tradeNo) {
    var path = base + "/psp/payments/" + tradeNo + "/approval";
    var agent = bearer(world.roleKey(Role.AGENT, null));
    assertThat(server.get(path, agent).status()).isEqualTo(403);
    var shown = server.get(path, principal).json();
    var decision =
        Json.object()
            .put("decision", "APPROVE")
            .put("digest", shown.path("digest").asString())
            .put("pin", "246810");
    var approved = server.post(path, decision.toString(), principal);
    assertThat(approved.status()).as(approved.text()).isEqualTo(200);
  }

  /** Returns the data of the first event of the type in the conversation's live stream. */
  private JsonNode await(String conversation, String type) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(server.origin() + conversation + "/events"))
            .header("Accept", "text/event-stream")
            .header("Authorization", principal[1])
            .build();
    var seen = new ArrayList<String>();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    try (var client = HttpClient.newHttpClient();
        var lines = client.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
      for (var line : (Iterable<String>) lines::iterator) {
        seen.add(line);
        // Heartbeats keep the connection from timing out, so the wait is bounded here.
        assertThat(System.nanoTime()).as(String.join("\n", seen)).isLessThan(end);
        var event = data(line);
        if (event.isPresent()) {
          var found = event.get().path("type").asString();
          if (found.equals(type)) {
            client.shutdownNow();
            return event.get().path("data");
          }
          assertThat(found).as(String.join("\n", seen)).isNotIn(LAST);
        }
      }
    }
    throw new IllegalStateException("the stream ended before " + type);
  }

  private static Optional<JsonNode> data(String line) {
    return line.startsWith("data:")
        ? Optional.of(Json.parse(line.substring("data:".length())))
        : Optional.empty();
  }
}
