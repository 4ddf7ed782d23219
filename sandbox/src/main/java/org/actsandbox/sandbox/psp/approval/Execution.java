package org.actsandbox.sandbox.psp.approval;

import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.key.PinCheck;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.instrument.InstrumentBook;
import org.actsandbox.sandbox.psp.ledger.Accounts;
import org.actsandbox.sandbox.psp.ledger.Books;
import org.actsandbox.sandbox.psp.ledger.Transfer;
import org.actsandbox.sandbox.psp.payment.Trade;
import org.actsandbox.sandbox.psp.payment.Trades;
import org.actsandbox.sandbox.psp.proof.Proofs;

/** Executes an approved payment, in the transaction of the approval. */
public final class Execution {

  private final PspWorld world;
  private final Trades trades;
  private final InstrumentBook instruments;
  private final Books books;
  private final Proofs proofs;

  public Execution(
      PspWorld world, Trades trades, InstrumentBook instruments, Books books, Proofs proofs) {
    this.world = world;
    this.trades = trades;
    this.instruments = instruments;
    this.books = books;
    this.proofs = proofs;
  }

  /** Approved is not paid. */
  sealed interface Result {

    record Done(Trade paid) implements Result {}

    /** Nothing moved. */
    record Failed(Problem failure) implements Result {}
  }

  Result pay(Trade trade, String digest, PinCheck check) {
    try {
      // Frozen or cancelled since the request came in?
      instruments.usable(trade.asked().instrumentRef(), trade.asked().agent(), check.at());
      books.book(
          Transfer.payment(
              trade.tradeNo(),
              trade.asked().account(),
              Accounts.receivable(trade.asked().bill().payee()),
              trade.asked().amount(),
              check.at()));
    } catch (Refusal refused) {
      return new Result.Failed(refused.problem());
    }
    var principal = world.principal().release(check);
    var evidence = Evidence.signed(trade.tradeNo(), digest, check.at(), principal);
    var paid = trade.pay(proofs.issue(trade, evidence, digest, check.at()), check.at());
    trades.update(paid);
    return new Result.Done(paid);
  }
}
