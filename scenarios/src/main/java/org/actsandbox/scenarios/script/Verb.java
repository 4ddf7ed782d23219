package org.actsandbox.scenarios.script;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Lists the verbs of steps; docs/scenarios.md describes each in one line. */
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
  // Authority that an agent may use while its principal is away
  DELEGATE,
  AUTHORIZE,
  SUSPEND,
  RESUME,
  REVOKE,
  EXPIRE,
  SUB_ACCOUNT,
  // Disputes about an order
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
  // Evidence: broken, healed, anchored, exported
  TAMPER,
  HEAL,
  ANCHOR,
  BUNDLE,
  // Anything else
  CALL,
  CHECK;

  /** Returns the verb as scenario files write it. */
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
