package org.actsandbox.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests what a participant makes of the answers of a real server. */
class ParticipantClientTests {

  private static final Did SENDER = Did.of("luma-mart");

  private final PooledOutboundClient outbound = new PooledOutboundClient(_ -> true);
  private final ParticipantClient client =
      new ParticipantClient(outbound, SENDER, () -> "key-1", Duration.ofSeconds(5));
  private final List<Map<String, List<String>>> headers = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private volatile String body = "";
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          headers.add(exchange.getRequestHeaders());
          var bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
          }
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    outbound.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # status | body                                         | posted                             | told
          200      | {"a":1}                                      | Done 200 {"a":1}                   | Done 200 {}
          204      |                                              | Done 204 {}                        | Done 204 {}
          200      | success                                      | Unknown an answer that is not JSON | Done 200 {}
          409      | {"error":{"details":{"code":"too_late"}}}    | Refused 409 too_late               | Refused 409
          404      |                                              | Refused 404                        | Refused 404
          404      | not here                                     | Unknown an answer that is not JSON | Refused 404
          401      | {}                                           | Unknown status 401                 | Unknown status 401
          408      | {}                                           | Unknown status 408                 | Unknown status 408
          425      | {}                                           | Unknown status 425                 | Unknown status 425
          429      | slow down                                    | Unknown status 429                 | Unknown status 429
          503      | {}                                           | Unknown status 503                 | Unknown status 503
          302      |                                              | Unknown status 302                 | Unknown status 302
          """)
  void everyAnswerSaysWhatTheOtherSideDidOrThatItIsUnknown(
      int answered, @Nullable String text, String posted, String told) {
    status = answered;
    body = text == null ? "" : text;
    assertThat(words(client.post(target(), Json.object()))).isEqualTo(posted);
    assertThat(words(client.tell(target(), new byte[0], Map.of()))).isEqualTo(told);
  }

  @Test
  void noAnswerIsUnknown() {
    var gone = target();
    server.stop(0);
    assertThat(client.get(gone))
        .isEqualTo(new ParticipantAnswer.Unknown(0, "no answer", "no answer from " + gone));
  }

  @Test
  void everyCallNamesItsSenderAndOnlyMessagesCarryTheKey() {
    client.get(target());
    client.post(target(), Json.object(), Map.of("Act-Intent-Id", "I-1"));
    assertThat(headers).allMatch(each -> List.of(SENDER.value()).equals(each.get("Act-sender")));
    assertThat(headers.getFirst()).doesNotContainKey("Authorization");
    assertThat(headers.getLast())
        .containsEntry("Authorization", List.of("Bearer key-1"))
        .containsEntry("Act-intent-id", List.of("I-1"));
  }

  @Test
  void anAnswerIsReturnedAsItIsToCallersThatDecideByItsStatus() {
    status = 404;
    body = "not here";
    var fetched = client.fetch(target(), Map.of("Act-Intent-Id", "I-1"));
    assertThat(fetched.status()).isEqualTo(404);
    assertThat(fetched.body()).asString().isEqualTo("not here");
    assertThat(client.exchange(target(), new byte[] {'{', '}'}, Map.of()).status()).isEqualTo(404);
    assertThat(headers)
        .allMatch(each -> List.of("Bearer key-1").equals(each.get("Authorization")))
        .allMatch(each -> List.of(SENDER.value()).equals(each.get("Act-sender")));
    assertThat(headers.getFirst()).containsEntry("Act-intent-id", List.of("I-1"));
    assertThat(headers.getLast()).containsEntry("Content-type", List.of("application/json"));
  }

  private URI target() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/x");
  }

  private static String words(ParticipantAnswer answer) {
    return switch (answer) {
      case ParticipantAnswer.Done(int status, var body) -> "Done " + status + " " + body;
      case ParticipantAnswer.Refused(int status, var code) ->
          ("Refused " + status + " " + code).strip();
      case ParticipantAnswer.Unknown unknown -> "Unknown " + unknown.why();
    };
  }
}
