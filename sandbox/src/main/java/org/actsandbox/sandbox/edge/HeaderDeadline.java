package org.actsandbox.sandbox.edge;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection whose headers do not arrive in time. Without it, a client that sends a byte now
 * and then would keep the connection for ever. Each connection has one, before the codec; {@link
 * MalformedHttpHandler}, behind the codec, reports when headers were read.
 */
final class HeaderDeadline extends ChannelInboundHandlerAdapter {

  static final String NAME = "act.header-deadline";

  private final Duration limit;

  /**
   * Runs from the first byte of a request; for the first request, from the start of the connection.
   */
  private @Nullable Future<?> timeout;

  /** Says that headers were read, and that the end of their body is still to come. */
  private boolean inBody;

  HeaderDeadline(Duration limit) {
    this.limit = limit;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    if (context.channel().isActive()) {
      begin(context);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    begin(context);
    context.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    begin(context);
    context.fireChannelRead(bytes);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    arrived();
    context.fireChannelInactive();
  }

  /** Reports that the headers of a request were read. */
  void arrived() {
    if (timeout != null) {
      timeout.cancel(false);
      timeout = null;
    }
    inBody = true;
  }

  /** Reports that a request was read to its end, so that further bytes belong to the next one. */
  void ended() {
    inBody = false;
  }

  private void begin(ChannelHandlerContext context) {
    if (timeout == null && !inBody) {
      Runnable end =
          () -> {
            var _ = context.close();
          };
      timeout = context.executor().schedule(end, limit.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
