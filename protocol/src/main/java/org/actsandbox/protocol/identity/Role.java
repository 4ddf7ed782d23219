package org.actsandbox.protocol.identity;

import java.util.Locale;

/** What a key allows its holder to be, inside one world. */
public enum Role {
  /** Nobody: no key was shown. */
  ANONYMOUS,
  /** Approves payments and owns the wallet. */
  PRINCIPAL,
  /** Shops and requests payments, never approves. */
  AGENT,
  /** Acts for the one merchant that is its subject. */
  MERCHANT,
  /** Runs the world: clock, faults, reset. */
  OPERATOR;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
