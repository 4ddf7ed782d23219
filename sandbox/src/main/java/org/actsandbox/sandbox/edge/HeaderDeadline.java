package org.actsandbox.sandbox.edge;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection whose headers do not arrive in time: a client that sends a byte now and then
 * would otherwise keep it for ever. One per connection, before the codec; {@link
 * MalformedHttpHandler}, behind it, says when headers were read.
 */
final class HeaderDeadline extends ChannelInboundHandlerAdapter {

  static final String NAME = "act.header-deadline";

  private final Duration limit;

  /** Runs from the first byte of a request, of a connection's first from the connection itself. */
  private @Nullable Future<?> waiting;

  /** Whether headers were read whose body is not there yet. */
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

  /** The headers of a request were read. */
  void arrived() {
    if (waiting != null) {
      waiting.cancel(false);
      waiting = null;
    }
    inBody = true;
  }

  /** The request was read to its end: what comes now belongs to the next. */
  void ended() {
    inBody = false;
  }

  private void begin(ChannelHandlerContext context) {
    if (waiting == null && !inBody) {
      Runnable end =
          () -> {
            var _ = context.close();
          };
      waiting = context.executor().schedule(end, limit.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
