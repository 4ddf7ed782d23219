package org.actsandbox.agent.model;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpClientBuilderLoader;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Is the HTTP client of a hosted model; it tells the current call when its stream has ended. */
final class WatchedHttpClient implements HttpClient {

  /** The call that the current thread starts; the client of a provider starts it in this thread. */
  static final ThreadLocal<@Nullable HostedModelCall> CURRENT = new ThreadLocal<>();

  private final HttpClient client;

  private WatchedHttpClient(HttpClient client) {
    this.client = client;
  }

  static HttpClientBuilder builder() {
    return new Builder(HttpClientBuilderLoader.loadHttpClientBuilder());
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    return client.execute(request);
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    var call = CURRENT.get();
    client.execute(request, parser, call == null ? listener : new Listener(listener, call));
  }

  private record Listener(ServerSentEventListener listener, HostedModelCall call)
      implements ServerSentEventListener {

    @Override
    public void onOpen(SuccessfulHttpResponse response) {
      listener.onOpen(response);
    }

    @Override
    public void onEvent(ServerSentEvent event) {
      listener.onEvent(event);
    }

    @Override
    public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
      listener.onEvent(event, context);
    }

    @Override
    public void onError(Throwable error) {
      listener.onError(error);
      call.onError(error);
    }

    @Override
    public void onClose() {
      listener.onClose();
      call.closed();
    }
  }

  private record Builder(HttpClientBuilder builder) implements HttpClientBuilder {

    @Override
    public Duration connectTimeout() {
      return builder.connectTimeout();
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
      builder.connectTimeout(timeout);
      return this;
    }

    @Override
    public Duration readTimeout() {
      return builder.readTimeout();
    }

    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
      builder.readTimeout(timeout);
      return this;
    }

    @Override
    public HttpClient build() {
      return new WatchedHttpClient(builder.build());
    }
  }
}
