package org.actsandbox.sandbox.edge.fault;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.util.Arrays;
import org.actsandbox.sandbox.edge.exchange.ExchangeRecorder;
import org.actsandbox.sandbox.fault.FaultName;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.NettyOutbound;

/**
 * Records the answer before it goes out, and changes it as faults demand. Event streams pass
 * unchanged.
 */
public final class RecordedResponse extends ServerHttpResponseDecorator {

  private static final byte[] NONE = {};

  private final ExchangeRecorder exchangeRecorder;
  private final Runnable becomesStream;
  private volatile AnswerFaults faults = AnswerFaults.NONE;

  /**
   * @param becomesStream called when the answer turns out to be an event stream
   */
  public RecordedResponse(
      ServerHttpResponse response, ExchangeRecorder exchangeRecorder, Runnable becomesStream) {
    super(response);
    this.exchangeRecorder = exchangeRecorder;
    this.becomesStream = becomesStream;
  }

  void applyFaults(AnswerFaults decided) {
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

  /** Writes the answer of an endpoint that has read the request, which is no event stream. */
  public Mono<Void> writeBytes(byte[] body) {
    exchangeRecorder.bodyRead();
    return answer(body);
  }

  @Override
  public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
    return stream().then(super.writeAndFlushWith(body));
  }

  @Override
  public Mono<Void> setComplete() {
    return isCommitted() ? super.setComplete() : answer(NONE);
  }

  /** Records a request body that arrived in place of the one that was sent. */
  void recordArrived(byte[] body, String remark) {
    exchangeRecorder.requestBody(body);
    exchangeRecorder.remark(remark);
  }

  void remark(String text) {
    exchangeRecorder.remark(text);
  }

  /**
   * Ends the connection without an answer.
   *
   * @param why remark for the journal
   * @param reset whether the connection is reset instead of closed
   */
  Mono<Void> cut(String why, boolean reset) {
    exchangeRecorder.remark(why);
    return exchangeRecorder
        .recordAnswer(0, getHeaders(), NONE)
        .then(Mono.fromRunnable(() -> hangUp(reset)));
  }

  private Mono<Void> answer(byte[] original) {
    if (faults.find(FaultName.LOST_ANSWER).isPresent()) {
      return cut("fault: the answer was lost", faults.resets(FaultName.LOST_ANSWER));
    }
    faults.headers(getHeaders());
    var body = faults.body(original);
    var cut = faults.cutAfter(body.length);
    if (cut.isPresent()) {
      return sendPart(body, cut.get());
    }
    var pace = faults.slowBodyPace(body.length);
    if (pace.isPresent()) {
      return sendSlowly(body, pace.get());
    }
    getHeaders().setContentLength(body.length);
    return exchangeRecorder
        .recordAnswer(status(), getHeaders(), body)
        .then(
            Mono.defer(
                () ->
                    body.length == 0
                        ? super.setComplete()
                        : super.writeWith(Mono.just(bufferFactory().wrap(body)))));
  }

  private Mono<Void> sendPart(byte[] body, int sentBytes) {
    exchangeRecorder.remark("fault: the answer was cut after " + sentBytes + " bytes");
    getHeaders().setContentLength(body.length);
    var sent = bufferFactory().wrap(Arrays.copyOf(body, sentBytes));
    Mono<Mono<DataBuffer>> thenCut =
        Mono.fromRunnable(() -> hangUp(faults.resets(FaultName.CUT_MID_BODY)));
    return exchangeRecorder
        .recordAnswer(status(), getHeaders(), body)
        .then(
            Mono.defer(
                () -> super.writeAndFlushWith(Mono.just(Mono.just(sent)).concatWith(thenCut))));
  }

  private Mono<Void> sendSlowly(byte[] body, SlowBodyPace pace) {
    int count = pace.pieces(body.length);
    exchangeRecorder.remark(
        "fault: the answer dripped, %d bytes every %d ms"
            .formatted(pace.bytes(), pace.pause().toMillis()));
    getHeaders().setContentLength(body.length);
    var pieces =
        Flux.range(0, count)
            .concatMap(
                index ->
                    Mono.fromSupplier(() -> Mono.just(piece(body, index * pace.bytes(), pace)))
                        .delaySubscription(pace.pause()));
    return exchangeRecorder
        .recordAnswer(status(), getHeaders(), body)
        .then(Mono.defer(() -> super.writeAndFlushWith(pieces)));
  }

  private DataBuffer piece(byte[] body, int from, SlowBodyPace pace) {
    return bufferFactory()
        .wrap(Arrays.copyOfRange(body, from, Math.min(body.length, from + pace.bytes())));
  }

  private void hangUp(boolean reset) {
    var nativeResponse = getNativeResponse(getDelegate());
    if (nativeResponse instanceof NettyOutbound connection) {
      connection.withConnection(each -> hangUp(each.channel(), reset));
    } else {
      throw new IllegalStateException("connections can be cut on Netty only");
    }
  }

  private static void hangUp(Channel channel, boolean reset) {
    if (reset) {
      // A linger time of zero makes the socket send RST instead of FIN.
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
    var _ = channel.close();
  }

  private Mono<Void> stream() {
    becomesStream.run();
    return exchangeRecorder.recordAnswer(status(), getHeaders(), NONE);
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
