package org.actsandbox.sandbox.edge;

import java.util.Arrays;
import org.actsandbox.sandbox.fault.FaultName;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Mono;
import reactor.netty.NettyOutbound;

/**
 * Takes down the answer before it goes out, and spoils it where a fault says so. Event streams pass
 * as they are.
 */
final class RecordedResponse extends ServerHttpResponseDecorator {

  private static final byte[] NONE = {};

  private final Recording recording;
  private final Runnable becomesStream;
  private volatile AnswerFaults faults = AnswerFaults.NONE;

  /**
   * @param becomesStream called when the answer turns out to be one without end
   */
  RecordedResponse(ServerHttpResponse response, Recording recording, Runnable becomesStream) {
    super(response);
    this.recording = recording;
    this.becomesStream = becomesStream;
  }

  void spoil(AnswerFaults decided) {
    faults = decided;
  }

  @Override
  public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
    if (isStream()) {
      return stream().then(super.writeWith(body));
    }
    return DataBufferUtils.join(body)
        .map(RecordedResponse::bytes)
        .defaultIfEmpty(NONE)
        .flatMap(this::answer);
  }

  @Override
  public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
    return stream().then(super.writeAndFlushWith(body));
  }

  @Override
  public Mono<Void> setComplete() {
    return isCommitted() ? super.setComplete() : answer(NONE);
  }

  /** The caller gets nothing at all. */
  Mono<Void> cut(String why) {
    recording.remark(why);
    return recording.answered(0, getHeaders(), NONE).then(Mono.fromRunnable(this::hangUp));
  }

  private Mono<Void> answer(byte[] original) {
    if (faults.has(FaultName.LOST_ANSWER)) {
      return cut("fault: the answer was lost");
    }
    faults.headers(getHeaders());
    var body = faults.body(original);
    if (faults.has(FaultName.CUT_MID_BODY) && body.length > 1) {
      return half(body);
    }
    getHeaders().setContentLength(body.length);
    return recording
        .answered(status(), getHeaders(), body)
        .then(
            Mono.defer(
                () ->
                    body.length == 0
                        ? super.setComplete()
                        : super.writeWith(Mono.just(bufferFactory().wrap(body)))));
  }

  private Mono<Void> half(byte[] body) {
    recording.remark("fault: the answer was cut in its middle");
    getHeaders().setContentLength(body.length);
    var sent = bufferFactory().wrap(Arrays.copyOf(body, body.length / 2));
    return recording
        .answered(status(), getHeaders(), body)
        .then(
            Mono.defer(
                () ->
                    super.writeAndFlushWith(Mono.just(Mono.just(sent)).concatWith(hangUpLater()))));
  }

  private Mono<Mono<DataBuffer>> hangUpLater() {
    return Mono.fromRunnable(this::hangUp);
  }

  private void hangUp() {
    var nativeResponse = getNativeResponse(getDelegate());
    if (nativeResponse instanceof NettyOutbound connection) {
      connection.withConnection(
          each -> {
            var _ = each.channel().close();
          });
    } else {
      throw new IllegalStateException("connections can be cut on Netty only");
    }
  }

  private Mono<Void> stream() {
    becomesStream.run();
    return recording.answered(status(), getHeaders(), NONE);
  }

  private boolean isStream() {
    var type = getHeaders().getContentType();
    return type != null && type.isCompatibleWith(MediaType.TEXT_EVENT_STREAM);
  }

  private int status() {
    HttpStatusCode code = getStatusCode();
    return code == null ? 200 : code.value();
  }

  private static byte[] bytes(DataBuffer buffer) {
    var bytes = new byte[buffer.readableByteCount()];
    buffer.read(bytes);
    DataBufferUtils.release(buffer);
    return bytes;
  }
}
