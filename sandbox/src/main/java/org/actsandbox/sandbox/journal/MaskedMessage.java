package org.actsandbox.sandbox.journal;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** A line of the server's log without keys, PINs and card numbers. */
public final class MaskedMessage extends MessageConverter {

  /** Stands for an exception in a pattern. */
  private static final String TRACE = "masked";

  /**
   * Every layout that is made from now on masks. To be called before the log is opened; a
   * configuration of the user's own has it, too.
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
    return Secrets.OF_NO_WORLD.mask(super.convert(event));
  }
}
