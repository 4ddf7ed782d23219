package org.actsandbox.sandbox.mutant.psp;

import java.util.function.UnaryOperator;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.sandbox.mutant.PspDefect;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.ledger.LedgerPort;
import org.actsandbox.sandbox.psp.ledger.Transfer;

/** A defect of the payment service: it books transfers in another way than ordered. */
@FunctionalInterface
interface LedgerDefect extends PspDefect {

  void book(Transfer transfer, LedgerPort honest, PspWorld world);

  @Override
  default LedgerPort ledgerPort(LedgerPort standard, PspWorld world) {
    return transfer -> book(transfer, standard, world);
  }

  private static boolean isPayment(Transfer transfer) {
    return transfer.transferNo().startsWith("payment ");
  }

  static LedgerDefect payments(UnaryOperator<Transfer> change) {
    return (transfer, honest, _) ->
        honest.book(isPayment(transfer) ? change.apply(transfer) : transfer);
  }

  static void twice(Transfer transfer, LedgerPort honest, PspWorld world) {
    honest.book(transfer);
    if (isPayment(transfer)) {
      honest.book(numbered(transfer, transfer.transferNo() + " again"));
    }
  }

  /** Books the transfer and takes the money away from the receiver again. */
  static void oneSided(Transfer transfer, LedgerPort honest, PspWorld world) {
    honest.book(transfer);
    if (isPayment(transfer)) {
      world
          .jdbc()
          .sql(
              """
              update psp_account set balance_minor = balance_minor - ?
              where world = ? and account_no = ?
              """)
          .params(transfer.amount().minorUnits(), world.partition(), transfer.to())
          .update();
    }
  }

  static void withoutRefunds(Transfer transfer, LedgerPort honest, PspWorld world) {
    if (!transfer.transferNo().startsWith("refund ")) {
      honest.book(transfer);
    }
  }

  static Transfer inWholeYuan(Transfer transfer) {
    var exact = transfer.amount();
    var whole = new Money((exact.minorUnits() + 99) / 100 * 100, exact.currency());
    return new Transfer(
        transfer.transferNo(),
        transfer.from(),
        transfer.to(),
        whole,
        transfer.tradeNo(),
        transfer.bookedAt());
  }

  static Transfer toService(Transfer transfer) {
    return new Transfer(
        transfer.transferNo(),
        transfer.from(),
        "merchant:sandbox-pay",
        transfer.amount(),
        transfer.tradeNo(),
        transfer.bookedAt());
  }

  static Transfer numbered(Transfer transfer, String number) {
    return new Transfer(
        number,
        transfer.from(),
        transfer.to(),
        transfer.amount(),
        transfer.tradeNo(),
        transfer.bookedAt());
  }
}
