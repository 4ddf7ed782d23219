package org.actsandbox.web.console.frame;

import java.util.Locale;

/** Lists the entries of the navigation, in their order; the bundles have their words. */
public enum PageSection {
  TRY,
  SCENARIOS,
  MERCHANTS,
  WALLET,
  DELEGATIONS,
  ORDERS,
  EVIDENCE,
  DISPUTES,
  JOURNAL,
  WORLDS;

  /** Returns the last part of its address and of its message key, {@code nav.orders}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
