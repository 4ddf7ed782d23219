package org.actsandbox.sandbox.psp.endpoint;

import java.util.List;
import java.util.stream.Stream;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.sandbox.psp.instrument.PinState;
import org.actsandbox.sandbox.psp.ledger.AccountNumbers;
import org.actsandbox.sandbox.psp.ledger.Ledger;
import org.jspecify.annotations.Nullable;

/**
 * Represents what a principal owns, as the wallet shows it.
 *
 * @param pinLockedMinutes the minutes until the lock of the PIN ends, see {@link PinState}
 */
public record Wallet(List<Line> accounts, int pinAttemptsLeft, @Nullable Long pinLockedMinutes) {

  /**
   * Represents one account of the wallet.
   *
   * @param account balance | card; for a card the amount is what it can still pay
   */
  public record Line(String account, String amount, String currency) {}

  public static Wallet of(Ledger ledger, Did principal, PinState pin) {
    var lines =
        Stream.of(AccountNumbers.BALANCE, AccountNumbers.CARD)
            .flatMap(
                account ->
                    ledger.find(AccountNumbers.of(principal, account)).stream()
                        .map(
                            found ->
                                new Line(
                                    account, found.decimal(), found.currency().getCurrencyCode())))
            .toList();
    return new Wallet(lines, pin.attemptsLeft(), pin.lockedMinutes());
  }

  /**
   * @throws org.actsandbox.protocol.refusal.Refusal {@code invalid_field} for any other account
   */
  public static String requireAccount(String account) {
    if (!account.equals(AccountNumbers.BALANCE) && !account.equals(AccountNumbers.CARD)) {
      throw FieldChecks.invalid("account", "balance or card", account);
    }
    return account;
  }
}
