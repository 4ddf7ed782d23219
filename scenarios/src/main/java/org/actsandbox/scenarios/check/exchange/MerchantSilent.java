package org.actsandbox.scenarios.check.exchange;

import java.net.URI;

/** Says that the merchant did not answer a request: too late, too much, or not at all. */
public final class MerchantSilent extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String why;

  MerchantSilent(String method, URI target, String why, Throwable cause) {
    super("%s %s: %s".formatted(method, target, why), cause);
    this.why = why;
  }

  public String why() {
    return why;
  }
}
