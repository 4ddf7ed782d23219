package org.actsandbox.sandbox.edge.node;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpMethod;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.actsandbox.sandbox.node.Node;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/** Sends a request to another node and passes its answer on as it comes. */
@Component
class NodeForwarder implements DisposableBean {

  private static final int CONNECT_MS = 1_000;
  private static final int MAX_CONNECTIONS = 500;

  /** Shorter than a server keeps an idle connection, so that none is used that it just closed. */
  private static final Duration MAX_IDLE = Duration.ofSeconds(20);

  /** Headers of one connection, which mean nothing on the next (RFC 9110, 7.6.1). */
  private static final Set<String> OF_A_CONNECTION =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "content-length",
          "expect");

  private final ForwardMark mark;
  private final ConnectionProvider connections;
  private final HttpClient client;
  private final Counter forwards;

  NodeForwarder(ForwardMark mark, MeterRegistry registry) {
    this.mark = mark;
    this.connections =
        ConnectionProvider.builder("nodes")
            .maxConnections(MAX_CONNECTIONS)
            .maxIdleTime(MAX_IDLE)
            .build();
    this.client =
        HttpClient.create(connections)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MS)
            .disableRetry(true)
            .followRedirect(false);
    this.forwards =
        Counter.builder("act.nodes.forwards")
            .description("Requests that this node passed on to the owner of their world")
            .register(registry);
  }

  /** Is thrown when the node did not get the request, so that it may be sent again. */
  static final class NotReached extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotReached(String message, Throwable cause) {
      super(message, cause, false, false);
    }
  }

  /** Is thrown when the node answers that it does not own the world any more. */
  static final class OwnerChanged extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OwnerChanged() {
      super("the world has another owner", null, false, false);
    }
  }

  /**
   * Sends the request and writes the answer.
   *
   * @return an error {@link NotReached} or {@link OwnerChanged} when nothing was written and the
   *     request may be sent again
   */
  Mono<Void> forward(ServerWebExchange exchange, Node node, byte[] body) {
    var request = exchange.getRequest();
    var target = target(request, node.address());
    return client
        .headers(headers -> copyTo(headers, request, target, body))
        .request(HttpMethod.valueOf(request.getMethod().name()))
        .uri(target)
        .send((_, out) -> body.length == 0 ? out : out.sendByteArray(Mono.just(body)))
        .response(
            (answer, content) ->
                answer.status().code() == HttpStatus.MISDIRECTED_REQUEST.value()
                    ? Mono.error(new OwnerChanged())
                    : write(exchange, answer, content))
        .then()
        .doOnSubscribe(_ -> forwards.increment())
        .onErrorMap(
            ConnectException.class,
            refused -> new NotReached("node " + node.id() + " does not answer", refused));
  }

  private static URI target(ServerHttpRequest request, URI address) {
    var uri = request.getURI();
    var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return URI.create(address.toString().replaceAll("/+$", "") + uri.getRawPath() + query);
  }

  private void copyTo(
      io.netty.handler.codec.http.HttpHeaders headers,
      ServerHttpRequest request,
      URI target,
      byte[] body) {
    request
        .getHeaders()
        .forEach(
            (name, values) -> {
              if (isPassedOn(name)) {
                headers.set(name, values);
              }
            });
    if (body.length > 0 || request.getHeaders().getContentLength() == 0) {
      headers.set(HttpHeaders.CONTENT_LENGTH, body.length);
    }
    headers.set(ForwardMark.HEADER, mark.of(request.getMethod().name(), target));
  }

  private static boolean isPassedOn(String header) {
    return !OF_A_CONNECTION.contains(header.toLowerCase(Locale.ROOT));
  }

  private static Mono<Void> write(
      ServerWebExchange exchange,
      HttpClientResponse answer,
      Flux<io.netty.buffer.ByteBuf> content) {
    var response = exchange.getResponse();
    response.setStatusCode(HttpStatusCode.valueOf(answer.status().code()));
    var headers = response.getHeaders();
    for (var name : answer.responseHeaders().names()) {
      var length = name.equalsIgnoreCase(HttpHeaders.CONTENT_LENGTH);
      if (length || isPassedOn(name)) {
        headers.put(name, answer.responseHeaders().getAll(name));
      }
    }
    var factory = new NettyDataBufferFactory(io.netty.buffer.UnpooledByteBufAllocator.DEFAULT);
    Flux<DataBuffer> buffers = content.map(each -> factory.wrap(each.retain()));
    // Each part leaves at once: a stream's next one may come in a minute.
    return headers.getContentLength() >= 0
        ? response.writeWith(buffers)
        : response.writeAndFlushWith(buffers.map(Mono::just));
  }

  @Override
  public void destroy() {
    connections.dispose();
  }
}
