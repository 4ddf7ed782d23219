package org.actsandbox.sandbox.psp;

import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.a402.ProofClaims;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.boundary.BoundaryCheck;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.sandbox.psp.approval.Decisions;
import org.actsandbox.sandbox.psp.instrument.Instrument;
import org.actsandbox.sandbox.psp.instrument.InstrumentBook;
import org.actsandbox.sandbox.psp.instrument.PinMatch;
import org.actsandbox.sandbox.psp.instrument.PinPolicy;
import org.actsandbox.sandbox.psp.ledger.Books;
import org.actsandbox.sandbox.psp.payment.Admission;
import org.actsandbox.sandbox.psp.payment.PaymentRule;
import org.actsandbox.sandbox.psp.subaccount.SubAccountBook;

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

  default Admission admission(Admission standard, PspWorld world) {
    return standard;
  }

  default PinMatch pinMatch(PinMatch standard) {
    return standard;
  }

  default PinPolicy pinPolicy(PinPolicy standard) {
    return standard;
  }

  default InstrumentBook instruments(InstrumentBook standard) {
    return standard;
  }

  /** Of a payment; the principal opens and closes the real ones. */
  default SubAccountBook subAccounts(SubAccountBook standard) {
    return standard;
  }

  default Books books(Books standard, PspWorld world) {
    return standard;
  }

  default Decisions decisions(Decisions standard, PspWorld world) {
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
  default ProofClaims claims(ProofClaims standard) {
    return standard;
  }

  /** What an agent sees of an instrument that is bound to it; asked for each. */
  default Instrument.Shown shown(Instrument.Shown standard, Instrument instrument) {
    return standard;
  }

  /** Whether this work is done when its time comes. */
  default boolean does(DueWork work) {
    return true;
  }
}
