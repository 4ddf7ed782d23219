package org.actsandbox.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;

/**
 * Reads server-sent events one after another, with the data of each parsed as JSON. After a cut it
 * reconnects and continues from the last event it saw, so that no event is lost; after {@value
 * #MAX_RECONNECTS} reconnections it fails.
 */
public final class EventStream implements AutoCloseable {

  private static final int MAX_RECONNECTS = 3;

  private final HttpClient client;
  private final URI target;
  private final String key;
  private String lastId = "";
  private BufferedReader lines;
  private int reconnects;

  public EventStream(URI target, String key) {
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    this.target = target;
    this.key = key;
    this.lines = connect();
  }

  /** Waits for the next event; returns empty when the server ended the stream. */
  public Optional<JsonNode> next() {
    try {
      return read();
    } catch (IOException cut) {
      if (++reconnects > MAX_RECONNECTS) {
        throw new UncheckedIOException("the event stream was cut " + reconnects + " times", cut);
      }
      lines = connect();
      return next();
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private Optional<JsonNode> read() throws IOException {
    var data = new StringBuilder();
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("id:")) {
        lastId = line.substring(3).strip();
      } else if (line.startsWith("data:")) {
        data.append(line, line.startsWith("data: ") ? 6 : 5, line.length()).append('\n');
      } else if (line.isEmpty() && !data.isEmpty()) {
        return Optional.of(Json.parse(data.toString()));
      }
    }
    return Optional.empty();
  }

  private BufferedReader connect() {
    var request =
        HttpRequest.newBuilder(target)
            .header("Accept", "text/event-stream")
            .header("Authorization", "Bearer " + key)
            .timeout(Duration.ofSeconds(10));
    if (!lastId.isEmpty()) {
      request.header("Last-Event-ID", lastId);
    }
    try {
      var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      if (answer.statusCode() != 200) {
        throw new UnexpectedReply(
            "GET", target, answer.statusCode(), answer.body().readNBytes(65_536));
      }
      return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    } catch (IOException unreachable) {
      throw new UncheckedIOException("no event stream from " + target, unreachable);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while connecting to " + target, interrupted);
    }
  }
}
