package org.actsandbox.sandbox.journal;

import ch.qos.logback.classic.spi.IThrowableProxy;
import org.springframework.boot.logging.logback.ExtendedWhitespaceThrowableProxyConverter;

/** An exception in the server's log: a database quotes values in its messages. */
public final class MaskedTrace extends ExtendedWhitespaceThrowableProxyConverter {

  @Override
  protected String throwableProxyToString(IThrowableProxy thrown) {
    return Secrets.OF_NO_WORLD.mask(super.throwableProxyToString(thrown));
  }
}
