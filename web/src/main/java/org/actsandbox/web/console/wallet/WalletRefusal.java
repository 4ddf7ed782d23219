package org.actsandbox.web.console.wallet;

import java.util.Set;

/**
 * Says which form of the wallet was refused and why, so that the form is shown again with the error
 * beside it.
 *
 * @param form {@code open}, or the id of the instrument or sub-account that the form is about
 * @param code the code of the sentence in the bundles
 * @param field the field that the refusal is about; empty for none
 */
record WalletRefusal(String form, String code, String field) {

  /** Refusals after which another try may succeed. */
  static final Set<String> TRY_AGAIN =
      Set.of("pin_wrong", "pin_locked", "invalid_field", "insufficient_balance", "agent_unknown");
}
