package org.actsandbox.sandbox.mutant.psp;

import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.payment.ApprovalRequest;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.sandbox.mutant.PspDefect;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.approval.Cashier;
import org.actsandbox.sandbox.psp.approval.CashierService;
import org.actsandbox.sandbox.psp.ledger.AccountNumbers;
import org.actsandbox.sandbox.psp.ledger.Ledger;
import org.actsandbox.sandbox.psp.ledger.Transfer;
import org.actsandbox.sandbox.psp.trade.Trade;

/** Passes all calls on to the honest cashier, so that a defect overrides one method. */
class AlteredCashier implements CashierService {

  final CashierService honest;

  AlteredCashier(CashierService honest) {
    this.honest = honest;
  }

  @Override
  public void admit(Caller caller) {
    honest.admit(caller);
  }

  @Override
  public Cashier.View show(String tradeNo, Caller caller) {
    return honest.show(tradeNo, caller);
  }

  @Override
  public Trade decide(String tradeNo, ApprovalRequest request, Caller caller) {
    return honest.decide(tradeNo, request, caller);
  }

  /** A defect of the payment service: every caller that knows the address may decide. */
  static final class OpenToAnyCaller implements PspDefect {

    @Override
    public CashierService cashierService(CashierService standard, PspWorld world) {
      return new AlteredCashier(standard) {
        @Override
        public void admit(Caller caller) {
          // Every caller is admitted.
        }
      };
    }
  }

  /**
   * A defect of the payment service: every principal may decide about every payment, because each
   * acts with the operator's view.
   */
  static final class OpenToAnyPrincipal implements PspDefect {

    private static final Caller OPERATOR = new Caller(Role.OPERATOR, null);

    @Override
    public CashierService cashierService(CashierService standard, PspWorld world) {
      return new AlteredCashier(standard) {
        @Override
        public Cashier.View show(String tradeNo, Caller caller) {
          return honest.show(tradeNo, OPERATOR);
        }

        @Override
        public Trade decide(String tradeNo, ApprovalRequest request, Caller caller) {
          return honest.decide(tradeNo, request, OPERATOR);
        }
      };
    }
  }

  /** A defect of the payment service: it ignores what the principal saw. */
  static final class IgnoredDigest implements PspDefect {

    @Override
    public CashierService cashierService(CashierService standard, PspWorld world) {
      return new AlteredCashier(standard) {
        @Override
        public Trade decide(String tradeNo, ApprovalRequest request, Caller caller) {
          var digest = honest.show(tradeNo, caller).digest();
          return honest.decide(
              tradeNo, new ApprovalRequest(request.decision(), digest, request.pin()), caller);
        }
      };
    }
  }

  /**
   * A defect of the payment service: an approval that is sent again, because its answer was lost,
   * is debited again.
   */
  static final class RepeatedDebit implements PspDefect {

    @Override
    public CashierService cashierService(CashierService standard, PspWorld world) {
      var ledger = new Ledger(world);
      return new AlteredCashier(standard) {
        @Override
        public Trade decide(String tradeNo, ApprovalRequest request, Caller caller) {
          boolean wasPaid = honest.show(tradeNo, caller).status() == PaymentStatus.PAID;
          var trade = honest.decide(tradeNo, request, caller);
          if (wasPaid && trade.progress().status() == PaymentStatus.PAID) {
            var repeated =
                LedgerDefect.numbered(debit(trade, world), "payment " + world.ids().next("D"));
            world.transactions().executeWithoutResult(() -> ledger.book(repeated));
          }
          return trade;
        }
      };
    }

    private static Transfer debit(Trade trade, PspWorld world) {
      var paymentTerms = trade.terms();
      return Transfer.payment(
          trade.tradeNo(),
          paymentTerms.account(),
          AccountNumbers.receivable(paymentTerms.bill().payee()),
          paymentTerms.amount(),
          world.now());
    }
  }
}
