package org.actsandbox.protocol.identity;

import java.util.Locale;

/** Lists the roles of callers; a key gives its holder one of them in one world. */
public enum Role {
  /** The caller has no key. */
  ANONYMOUS,
  /** The principal approves payments and owns the wallet. */
  PRINCIPAL,
  /** An agent shops and requests payments, and never approves. */
  AGENT,
  /**
   * A principal's assistant uses the tools of the world's agent for this principal, and opens
   * nothing else.
   */
  ASSISTANT,
  /** A merchant's key acts for the one merchant that is its subject. */
  MERCHANT,
  /** The operator runs the world: clock, faults, reset. */
  OPERATOR;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
