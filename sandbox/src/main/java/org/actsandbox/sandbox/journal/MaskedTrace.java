package org.actsandbox.sandbox.journal;

import ch.qos.logback.classic.spi.IThrowableProxy;
import org.springframework.boot.logging.logback.ExtendedWhitespaceThrowableProxyConverter;

/**
 * Writes an exception to the server's log with secrets masked, because a database quotes values in
 * its messages.
 */
public final class MaskedTrace extends ExtendedWhitespaceThrowableProxyConverter {

  @Override
  protected String throwableProxyToString(IThrowableProxy thrown) {
    return SecretMasker.OF_NO_WORLD.mask(super.throwableProxyToString(thrown));
  }
}
