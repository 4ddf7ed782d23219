package org.actsandbox.sandbox.fault;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.clock.WorldClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests what all faults at the edge have in common, armed over the API. */
class FaultTests {

  static final SandboxServer server = SandboxServer.shared();

  World world;
  String path;
  String api;
  String[] operator;

  @BeforeEach
  void makeWorld() {
    world = server.newWorld();
    path = "/w/" + world.name() + "/dids/raileast";
    api = "/api/worlds/" + world.name() + "/faults";
    operator = bearer(server.operator(world));
  }

  String arm(String json) {
    var answer = server.post(api, json, operator);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json().path("fault").path("id").asString();
  }

  @Test
  void errorStatusHappensCountTimesAfterTheRequestsThatPass() {
    arm("{\"name\":\"error_status\",\"parameters\":{\"status\":502},\"after\":1,\"count\":2}");

    var seen = IntStream.range(0, 5).map(_ -> server.get(path).status()).boxed().toList();

    assertThat(seen).containsExactly(200, 502, 502, 200, 200);
    assertThat(faultEntries()).hasSize(3);
    assertThat(faultEntries().getFirst().event()).isEqualTo("fault-added");
    assertThat(faultEntries().getLast().event()).isEqualTo("error_status");
    var status = server.get(api, operator).json().path("items").get(0);
    assertThat(status.path("matched").asInt()).isEqualTo(5);
    assertThat(status.path("fired").asInt()).isEqualTo(2);
  }

  /** Checks that the delay is not waited for; otherwise the answer would be 200 after a minute. */
  @Test
  void aStoppedWorldAnswersATooLongDelayAtOnce() {
    world.clock().set(WorldClock.Mode.STOPPED, null);
    arm("{\"name\":\"delay\",\"parameters\":{\"ms\":60000},\"count\":1}");

    assertThat(server.get(path, "Prefer", "wait=2").status()).isEqualTo(504);
    assertThat(server.get(path, "Prefer", "wait=2").status()).isEqualTo(200);
    assertThat(faultEntries().getLast().event()).isEqualTo("delay");
  }

  @Test
  void aStoppedWorldWaitsForAShortDelay() {
    world.clock().set(WorldClock.Mode.STOPPED, null);
    arm("{\"name\":\"delay\",\"parameters\":{\"ms\":20}}");

    assertThat(server.get(path, "Prefer", "wait=2").status()).isEqualTo(200);
    assertThat(server.get(path).status()).isEqualTo(200);
  }

  @Test
  void aCutConnectionGivesNoAnswerAndHasNoEffect() {
    arm("{\"name\":\"connection_cut\",\"operation\":\"GET /dids/raileast\"}");

    assertThatThrownBy(() -> server.get(path)).isInstanceOf(UncheckedIOException.class);

    assertThat(exchanges().getFirst().data().path("status").asInt(-1)).isZero();
    assertThat(exchanges().getFirst().data().path("remark").asString()).contains("cut");
  }

  @Test
  void aLostAnswerComesAfterTheEffect() {
    // Without a count, because the JDK's client repeats a request by itself when a connection ends.
    var id = arm("{\"name\":\"lost_answer\",\"operation\":\"/dids/raileast\"}");

    assertThatThrownBy(() -> server.get(path)).isInstanceOf(UncheckedIOException.class);
    server.send("DELETE", api + "/" + id, null, operator);

    assertThat(exchanges()).isNotEmpty();
    assertThat(exchanges().getFirst().data().path("remark").asString()).contains("lost");
    assertThat(server.get(path).status()).isEqualTo(200);
  }

  @Test
  void aSwitchedOffOrDeletedFaultDoesNothing() {
    var id = arm("{\"name\":\"error_status\"}");
    assertThat(server.get(path).status()).isEqualTo(503);

    server.send("PATCH", api + "/" + id, "{\"enabled\":false}", operator);
    assertThat(server.get(path).status()).isEqualTo(200);
    server.send("PATCH", api + "/" + id, "{\"enabled\":true}", operator);
    assertThat(server.get(path).status()).isEqualTo(503);
    assertThat(server.send("DELETE", api + "/" + id, null, operator).status()).isEqualTo(204);

    assertThat(server.get(path).status()).isEqualTo(200);
    assertThat(server.send("DELETE", api + "/" + id, null, operator).status()).isEqualTo(404);
  }

  @Test
  void faultsConcernTheirParticipantAndOperationOnly() {
    arm("{\"name\":\"error_status\",\"participant\":\"raileast\",\"operation\":\"GET /catalog\"}");

    assertThat(server.get(path).status()).isEqualTo(200);
    assertThat(server.get("/w/" + world.name() + "/merchants/raileast/catalog").status())
        .isEqualTo(503);
    assertThat(server.get("/w/" + world.name() + "/merchants/gotrip-rail/catalog").status())
        .isEqualTo(200);
    assertThat(server.get("/w/" + world.name() + "/merchants/raileast").status()).isEqualTo(200);
  }

  @Test
  void theSeedDecides() {
    var fault = new Fault("F-1", FaultName.DELAY, "*", "**", 0.3, 0, null, Map.of(), true);

    assertThat(results(fault, 42)).isEqualTo(results(fault, 42)).isNotEqualTo(results(fault, 43));
    long fired = results(fault, 42).stream().filter(Boolean::booleanValue).count();
    assertThat(fired).isBetween(250L, 350L);
  }

  @Test
  void theRandomNumbersDoNotDependOnEarlierEventsAndDifferBetweenEqualFaults() {
    var early = new Fault("F-1", FaultName.DELAY, "*", "**", 0.3, 0, null, Map.of(), true);
    var late = new Fault("F-2", FaultName.DELAY, "*", "**", 0.3, 0, null, Map.of(), true);
    var elsewhere = new Fault("F-1", FaultName.DELAY, "lodgia", "**", 0.3, 0, null, Map.of(), true);

    assertThat(results(early, 42))
        .isEqualTo(results(late, 42))
        .isNotEqualTo(results(elsewhere, 42));
    assertThat(ArmedFault.randomKey(early)).isEqualTo(ArmedFault.randomKey(late));
    assertThat(hits(new ArmedFault(early, 42, 1, 0, 0))).isNotEqualTo(results(early, 42));
  }

  /** Checks that concurrent requests get each random number once, and that the count is kept. */
  @ParameterizedTest
  @CsvSource(
      value = {"null", "150"},
      nullValues = "null")
  void concurrentRequestsShareTheSameRandomNumbers(@Nullable Long count) {
    var fault = new Fault("F-1", FaultName.DELAY, "*", "**", 0.3, 100, count, Map.of(), true);
    long inTurn =
        hits(new ArmedFault(fault, 42, 0, 0, 0)).stream().filter(Boolean::booleanValue).count();
    var raced = new ArmedFault(fault, 42, 0, 0, 0);

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 1_000)
          .forEach(_ -> threads.execute(() -> raced.decide("lodgia", "GET", "/catalog")));
    }

    assertThat(raced.status().matched()).isEqualTo(1_000);
    assertThat(raced.status().fired()).isEqualTo(inTurn).isEqualTo(count == null ? inTurn : count);
  }

  static List<Boolean> results(Fault fault, long seed) {
    return hits(new ArmedFault(fault, seed, 0, 0, 0));
  }

  private static List<Boolean> hits(ArmedFault armed) {
    var participant = armed.fault().participant();
    var hits = new ArrayList<Boolean>();
    for (int i = 0; i < 1_000; i++) {
      hits.add(armed.decide(participant, "GET", "/catalog").isPresent());
    }
    return hits;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                            | name
          {"name":"explode"}                                            | name
          {"name":"delay","parameters":{"ms":-1}}                       | parameters.ms
          {"name":"delay","parameters":{"ms":"soon"}}                   | parameters.ms
          {"name":"delay","parameters":{"ms":1.5}}                      | parameters.ms
          {"name":"slow_body","parameters":{"bytes":0}}                 | parameters.bytes
          {"name":"cut_mid_body","parameters":{"how":"axe"}}            | parameters.how
          {"name":"wrong_signature","parameters":{"of":"both"}}         | parameters.of
          {"name":"duplicate_notification","parameters":{"copies":10}}  | parameters.copies
          {"name":"reordered_notification","parameters":{"hold_seconds":0}} | parameters.hold_seconds
          {"name":"clock_skew","parameters":{"seconds":100000}}         | parameters.seconds
          {"name":"clock_skew","probability":0.5}                       | probability
          {"name":"clock_skew","count":1}                               | count
          {"name":"clock_skew","operation":"POST /carts"}               | operation
          {"name":"malformed_header","parameters":{"header":"a b"}}     | parameters.header
          {"name":"delay","parameters":{"seconds":1}}                   | parameters.seconds
          {"name":"error_status","parameters":{"status":200}}           | parameters.status
          {"name":"delay","probability":1.5}                            | probability
          {"name":"delay","count":0}                                    | count
          {"name":"delay","after":-1}                                   | after
          {"name":"delay","participant":"../x"}                         | participant
          {"name":"delay","operation":"BREW /coffee"}                   | operation
          {"name":"delay","enabled":"perhaps"}                          | enabled
          """)
  void refusalsNameTheField(String json, String field) {
    var answer = server.post(api, json, operator);

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.json().path("field").asString()).isEqualTo(field);
  }

  @Test
  void patternsMatchSegments() {
    assertThat(matches("POST /carts", "POST", "/carts")).isTrue();
    assertThat(matches("POST /carts", "GET", "/carts")).isFalse();
    assertThat(matches("/fulfilment/*", "GET", "/fulfilment/R-1")).isTrue();
    assertThat(matches("/fulfilment/*", "GET", "/fulfilment/R-1/x")).isFalse();
    assertThat(matches("/payments/**", "GET", "/payments/T-1/approval")).isTrue();
    assertThat(matches("**", "GET", "/")).isTrue();
  }

  static boolean matches(String operation, String method, String path) {
    var fault = new Fault("F", FaultName.DELAY, "*", operation, 1, 0, null, Map.of(), true);
    return new ArmedFault(fault, new SplittableRandom(1).nextLong(), 0, 0, 0)
        .decide("psp", method, path)
        .isPresent();
  }

  List<JournalEntry> faultEntries() {
    return world.journalStore().read(JournalQuery.after(0, 100).of(JournalNote.Kind.FAULT));
  }

  List<JournalEntry> exchanges() {
    return world.journalStore().read(JournalQuery.after(0, 100).of(JournalNote.Kind.EXCHANGE));
  }
}
