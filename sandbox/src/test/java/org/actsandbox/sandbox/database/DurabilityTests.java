package org.actsandbox.sandbox.database;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.world.clock.WorldClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Tests that acknowledged changes survive {@code kill -9}. */
class DurabilityTests {

  @TempDir Path data;

  @Test
  void worldsClocksFaultsAndJournalsAreThereAfterTheKill() throws Exception {
    var worlds = new ArrayList<JsonNode>();
    long journalled;
    try (var server = KilledServer.start(data);
        var client = HttpClient.newHttpClient()) {
      var origin = server.origin();
      for (int i = 0; i < 20; i++) {
        worlds.add(post(client, origin + "/api/worlds", "{\"name\":\"k-" + i + "\"}", "none"));
      }
      var last = worlds.getLast();
      var key = last.path("keys").path("operator").asString();
      var api = origin + "/api/worlds/k-19";
      post(client, api + "/clock/advance", "{\"to\":\"2090-01-01T00:00:00Z\"}", key);
      post(client, api + "/faults", "{\"name\":\"error_status\",\"count\":1}", key);
      journalled = get(client, api + "/journal", key).path("last").asLong();
    }

    try (var again = SandboxServer.start(data)) {
      for (var world : worlds) {
        var name = world.path("world").asString();
        var key = world.path("keys").path("operator").asString();
        assertThat(again.get("/api/worlds/" + name, bearer(key)).status()).as(name).isEqualTo(200);
      }
      var last = again.world("k-19");
      assertThat(last.clock().mode()).isEqualTo(WorldClock.Mode.OFFSET);
      assertThat(last.clock().instant()).isAfter(Instant.parse("2089-12-31T23:59:59Z"));
      assertThat(last.faults().list()).hasSize(1);
      assertThat(journalled).isGreaterThanOrEqualTo(2);
      assertThat(last.journalStore().lastSeq()).isGreaterThanOrEqualTo(journalled);
      assertThat(last.journalStore().read(JournalQuery.after(0, 100)).getFirst().event())
          .isEqualTo("clock-advanced");
    }
  }

  private static JsonNode post(HttpClient client, String target, String body, String key)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(target))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return send(client, request, key);
  }

  private static JsonNode get(HttpClient client, String target, String key) throws Exception {
    return send(client, HttpRequest.newBuilder(URI.create(target)), key);
  }

  private static JsonNode send(HttpClient client, HttpRequest.Builder request, String key)
      throws Exception {
    if (key.startsWith("act_")) {
      request.header("Authorization", "Bearer " + key);
    }
    var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return Json.parse(answer.body());
  }
}
