package org.actsandbox.scenarios.script;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a step can do; docs/scenarios.md has one line for each. */
public enum Verb {
  // The principal and the demo agent
  SAY,
  CHOOSE,
  APPROVE,
  DECLINE,
  CLOSE,
  IGNORE,
  CANCEL,
  // An agent from outside, message by message
  INTENT,
  CART,
  BILL,
  PAY,
  CASHIER,
  PROOF,
  FETCH,
  // What an agent may do while nobody is looking
  DELEGATE,
  AUTHORIZE,
  SUSPEND,
  RESUME,
  REVOKE,
  EXPIRE,
  SUB_ACCOUNT,
  // Something is wrong with an order
  DISPUTE,
  // Other buyers
  BUY,
  RACE,
  // The world
  ADVANCE,
  CLOCK,
  FAULT,
  CLEAR,
  DISTURB,
  // Evidence: broken and healed, anchored, taken along
  TAMPER,
  HEAL,
  ANCHOR,
  BUNDLE,
  // Anything else
  CALL,
  CHECK;

  /** As the file spells it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> codes() {
    return Arrays.stream(values()).map(Verb::code).toList();
  }

  static Optional<Verb> of(String code) {
    return Arrays.stream(values()).filter(verb -> verb.code().equals(code)).findFirst();
  }
}
