package org.actsandbox.sandbox.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.edge.exchange.BufferedRequest;
import org.actsandbox.sandbox.edge.exchange.ExchangeMetrics;
import org.actsandbox.sandbox.edge.exchange.ExchangeRecorder;
import org.actsandbox.sandbox.edge.exchange.ParticipantPath;
import org.actsandbox.sandbox.edge.exchange.WorldRequest;
import org.actsandbox.sandbox.edge.fault.RecordedResponse;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.OrderUtils;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;

/** Tests that endpoints which the edge calls itself answer as they do behind the framework. */
class DirectEndpointTests {

  private static final SandboxServer server = SandboxServer.shared();
  private static final DirectEndpoints direct = server.bean(DirectEndpoints.class);

  /** An Accept header that is left to the framework and asks for the same answer. */
  private static final String BY_FRAMEWORK = "application/json;q=1, */*;q=0.5";

  World world;

  @BeforeEach
  void makeWorld() {
    world = server.newWorld();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET  | /psp/.well-known/jwks.json            |          | 200
          GET  | /psp/payments/T-1                     |          | 404
          GET  | /psp/payments/T-1/approval            |          | 403
          GET  | /trust/head                           |          | 404
          GET  | /merchants/raileast/fulfilment/o_1    |          | 404
          GET  | /merchants/raileast/orders/o_1        |          | 404
          GET  | /merchants/nobody/orders/o_1          |          | 404
          POST | /merchants/raileast/intents           | {}       | 400
          POST | /merchants/raileast/intents           | [        | 400
          POST | /merchants/raileast/intents           |          | 400
          POST | /merchants/raileast/carts             | {"a": 1} | 400
          POST | /merchants/raileast/notifications     | {}       | 400
          POST | /psp/payments                         | {}       | 400
          POST | /psp/payments/T-1/close               | {"a": 1} | 400
          POST | /psp/payments/T-1/close               |          | 404
          POST | /trust/anchors                        | {}       | 400
          """)
  void answersAsBehindTheFramework(String method, String path, String body, int status) {
    var own = send(method, path, body, "*/*");
    var framework = send(method, path, body, BY_FRAMEWORK);

    assertThat(own.status()).as(own.text()).isEqualTo(status).isEqualTo(framework.status());
    assertThat(own.text()).isEqualTo(framework.text());
    for (var name : List.of("Content-Type", "Content-Length", "ETag", "Cache-Control", "Vary")) {
      assertThat(own.header(name)).as(name).isEqualTo(framework.header(name));
    }
  }

  private SandboxServer.Answer send(String method, String path, String body, String accept) {
    var key = "Bearer " + world.roleKey(Role.AGENT, null);
    return server.send(
        method, "/w/" + world.name() + path, body, "Accept", accept, "Authorization", key);
  }

  @Test
  void aKnownDocumentIsNotSentAgain() {
    var path = "/w/" + world.name() + "/psp/.well-known/jwks.json";
    var etag = server.get(path).header("ETag");

    var again = server.get(path, "If-None-Match", String.valueOf(etag));

    assertThat(again.status()).isEqualTo(304);
    assertThat(again.text()).isEmpty();
  }

  /** Checks the requests of a purchase, which a change of an endpoint could leave to Spring. */
  @ParameterizedTest
  @CsvSource({
    "POST, /merchants/raileast/intents",
    "POST, /merchants/raileast/carts",
    "POST, /merchants/raileast/notifications",
    "POST, /psp/payments",
    "POST, /psp/payments/T-1/approval",
    "POST, /psp/proofs/verify",
    "POST, /trust/anchors",
  })
  void theRequestsOfAPurchaseAreAnsweredDirectly(String method, String path) {
    assertThat(direct.answer(exchange(method, path, "{}"))).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /merchants/raileast/fulfilment/o_1",
    "GET, /psp/payments/T-1/approval",
    "GET, /psp/.well-known/jwks.json",
  })
  void soAreThoseWithoutABody(String method, String path) {
    assertThat(direct.answer(exchange(method, path, ""))).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "HEAD, /psp/.well-known/jwks.json, ''",
    "GET, /psp/.well-known/jwks.json?a=1, ''",
    "GET, /psp/.well-known/jwks.json, '{\"a\": 1}'",
    "GET, /psp/.well-known/jwks.json/, ''",
    "GET, /psp/payments/%54-1/approval, ''",
    "GET, /psp/payments/T-1;a=1/approval, ''",
    "GET, /psp/payments//approval, ''",
    "POST, /psp/payments, ''",
    "PUT, /psp/payments, '{}'",
    "GET, /nowhere, ''",
  })
  void whatIsOutOfTheOrdinaryIsLeftToTheFramework(String method, String path, String body) {
    assertThat(direct.answer(exchange(method, path, body))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"stack", "memory", "class", "assertion"})
  void anErrorOfAnEndpointIsAnOrdinaryFailure(String error) throws NoSuchMethodException {
    var mapping = server.bean(FixedSegmentHandlerMapping.class);
    var info =
        RequestMappingInfo.paths("/w/{world}/psp/failing/{error}")
            .methods(RequestMethod.GET)
            .build();
    mapping.registerMapping(
        info, new FailingEndpoint(), FailingEndpoint.class.getMethod("fail", String.class));
    try {
      var endpoints =
          new DirectEndpoints(
              mapping,
              server.bean(WorldArguments.class),
              new SimpleAsyncTaskExecutor(),
              server.bean(RequestDeadlines.class));
      var answer = endpoints.answer(exchange("GET", "/psp/failing/" + error, ""));

      assertThatThrownBy(() -> answer.orElseThrow().block(Duration.ofSeconds(20)))
          .isInstanceOf(EndpointErrorFilter.EndpointErrorException.class);
    } finally {
      mapping.unregisterMapping(info);
    }
  }

  /** Stands for an endpoint with such a bug: the server has none that can be called on purpose. */
  static final class FailingEndpoint {

    public record Nothing() {}

    public Nothing fail(@PathVariable String error) {
      throw switch (error) {
        case "stack" -> new StackOverflowError();
        case "memory" -> new OutOfMemoryError("of a test");
        case "class" -> new NoClassDefFoundError("of a test");
        default -> new AssertionError("of a test");
      };
    }
  }

  /** Filters behind the edge's own are passed by: who adds one has to think of it. */
  @Test
  void allFiltersThatArePassedByAreKnown() {
    var filters = new ClassPathScanningCandidateComponentProvider(false);
    filters.addIncludeFilter(new AssignableTypeFilter(WebFilter.class));
    int edge = OrderUtils.getOrder(ProtocolFilter.class, 0);

    var behind =
        filters.findCandidateComponents("org.actsandbox").stream()
            .map(
                found ->
                    ClassUtils.resolveClassName(String.valueOf(found.getBeanClassName()), null))
            .filter(type -> OrderUtils.getOrder(type, Ordered.LOWEST_PRECEDENCE) > edge)
            .map(Class::getSimpleName);

    assertThat(behind)
        .containsExactlyInAnyOrder("MerchantRelay", "ControlApiFilter", "EndpointErrorFilter");
  }

  @Test
  void aStuckRequestEndsAndADoneOneDoesNot() throws Exception {
    var deadlines = new RequestDeadlines(Duration.ofMillis(10));
    try {
      var done = new CompletableFuture<Throwable>();
      deadlines.start(done::complete).run();
      var stuck = new CompletableFuture<Throwable>();
      deadlines.start(stuck::complete);

      assertThat(stuck.get(20, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
      assertThat(done).isNotDone();
    } finally {
      deadlines.stop();
    }
  }

  private ServerWebExchange exchange(String method, String path, String body) {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    var address = "/w/" + world.name() + path;
    var request =
        new BufferedRequest(
            MockServerHttpRequest.method(HttpMethod.valueOf(method), URI.create(address)).build(),
            bytes);
    var recorder =
        new ExchangeRecorder(
            world.journal(),
            server.bean(ExchangeMetrics.class),
            ParticipantPath.of(address).orElseThrow(),
            request);
    var exchange =
        MockServerWebExchange.from(MockServerHttpRequest.get("/").build())
            .mutate()
            .request(request)
            .response(new RecordedResponse(new MockServerHttpResponse(), recorder, () -> {}))
            .build();
    new WorldRequest(world, Caller.ANONYMOUS, recorder.afterwards()).putInto(exchange);
    return exchange;
  }
}
