package org.actsandbox.sandbox.edge;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import reactor.core.publisher.Mono;

/** Tests that an endpoint that ends with an error is answered, recorded, and stops nothing. */
class EndpointErrorTests {

  private static final SandboxServer server = SandboxServer.shared();
  private static final RequestMappingHandlerMapping MAPPINGS =
      server.bean(FixedSegmentHandlerMapping.class);
  private static final RequestMappingInfo THREAD =
      RequestMappingInfo.paths("/w/{world}/psp/broken/{error}").build();
  private static final RequestMappingInfo EVENT_LOOP =
      RequestMappingInfo.paths("/w/{world}/psp/broken/{error}/reactive").build();
  private static final RequestMappingInfo CONTROL =
      RequestMappingInfo.paths("/api/broken/{error}").build();

  /** Stands for an endpoint with such a bug: the server has none that can be called on purpose. */
  static final class BrokenEndpoints {

    @EndpointSummary("Fail")
    @PostMapping
    public String fail(@PathVariable String error) {
      throw error(error);
    }

    @EndpointSummary("Fail before the answer")
    @PostMapping
    public Mono<String> failOnEventLoop(@PathVariable String error) {
      throw error(error);
    }

    private static Error error(String name) {
      return switch (name) {
        case "stack" -> new StackOverflowError();
        case "memory" -> new OutOfMemoryError("of a test");
        case "class" -> new NoClassDefFoundError("of a test");
        default -> new AssertionError("of a test");
      };
    }
  }

  @BeforeAll
  static void addTheEndpoints() throws NoSuchMethodException {
    var endpoints = new BrokenEndpoints();
    var fail = BrokenEndpoints.class.getMethod("fail", String.class);
    MAPPINGS.registerMapping(THREAD, endpoints, fail);
    MAPPINGS.registerMapping(CONTROL, endpoints, fail);
    MAPPINGS.registerMapping(
        EVENT_LOOP, endpoints, BrokenEndpoints.class.getMethod("failOnEventLoop", String.class));
  }

  @AfterAll
  static void removeTheEndpoints() {
    MAPPINGS.unregisterMapping(THREAD);
    MAPPINGS.unregisterMapping(EVENT_LOOP);
    MAPPINGS.unregisterMapping(CONTROL);
  }

  @ParameterizedTest
  @CsvSource({
    "stack",
    "memory",
    "class",
    "assertion",
    "stack/reactive",
    "memory/reactive",
    "class/reactive"
  })
  void anErrorIsAnsweredRecordedAndStopsNothing(String error) {
    var world = server.newWorld();
    var key = bearer(world.roleKey(Role.AGENT, null));

    var answer = server.post("/w/" + world.name() + "/psp/broken/" + error, "{}", key);

    assertThat(answer.status()).as(answer.text()).isEqualTo(500);
    assertThat(answer.json().at("/error/details/code").asString()).isEqualTo("internal");
    assertThat(answer.text()).doesNotContain("of a test").doesNotContain("Error\"");
    assertThat(statuses(world)).contains(500);
    assertThat(server.get("/api/health").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"stack", "memory", "class", "assertion"})
  void theControlApiAnswersAProblem(String error) {
    var answer = server.post("/api/broken/" + error, "{}");

    assertThat(answer.status()).as(answer.text()).isEqualTo(500);
    assertThat(answer.json().path("code").asString()).isEqualTo("internal");
  }

  private static Iterable<Integer> statuses(World world) {
    return world
        .journalStore()
        .page(
            new JournalQuery(
                0, JournalQuery.MAX_LIMIT, JournalNote.Kind.EXCHANGE, null, null, null, Map.of()))
        .items()
        .stream()
        .map(
            entry -> entry.data().at("/response/status").asInt(entry.data().path("status").asInt()))
        .toList();
  }
}
