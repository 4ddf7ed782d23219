package org.actsandbox.scenarios.check.exchange;

import java.net.URI;

/** Says that the merchant did not answer a request: too late, too much, or not at all. */
public final class MerchantSilent extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String why;
  private final long seconds;

  /**
   * @param seconds how long was waited; 0 if the connection ended before
   */
  MerchantSilent(String method, URI target, String why, long seconds, Throwable cause) {
    super("%s %s: %s".formatted(method, target, why), cause);
    this.why = why;
    this.seconds = seconds;
  }

  /** Returns how long was waited for the answer; 0 if the connection ended before. */
  public long seconds() {
    return seconds;
  }

  public String why() {
    return why;
  }
}
