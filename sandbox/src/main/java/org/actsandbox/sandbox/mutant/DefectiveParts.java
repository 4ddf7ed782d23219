package org.actsandbox.sandbox.mutant;

import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.a402.ProofClaims;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.boundary.BoundaryCheck;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.sandbox.psp.PspParts;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.approval.Decisions;
import org.actsandbox.sandbox.psp.instrument.Instrument;
import org.actsandbox.sandbox.psp.instrument.InstrumentBook;
import org.actsandbox.sandbox.psp.instrument.PinMatch;
import org.actsandbox.sandbox.psp.instrument.PinPolicy;
import org.actsandbox.sandbox.psp.ledger.Books;
import org.actsandbox.sandbox.psp.payment.Admission;
import org.actsandbox.sandbox.psp.payment.PaymentRule;
import org.actsandbox.sandbox.psp.subaccount.SubAccountBook;

/** The parts of a payment service with all these defects, one upon the other. */
record DefectiveParts(Stacked<PspDefect> defects) implements PspParts {

  @Override
  public List<PaymentRule> rules(List<PaymentRule> standard) {
    return defects.through(standard, PspDefect::rules);
  }

  @Override
  public Admission admission(Admission standard, PspWorld world) {
    return defects.through(standard, (defect, part) -> defect.admission(part, world));
  }

  @Override
  public PinMatch pinMatch(PinMatch standard) {
    return defects.through(standard, PspDefect::pinMatch);
  }

  @Override
  public PinPolicy pinPolicy(PinPolicy standard) {
    return defects.through(standard, PspDefect::pinPolicy);
  }

  @Override
  public InstrumentBook instruments(InstrumentBook standard) {
    return defects.through(standard, PspDefect::instruments);
  }

  @Override
  public SubAccountBook subAccounts(SubAccountBook standard) {
    return defects.through(standard, PspDefect::subAccounts);
  }

  @Override
  public Books books(Books standard, PspWorld world) {
    return defects.through(standard, (defect, part) -> defect.books(part, world));
  }

  @Override
  public Decisions decisions(Decisions standard, PspWorld world) {
    return defects.through(standard, (defect, part) -> defect.decisions(part, world));
  }

  @Override
  public Optional<DelegationState> unissued(Optional<DelegationState> standard) {
    return defects.through(standard, PspDefect::unissued);
  }

  @Override
  public BoundaryCheck boundaries(BoundaryCheck standard) {
    return defects.through(standard, PspDefect::boundaries);
  }

  @Override
  public ProofClaims claims(ProofClaims standard) {
    return defects.through(standard, PspDefect::claims);
  }

  @Override
  public Instrument.Shown shown(Instrument.Shown standard, Instrument instrument) {
    return defects.through(standard, (defect, part) -> defect.shown(part, instrument));
  }

  @Override
  public boolean does(DueWork work) {
    return defects.defects().stream().allMatch(defect -> defect.does(work));
  }
}
