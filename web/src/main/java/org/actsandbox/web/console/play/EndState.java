package org.actsandbox.web.console.play;

import java.util.List;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.web.console.decoder.EntryNarrator;

/**
 * Holds the state of a world at the end of its scenario, as far as it is compared with another one:
 * orders, payments, money and refusals. Lines of two states are equal where nothing differs.
 *
 * @param orders merchant, status, total and currency of each order
 * @param payments payee, status, amount and currency of each payment
 * @param refunds payee, amount and currency of what went back of each payment
 * @param money account and amount
 * @param refusals codes of the refusals, each once, in alphabetical order
 * @param messages exchanges between participants
 */
public record EndState(
    List<Line> orders,
    List<Line> payments,
    List<Line> refunds,
    List<Line> money,
    List<String> refusals,
    long messages) {

  /** Returns the payments to a payee. */
  public List<Line> ofPayee(String did) {
    return payments.stream().filter(line -> line.subject().equals(did)).toList();
  }

  /**
   * Is one compared order, payment, balance, refusal or count.
   *
   * @param subject merchant id, payee's DID or account
   * @param status state of the order or payment; empty for money and refunds
   */
  public record Line(String subject, String status, String amount, String currency) {

    /** Returns the name of the payee; only for a payment. */
    public Text payee() {
      return EntryNarrator.nameOf(subject);
    }
  }
}
