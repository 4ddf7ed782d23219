package org.actsandbox.web.console.wallet;

import java.util.Set;

/**
 * A form of the wallet that was refused and is shown again with what is wrong beside it.
 *
 * @param form {@code open}, or the id of what it is about
 * @param code names the sentence
 */
record WalletRefusal(String form, String code, String field) {

  /** Refusals that another try may get past. */
  static final Set<String> TRY_AGAIN =
      Set.of("pin_wrong", "pin_locked", "invalid_field", "insufficient_balance", "agent_unknown");
}
