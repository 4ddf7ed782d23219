package org.actsandbox.sandbox.edge;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.concurrent.TimeUnit;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.edge.exchange.EdgeExceptionHandler;
import org.jspecify.annotations.Nullable;

/**
 * Refuses input that is not HTTP in the surface's own error form; the server below would answer
 * with a bare status. Each connection has one, directly behind the codec. The connection ends after
 * such a refusal.
 */
final class MalformedHttpHandler extends ChannelDuplexHandler {

  static final String NAME = "act.unreadable";

  /**
   * Time in which further input is discarded before the connection closes, so that the other side
   * can read the answer.
   */
  private static final long LINGER_MILLIS = 2_000;

  private static final int MAX_SHOWN = 80;

  private final HeaderDeadline headers;
  private final long lineBytes;
  private final long headerBytes;
  private String method = "";
  private String path = "/";

  /** Number of requests that were read and not answered in full; several may be pending. */
  private int open;

  /** Says whether the answer to the first of them has begun. */
  private boolean answering;

  private @Nullable Refusal refusal;

  /** Says whether the malformed part is the body of the last request, not a request after it. */
  private boolean malformedBody;

  private boolean refused;

  /**
   * @param lineBytes limit of a request's first line
   * @param headerBytes limit of all its headers together
   * @param headers deadline that is told when headers were read
   */
  MalformedHttpHandler(long lineBytes, long headerBytes, HeaderDeadline headers) {
    this.headers = headers;
    this.lineBytes = lineBytes;
    this.headerBytes = headerBytes;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (refusal == null) {
      if (message instanceof HttpRequest request) {
        method = request.method().name();
        path = pathOf(request.uri());
        headers.arrived();
      }
      if (message instanceof LastHttpContent) {
        headers.ended();
      }
      refusal = message instanceof HttpObject read ? refusalOf(read) : null;
      malformedBody = !(message instanceof HttpRequest);
    }
    if (refusal == null) {
      open += malformedBody ? 0 : 1;
      context.fireChannelRead(message);
    } else {
      ReferenceCountUtil.release(message);
      refuseInTurn(context);
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    if (refused) {
      // Comes from an endpoint that was still waiting for the rest of the body.
      ReferenceCountUtil.release(message);
      promise.setSuccess();
      return;
    }
    if (message instanceof HttpObject && !isInterim(message)) {
      boolean last = message instanceof LastHttpContent;
      answering = !last;
      open -= last ? 1 : 0;
    }
    super.write(context, message, promise);
    refuseInTurn(context);
  }

  private static boolean isInterim(Object message) {
    return message instanceof HttpResponse response
        && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
  }

  /** Writes the refusal once every earlier request has its answer. */
  private void refuseInTurn(ChannelHandlerContext context) {
    int left = malformedBody ? 1 : 0;
    if (refusal == null || refused || open > left) {
      return;
    }
    refused = true;
    if (answering || open < left) {
      // The request with the malformed body has its answer already, or half of one.
      context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    } else {
      refuse(context, refusal);
    }
  }

  private @Nullable Refusal refusalOf(HttpObject read) {
    if (read.decoderResult().isFailure()) {
      return undecoded(read.decoderResult().cause());
    }
    if (!(read instanceof HttpRequest request)) {
      return null;
    }
    var addressRefusal = addressRefusal(request.uri());
    return addressRefusal == null ? hostRefusal(request) : addressRefusal;
  }

  /**
   * Requires one host, and the same host in an absolute address. With two hosts, a proxy in front
   * could have read the other one (RFC 9112, 3.2).
   */
  private static @Nullable Refusal hostRefusal(HttpRequest request) {
    var hosts = request.headers().getAll(HttpHeaderNames.HOST);
    if (hosts.size() > 1) {
      return new Refusal(Problem.REQUEST_MALFORMED, "the request names its host more than once")
          .at("Host")
          .expected("one Host header")
          .observed(hosts.size() + " of them");
    }
    if (request.uri().startsWith("/") || request.uri().equals("*")) {
      return null;
    }
    var named = URI.create(request.uri()).getRawAuthority();
    return named != null && !hosts.isEmpty() && named.equalsIgnoreCase(hosts.getFirst())
        ? null
        : new Refusal(Problem.REQUEST_MALFORMED, "the address is of another host than the request")
            .at("Host")
            .expected("a path, or an address of the host in the Host header")
            .observed(String.valueOf(named));
  }

  private Refusal undecoded(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException line ->
          new Refusal(Problem.ADDRESS_TOO_LONG, "the address is too long")
              .expected("at most %d bytes with the method".formatted(lineBytes))
              .remedy("Send what is long in the body of a POST.");
      case TooLongHttpHeaderException headers ->
          new Refusal(Problem.HEADER_TOO_LARGE, "the headers are too long")
              .expected("at most %d bytes, all of them together".formatted(headerBytes));
      default ->
          new Refusal(Problem.REQUEST_MALFORMED, "this is not an HTTP request")
              .expected("HTTP/1.1: a request line, headers, and a body as the headers announce it");
    };
  }

  private static @Nullable Refusal addressRefusal(String uri) {
    try {
      new URI(uri);
      return null;
    } catch (URISyntaxException wrong) {
      return new Refusal(Problem.REQUEST_MALFORMED, "the address is not a URI")
          .at("address")
          .expected("RFC 3986: other characters as % and two hexadecimal digits")
          .observed(shown(uri, wrong.getIndex()));
    }
  }

  /**
   * Returns the part of the address at which it is malformed, at most {@value #MAX_SHOWN}
   * characters.
   */
  private static String shown(String uri, int index) {
    int from = Math.clamp(index, 0, uri.length());
    return uri.substring(from, Math.min(uri.length(), from + MAX_SHOWN));
  }

  private static String pathOf(String uri) {
    int query = uri.indexOf('?');
    return query < 0 ? uri : uri.substring(0, query);
  }

  private void refuse(ChannelHandlerContext context, Refusal refusal) {
    var body = EdgeExceptionHandler.body(method, path, refusal);
    var answer =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(EdgeExceptionHandler.status(path, refusal)),
            Unpooled.wrappedBuffer(body));
    answer
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, EdgeExceptionHandler.contentType(path).toString())
        .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
        .set(CrossSiteRequestFilter.SANDBOX, "true");
    context.writeAndFlush(answer).addListener(_ -> end(context));
  }

  /**
   * Ends the connection after a pause: closing while input still arrives would reset it, and the
   * answer would be lost.
   */
  private static void end(ChannelHandlerContext context) {
    context.channel().config().setAutoRead(true);
    var _ = ((DuplexChannel) context.channel()).shutdownOutput();
    Runnable close =
        () -> {
          var _ = context.close();
        };
    var _ = context.executor().schedule(close, LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }
}
