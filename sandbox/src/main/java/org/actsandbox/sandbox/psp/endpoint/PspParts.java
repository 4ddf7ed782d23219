package org.actsandbox.sandbox.psp.endpoint;

import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.a402.ProofClaims;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.boundary.BoundaryCheck;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.approval.CashierService;
import org.actsandbox.sandbox.psp.instrument.Instrument;
import org.actsandbox.sandbox.psp.instrument.InstrumentRules;
import org.actsandbox.sandbox.psp.instrument.PinMatcher;
import org.actsandbox.sandbox.psp.instrument.PinPolicy;
import org.actsandbox.sandbox.psp.ledger.LedgerPort;
import org.actsandbox.sandbox.psp.payment.PaymentAdmission;
import org.actsandbox.sandbox.psp.payment.PaymentRule;
import org.actsandbox.sandbox.psp.subaccount.SubAccount;

/**
 * Chooses the parts of the payment service. Each method is called once when the service opens, gets
 * the standard part and returns the one to use: the same, except in a mutant.
 */
public interface PspParts {

  PspParts STANDARD = new PspParts() {};

  /** Returns the rules that a payment must pass before the cashier opens, in this order. */
  default List<PaymentRule> rules(List<PaymentRule> standard) {
    return standard;
  }

  default PaymentAdmission admission(PaymentAdmission standard, PspWorld world) {
    return standard;
  }

  default PinMatcher pinMatch(PinMatcher standard) {
    return standard;
  }

  default PinPolicy pinPolicy(PinPolicy standard) {
    return standard;
  }

  default InstrumentRules instrumentRules(InstrumentRules standard) {
    return standard;
  }

  /**
   * Returns a sub-account as payments see it; called for each of them. The principal's own
   * endpoints always show the stored one.
   */
  default SubAccount subAccount(SubAccount standard) {
    return standard;
  }

  default LedgerPort ledgerPort(LedgerPort standard, PspWorld world) {
    return standard;
  }

  default CashierService cashierService(CashierService standard, PspWorld world) {
    return standard;
  }

  /** Returns the state of a credential that the delegation service says it did not issue. */
  default Optional<DelegationState> unissued(Optional<DelegationState> standard) {
    return standard;
  }

  /** Returns the check of a payment against its delegation. */
  default BoundaryCheck boundaries(BoundaryCheck standard) {
    return standard;
  }

  /** Returns the claims of a proof; called for each proof. */
  default ProofClaims proofClaims(ProofClaims standard) {
    return standard;
  }

  /** Returns an agent's view of an instrument that is bound to it; called for each view. */
  default Instrument.InstrumentView instrumentView(
      Instrument.InstrumentView standard, Instrument instrument) {
    return standard;
  }

  /** Tells whether this work is done when it is due. */
  default boolean performs(DueWork work) {
    return true;
  }
}
