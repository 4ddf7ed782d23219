package org.actsandbox.protocol.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.classic.MinimalHttpClient;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Implements {@link OutboundClient} on Apache HttpClient's blocking client and a bounded pool of
 * kept connections. Virtual threads may block on it. It needs a fifth of the JDK client's CPU per
 * call, and a purchase has a dozen calls (docs/performance-notes.md).
 */
public final class PooledOutboundClient implements OutboundClient, AutoCloseable {

  private static final Timeout CONNECT_TIMEOUT = Timeout.ofSeconds(5);

  /**
   * A connection that was idle for this long is looked at before it is used again. Servers close
   * idle connections, some of them after a second, and a request on a closed one has no answer.
   * Asking takes a millisecond, which busy connections are spared.
   */
  private static final TimeValue LOOK_AFTER = TimeValue.ofMilliseconds(100);

  private static final int MAX_CONNECTIONS = 128;

  /** Ours: limits of an answer's head; without them a peer could send header lines for ever. */
  private static final int MAX_HEADERS = 200;

  private static final int MAX_LINE = 64 * 1024;

  /** Size in bytes of the buffers that a connection keeps; nearly all messages are shorter. */
  private static final int BUFFER = 8 * 1024;

  private final MinimalHttpClient client;
  private final OutboundRule rule;
  private final ScheduledThreadPoolExecutor deadlines;

  /**
   * @param rule the allowed addresses; calls to others fail before a connection is made
   */
  public PooledOutboundClient(OutboundRule rule) {
    this(rule, SystemDefaultDnsResolver.INSTANCE, LOOK_AFTER);
  }

  PooledOutboundClient(OutboundRule rule, DnsResolver resolver, TimeValue lookAfter) {
    this.rule = rule;
    this.client = client(new GuardedResolver(rule, resolver), lookAfter);
    this.deadlines =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("outbound-deadlines").factory());
    this.deadlines.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Answer send(Call call) {
    if (!rule.allows(call.target())) {
      throw new NoAnswerException(
          call.target(), false, new IOException("outbound calls to this address are not allowed"));
    }
    var request = request(call);
    var timedOut = new AtomicBoolean();
    // Socket timeouts restart with every byte, so only a deadline stops a peer that sends slowly.
    ScheduledFuture<?> deadline =
        deadline(
            call,
            () -> {
              timedOut.set(true);
              request.cancel();
            });
    try {
      return client.execute(request, PooledOutboundClient::read);
    } catch (IOException cut) {
      boolean timeout = timedOut.get() || cut instanceof java.io.InterruptedIOException;
      throw new NoAnswerException(call.target(), timeout, cut);
    } catch (IllegalStateException closed) {
      // The pool throws this if the server stops during a call.
      throw new NoAnswerException(call.target(), false, closed);
    } finally {
      deadline.cancel(false);
    }
  }

  /** Schedules the end of a call. A call that begins while the server stops gets no answer. */
  private ScheduledFuture<?> deadline(Call call, Runnable cancel) {
    try {
      return deadlines.schedule(cancel, call.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      throw new NoAnswerException(call.target(), false, closed);
    }
  }

  @Override
  public void close() {
    deadlines.shutdownNow();
    client.close(CloseMode.IMMEDIATE);
  }

  private static HttpUriRequestBase request(Call call) {
    var request = new HttpUriRequestBase(call.method(), call.target());
    call.headers().forEach(request::setHeader);
    if (call.body().length > 0) {
      request.setEntity(new ByteArrayEntity(call.body(), null));
    }
    request.setConfig(
        RequestConfig.custom()
            .setConnectionRequestTimeout(Timeout.of(call.timeout()))
            .setResponseTimeout(Timeout.of(call.timeout()))
            .build());
    return request;
  }

  private static Answer read(ClassicHttpResponse response) throws IOException {
    Map<String, List<String>> headers = new HashMap<>();
    for (var header : response.getHeaders()) {
      headers
          .computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), _ -> new ArrayList<>(1))
          .add(header.getValue());
    }
    var entity = response.getEntity();
    return new Answer(
        response.getCode(), headers, entity == null ? new byte[0] : readBounded(entity));
  }

  /**
   * Reads a body into an array of its announced length. One byte more than allowed is enough to
   * know that it is too large.
   */
  private static byte[] readBounded(HttpEntity entity) throws IOException {
    long announced = entity.getContentLength();
    long most = announced < 0 ? MAX_BODY_BYTES + 1 : Math.min(announced, MAX_BODY_BYTES + 1);
    var bytes = entity.getContent().readNBytes((int) most);
    if (bytes.length > MAX_BODY_BYTES) {
      throw new IOException("answer larger than " + MAX_BODY_BYTES + " bytes");
    }
    return bytes;
  }

  /** Resolves host names to the addresses that the rule allows. */
  private record GuardedResolver(OutboundRule rule, DnsResolver resolver) implements DnsResolver {

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      var allowed =
          Arrays.stream(resolver.resolve(host))
              .filter(address -> rule.allows(host, address))
              .toArray(InetAddress[]::new);
      if (allowed.length == 0) {
        throw new UnknownHostException("outbound calls to this address are not allowed");
      }
      return allowed;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
      return resolver.resolveCanonicalHostname(host);
    }
  }

  /**
   * Makes a client that sends, receives and keeps connections. It follows no redirect, repeats
   * nothing, keeps no cookie and knows no credentials, so it has none of the steps for these.
   */
  private static MinimalHttpClient client(DnsResolver resolver, TimeValue lookAfter) {
    var pool =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(resolver)
            .setConnectionFactory(
                ManagedHttpClientConnectionFactory.builder()
                    .http1Config(
                        Http1Config.custom()
                            .setMaxHeaderCount(MAX_HEADERS)
                            .setMaxLineLength(MAX_LINE)
                            .setBufferSize(BUFFER)
                            .build())
                    .build())
            .build();
    pool.setMaxTotal(MAX_CONNECTIONS);
    pool.setDefaultMaxPerRoute(MAX_CONNECTIONS);
    pool.setDefaultConnectionConfig(
        ConnectionConfig.custom()
            .setConnectTimeout(CONNECT_TIMEOUT)
            .setValidateAfterInactivity(lookAfter)
            .setTimeToLive(TimeValue.ofMinutes(5))
            .build());
    return HttpClients.createMinimal(pool);
  }
}
