package org.actsandbox.sandbox.edge.exchange;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.operation.Operation;
import org.actsandbox.sandbox.journal.UnmaskedExchange;
import org.actsandbox.sandbox.journal.storage.WorldJournal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Collects one HTTP exchange while it happens and writes it to the journal once. */
public final class ExchangeRecorder {

  /**
   * Header in which a caller names itself. The claim serves as the sender in the journal only when
   * no key tells the caller.
   */
  static final String SENDER = "Act-Sender";

  private static final byte[] NONE = {};

  private final WorldJournal journal;
  private final ExchangeMetrics metrics;
  private final ParticipantPath participantPath;
  private final ServerHttpRequest request;

  /** The request's headers as the connection has them; null if the request may have others. */
  private final @Nullable Iterable<Map.Entry<String, String>> arrived;

  /** The answer's headers as the connection will have them; null if there is no connection. */
  private final @Nullable Iterable<Map.Entry<String, String>> leaving;

  private final long startNanos = System.nanoTime();
  private final AtomicBoolean done = new AtomicBoolean();
  private final RequestFollowUpTasks afterwards = new RequestFollowUpTasks();
  private volatile byte[] requestBody = NONE;
  private volatile Caller caller = Caller.ANONYMOUS;
  private volatile @Nullable String remark;
  private volatile boolean read;

  /** Null before it is asked for. */
  private volatile @Nullable Operation operation;

  public ExchangeRecorder(
      WorldJournal journal,
      ExchangeMetrics metrics,
      ParticipantPath participantPath,
      ServerHttpRequest request) {
    this(journal, metrics, participantPath, request, null, null);
  }

  private ExchangeRecorder(
      WorldJournal journal,
      ExchangeMetrics metrics,
      ParticipantPath participantPath,
      ServerHttpRequest request,
      @Nullable Iterable<Map.Entry<String, String>> arrived,
      @Nullable Iterable<Map.Entry<String, String>> leaving) {
    this.journal = journal;
    this.metrics = metrics;
    this.participantPath = participantPath;
    this.request = request;
    this.arrived = arrived;
    this.leaving = leaving;
  }

  /** Returns the recorder of a request that came over a connection. */
  public static ExchangeRecorder of(
      WorldJournal journal,
      ExchangeMetrics metrics,
      ParticipantPath participantPath,
      ServerWebExchange exchange) {
    var request = exchange.getRequest();
    return new ExchangeRecorder(
        journal,
        metrics,
        participantPath,
        request,
        RequestLog.isAsArrived(exchange)
                && ServerHttpRequestDecorator.getNativeRequest(request)
                    instanceof HttpServerRequest netty
            ? netty.requestHeaders()
            : null,
        ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse())
                instanceof HttpServerResponse netty
            ? netty.responseHeaders()
            : null);
  }

  public RequestFollowUpTasks afterwards() {
    return afterwards;
  }

  public void requestBody(byte[] bytes) {
    requestBody = bytes;
  }

  public void caller(Caller who) {
    caller = who;
  }

  /** Reports that an endpoint of this server has read the body, which fits if it was accepted. */
  public void bodyRead() {
    read = true;
  }

  public void remark(String text) {
    remark = remark == null ? text : remark + "; " + text;
  }

  /**
   * Writes the exchange before the answer goes out, so that a caller that has the answer finds the
   * exchange in the journal.
   *
   * @param status HTTP status; 0 when the caller gets no answer
   */
  public Mono<Void> recordAnswer(int status, HttpHeaders headers, byte[] body) {
    return Mono.<Void>defer(
            () ->
                done.compareAndSet(false, true)
                    ? count(status).then(writeToJournal(status, headers, body))
                    : Mono.empty())
        .then(Mono.fromRunnable(afterwards::answerWritten));
  }

  private Mono<Void> count(int status) {
    metrics.exchange(operation().event(), status, Duration.ofNanos(System.nanoTime() - startNanos));
    return Mono.empty();
  }

  private Mono<Void> writeToJournal(int status, HttpHeaders headers, byte[] body) {
    return isBrowsing() ? Mono.empty() : journal.exchange(record(status, headers, body));
  }

  /**
   * Says whether an anonymous caller reads a merchant's catalog. That is no exchange between
   * participants, and there may be very many such requests, so they are not recorded.
   */
  private boolean isBrowsing() {
    return caller.is(Role.ANONYMOUS)
        && !request.getHeaders().containsHeader(SENDER)
        && operation() == Operation.CATALOG;
  }

  private Operation operation() {
    var known = operation;
    if (known == null) {
      known = Operation.find(request.getMethod().name(), participantPath.path());
      operation = known;
    }
    return known;
  }

  private UnmaskedExchange record(int status, HttpHeaders headers, byte[] body) {
    var query = request.getURI().getRawQuery();
    return new UnmaskedExchange(
        request.getMethod().name(),
        query == null ? participantPath.path() : participantPath.path() + "?" + query,
        status,
        TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - startNanos),
        arrived == null ? sortedByName(request.getHeaders()) : sortedByName(arrived),
        requestBody,
        leaving == null ? sortedByName(headers) : sortedByName(leaving),
        body,
        callerName(),
        "did:act:" + participantPath.participant(),
        caller.role().code(),
        read && status / 100 == 2,
        remark);
  }

  public String callerName() {
    var subject = caller.subject();
    if (subject != null) {
      return subject.value();
    }
    if (caller.role() == Role.OPERATOR) {
      return "operator";
    }
    var claimed = request.getHeaders().getFirst(SENDER);
    return claimed == null || !wellFormed(claimed) ? "anonymous" : claimed;
  }

  private static boolean wellFormed(String claimed) {
    try {
      return !new Did(claimed).value().isEmpty();
    } catch (IllegalArgumentException notDid) {
      return false;
    }
  }

  /** Does the same without a list for each name, which the framework's view of them makes. */
  private static Map<String, String> sortedByName(Iterable<Map.Entry<String, String>> connection) {
    var sortedByName = new TreeMap<String, String>();
    for (var header : connection) {
      sortedByName.merge(
          header.getKey().toLowerCase(Locale.ROOT),
          header.getValue(),
          (first, next) -> first + ", " + next);
    }
    return sortedByName;
  }

  private static Map<String, String> sortedByName(HttpHeaders headers) {
    // Sorted, because the order in which a client sends headers means nothing.
    var sortedByName = new TreeMap<String, String>();
    headers.forEach(
        (name, values) ->
            sortedByName.put(
                name.toLowerCase(Locale.ROOT),
                values.size() == 1 ? values.getFirst() : String.join(", ", values)));
    return sortedByName;
  }
}
