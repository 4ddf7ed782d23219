package org.actsandbox.sandbox.journal;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** Writes a line of the server's log without keys, PINs and card numbers. */
public final class MaskedMessage extends MessageConverter {

  /** Conversion word for an exception in a log pattern. */
  private static final String TRACE = "masked";

  /**
   * Makes every layout mask that is created from now on, also in a log configuration of the user's
   * own. Call it before the log is opened.
   */
  public static void install() {
    var converters = PatternLayout.DEFAULT_CONVERTER_SUPPLIER_MAP;
    for (var word : new String[] {"m", "msg", "message"}) {
      converters.put(word, MaskedMessage::new);
    }
    converters.put(TRACE, MaskedTrace::new);
  }

  @Override
  public String convert(ILoggingEvent event) {
    return SecretMasker.OF_NO_WORLD.mask(super.convert(event));
  }
}
