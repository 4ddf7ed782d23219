package org.actsandbox.sandbox.hostile;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.actsandbox.sandbox.journal.MaskedMessage;
import org.actsandbox.sandbox.journal.MaskedTrace;
import org.slf4j.LoggerFactory;

/** Collects the server's log in the form in which it is written. */
public final class CapturedLog extends AppenderBase<ILoggingEvent> {

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final PatternLayout layout = new PatternLayout();
  private final Logger root =
      ((LoggerContext) LoggerFactory.getILoggerFactory())
          .getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

  @Override
  public void start() {
    layout.setContext(root.getLoggerContext());
    layout.getInstanceConverterMap().put("m", MaskedMessage::new);
    layout.getInstanceConverterMap().put("wEx", MaskedTrace::new);
    layout.setPattern("%level %logger %m%n%wEx");
    layout.start();
    setContext(root.getLoggerContext());
    super.start();
    root.addAppender(this);
  }

  @Override
  public void stop() {
    root.detachAppender(this);
    super.stop();
  }

  @Override
  protected void append(ILoggingEvent event) {
    lines.add(layout.doLayout(event));
  }

  /** Returns all lines since the start. */
  public String text() {
    return String.join("\n", lines);
  }
}
