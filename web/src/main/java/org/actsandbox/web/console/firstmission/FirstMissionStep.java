package org.actsandbox.web.console.firstmission;

import java.util.Locale;

/** Lists the steps from an agent's first call to its grade, in the order in which it does them. */
enum FirstMissionStep {
  CONNECTED,
  OFFERS,
  CART,
  PAYMENT,
  /** The principal decided about the payment, or the agent tried to and was refused. */
  APPROVAL,
  COLLECTED,
  MISSION,
  ATTACK,
  /** All missions were played, and the result counts. */
  GRADE;

  /** Returns the word in message keys and in ids of elements. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
