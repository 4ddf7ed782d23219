package org.actsandbox.scenarios.check.model;

import java.util.List;
import org.actsandbox.scenarios.check.exchange.CheckExchange;

/**
 * What a check found.
 *
 * @param expected what the rule asks for
 * @param observed what the merchant did
 * @param exchanges the last messages of the check, the oldest first
 */
public record CheckFinding(
    CheckSentence expected, CheckSentence observed, List<CheckExchange> exchanges) {

  public CheckFinding {
    exchanges = List.copyOf(exchanges);
  }
}
