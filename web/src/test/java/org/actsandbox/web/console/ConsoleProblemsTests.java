package org.actsandbox.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.world.LoadedWorlds;
import org.actsandbox.sandbox.world.WorldLease;
import org.actsandbox.web.console.browser.ConsoleServer;
import org.actsandbox.web.console.frame.NoticeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

/** Tests what a person meets whose page cannot be shown now. */
class ConsoleProblemsTests {

  private final ConsoleServer server = ConsoleServer.shared();

  static Stream<Throwable> outages() {
    return Stream.of(
        new DataAccessResourceFailureException("the file is locked"),
        new TimeoutException("late"),
        new IllegalStateException(new Refusal(Problem.UNAVAILABLE, "the order keeps changing")));
  }

  /** An outage is over in a moment, so the page says so and leads back to itself. */
  @ParameterizedTest
  @MethodSource("outages")
  void anOutageIsNoBug(Throwable outage) {
    var exchange =
        MockServerWebExchange.from(
            MockServerHttpRequest.get("/console/demo/journal?order_no=R-1").build());
    server.bean(ConsoleProblems.class).handle(exchange, outage).block(Duration.ofSeconds(20));
    assertThat(exchange.getResponse().getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
    assertThat(exchange.getResponse().getBodyAsString().block(Duration.ofSeconds(5)))
        .contains("Not ready right now", "href=\"/console/demo/journal?order_no=R-1\"")
        .contains("Nothing was changed and no money moved")
        .doesNotContain("Something broke");
  }

  /** What became of a step is said as far as it is known: an outage leaves it open. */
  @ParameterizedTest
  @CsvSource({
    "UNAVAILABLE, It is not known whether this step was taken",
    "ILLEGAL_TRANSITION, The step was refused: no money moved by it"
  })
  void aFailedStepSaysWhatBecameOfIt(Problem problem, String said) {
    var exchange =
        MockServerWebExchange.from(
            MockServerHttpRequest.post("/console/demo/delegations/D-1/revoke").build());
    server
        .bean(ConsoleProblems.class)
        .handle(exchange, new Refusal(problem, "it is over"))
        .block(Duration.ofSeconds(20));
    assertThat(exchange.getResponse().getBodyAsString().block(Duration.ofSeconds(5)))
        .contains(said);
  }

  /** What fails may be what the frame around each page reads; then the page stands without it. */
  @Test
  void aPageAboutAnOutageNeedsNothingOfTheWorld() throws Exception {
    var world = server.newWorld("unreadable").name();
    server.add(
        "failingNotices",
        (NoticeSource)
            (visited, principal) -> {
              if (visited.name().equals(world)) {
                throw new DataAccessResourceFailureException("the file is locked");
              }
              return List.of();
            });
    var answer = get("/console/" + world + "/wallet");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(answer.body()).contains("Not ready right now", "Open this page again");
  }

  /** A reader of a world that is being deleted gets a page, however much of the world is left. */
  @Test
  void aWorldThatIsBeingDeletedHasAPage() throws Exception {
    var world = server.newWorld("leaving").name();
    var worlds = server.bean(LoadedWorlds.class);
    CompletableFuture<Void> deletion;
    try (var inside = worlds.enter(world).orElseThrow()) {
      deletion = CompletableFuture.runAsync(() -> worlds.delete(inside.world().name()));
      while (isOpen(worlds, world)) {
        Thread.onSpinWait();
      }
      for (var page : new String[] {"wallet", "orders", "journal", "delegations"}) {
        var answer = get("/console/" + world + "/" + page);
        assertThat(answer.statusCode()).as(page).isIn(200, 404, 503);
        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
            .as(page)
            .startsWith("text/html");
      }
    }
    deletion.get();
    assertThat(get("/console/" + world + "/wallet").body()).contains("There is no world");
  }

  /** A playlist is kept in a cookie, which takes no other characters than a world's name has. */
  @ParameterizedTest
  @ValueSource(strings = {"none", "a,b", "%E4%B8%96", "play-none"})
  void aStopInAWorldThatDoesNotExistIsNotFound(String world) throws Exception {
    assertThat(get("/console/" + world + "/show/tour/1").statusCode()).isEqualTo(404);
  }

  /** Browsers send a cookie to all ports of a machine, so another program may have set it. */
  @Test
  void aForeignCookieLeadsToNoOtherPage() throws Exception {
    var world = server.newWorld("play-tossed").name();
    var request =
        HttpRequest.newBuilder(URI.create(server.origin() + "/console/" + world + "/show/tour/3"))
            .header("Cookie", server.cookie() + "; act_show=tour.2.../../evil")
            .build();
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request, HttpResponse.BodyHandlers.discarding());
      assertThat(answer.headers().firstValue("Location"))
          .hasValue("/console/" + world + "/delegations");
    }
  }

  private static boolean isOpen(LoadedWorlds worlds, String world) {
    var entered = worlds.enterIfLoaded(world);
    entered.ifPresent(WorldLease::close);
    return entered.isPresent();
  }

  private HttpResponse<String> get(String path) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(server.origin() + path))
            .header("Cookie", server.cookie())
            .build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }
}
