package org.actsandbox.sandbox.mutant.assembly;

import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.a402.ProofClaims;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.boundary.BoundaryCheck;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.sandbox.mutant.PspDefect;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.approval.CashierService;
import org.actsandbox.sandbox.psp.endpoint.PspParts;
import org.actsandbox.sandbox.psp.instrument.Instrument;
import org.actsandbox.sandbox.psp.instrument.InstrumentRules;
import org.actsandbox.sandbox.psp.instrument.PinMatcher;
import org.actsandbox.sandbox.psp.instrument.PinPolicy;
import org.actsandbox.sandbox.psp.ledger.LedgerPort;
import org.actsandbox.sandbox.psp.payment.PaymentAdmission;
import org.actsandbox.sandbox.psp.payment.PaymentRule;
import org.actsandbox.sandbox.psp.subaccount.SubAccount;

/** Provides the parts of a payment service with several defects applied one after the other. */
record DefectivePspParts(DefectChain<PspDefect> defects) implements PspParts {

  @Override
  public List<PaymentRule> rules(List<PaymentRule> standard) {
    return defects.applyTo(standard, PspDefect::rules);
  }

  @Override
  public PaymentAdmission admission(PaymentAdmission standard, PspWorld world) {
    return defects.applyTo(standard, (defect, part) -> defect.admission(part, world));
  }

  @Override
  public PinMatcher pinMatch(PinMatcher standard) {
    return defects.applyTo(standard, PspDefect::pinMatch);
  }

  @Override
  public PinPolicy pinPolicy(PinPolicy standard) {
    return defects.applyTo(standard, PspDefect::pinPolicy);
  }

  @Override
  public InstrumentRules instrumentRules(InstrumentRules standard) {
    return defects.applyTo(standard, PspDefect::instrumentRules);
  }

  @Override
  public SubAccount subAccount(SubAccount standard) {
    return defects.applyTo(standard, PspDefect::subAccount);
  }

  @Override
  public LedgerPort ledgerPort(LedgerPort standard, PspWorld world) {
    return defects.applyTo(standard, (defect, part) -> defect.ledgerPort(part, world));
  }

  @Override
  public CashierService cashierService(CashierService standard, PspWorld world) {
    return defects.applyTo(standard, (defect, part) -> defect.cashierService(part, world));
  }

  @Override
  public Optional<DelegationState> unissued(Optional<DelegationState> standard) {
    return defects.applyTo(standard, PspDefect::unissued);
  }

  @Override
  public BoundaryCheck boundaries(BoundaryCheck standard) {
    return defects.applyTo(standard, PspDefect::boundaries);
  }

  @Override
  public ProofClaims proofClaims(ProofClaims standard) {
    return defects.applyTo(standard, PspDefect::proofClaims);
  }

  @Override
  public Instrument.InstrumentView instrumentView(
      Instrument.InstrumentView standard, Instrument instrument) {
    return defects.applyTo(standard, (defect, part) -> defect.instrumentView(part, instrument));
  }

  @Override
  public boolean performs(DueWork work) {
    return defects.defects().stream().allMatch(defect -> defect.performs(work));
  }
}
