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
import org.actsandbox.sandbox.psp.instrument.InstrumentLookup;
import org.actsandbox.sandbox.psp.instrument.PinMatcher;
import org.actsandbox.sandbox.psp.instrument.PinPolicy;
import org.actsandbox.sandbox.psp.ledger.LedgerPort;
import org.actsandbox.sandbox.psp.payment.PaymentAdmission;
import org.actsandbox.sandbox.psp.payment.PaymentRule;
import org.actsandbox.sandbox.psp.subaccount.SubAccountLookup;

/**
 * What the payment service is put together from. Each method is asked once, when it opens, gets the
 * standard part and answers the one to use: itself, unless somebody builds another service.
 */
public interface PspParts {

  PspParts STANDARD = new PspParts() {};

  /** What must hold before the cashier opens, in this order. */
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

  default InstrumentLookup instrumentLookup(InstrumentLookup standard) {
    return standard;
  }

  /** Of a payment; the principal opens and closes the real ones. */
  default SubAccountLookup subAccountLookup(SubAccountLookup standard) {
    return standard;
  }

  default LedgerPort ledgerPort(LedgerPort standard, PspWorld world) {
    return standard;
  }

  default CashierService cashierService(CashierService standard, PspWorld world) {
    return standard;
  }

  /** How a credential stands that the delegation service says it did not issue. */
  default Optional<DelegationState> unissued(Optional<DelegationState> standard) {
    return standard;
  }

  /** What a delegation permits. */
  default BoundaryCheck boundaries(BoundaryCheck standard) {
    return standard;
  }

  /** What a proof says; asked for each. */
  default ProofClaims proofClaims(ProofClaims standard) {
    return standard;
  }

  /** What an agent sees of an instrument that is bound to it; asked for each. */
  default Instrument.InstrumentView instrumentView(
      Instrument.InstrumentView standard, Instrument instrument) {
    return standard;
  }

  /** Whether this work is done when its time comes. */
  default boolean performs(DueWork work) {
    return true;
  }
}
