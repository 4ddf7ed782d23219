package org.actsandbox.sandbox.edge.fault;

import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Represents a response whose content is discarded, for copies of a request. */
final class DiscardedResponse extends AbstractServerHttpResponse {

  DiscardedResponse(DataBufferFactory buffers) {
    super(buffers);
  }

  @Override
  @SuppressWarnings("TypeParameterUnusedInFormals") // the framework's signature
  public <T> T getNativeResponse() {
    throw new IllegalStateException("there is no connection behind this answer");
  }

  @Override
  protected Mono<Void> writeWithInternal(Publisher<? extends DataBuffer> body) {
    return Flux.from(body).doOnNext(DataBufferUtils::release).then();
  }

  @Override
  protected Mono<Void> writeAndFlushWithInternal(
      Publisher<? extends Publisher<? extends DataBuffer>> body) {
    return Flux.from(body).concatMap(this::writeWithInternal).then();
  }

  @Override
  protected void applyStatusCode() {}

  @Override
  protected void applyHeaders() {}

  @Override
  protected void applyCookies() {}
}
