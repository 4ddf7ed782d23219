package org.actsandbox.scenarios.engine;

import org.actsandbox.scenarios.script.Verb;

/** Which action a verb is. */
final class Actions {

  private Actions() {}

  static Action of(Verb verb) {
    return switch (verb) {
      case SAY -> PrincipalActions::say;
      case CHOOSE -> PrincipalActions::choose;
      case APPROVE -> PrincipalActions::approve;
      case DECLINE -> (stage, _) -> PrincipalActions.decide(stage, "DECLINE");
      case CLOSE -> (stage, _) -> PrincipalActions.decide(stage, "CLOSE");
      case IGNORE -> (stage, _) -> PrincipalActions.ignore(stage);
      case CANCEL -> (stage, _) -> PrincipalActions.cancel(stage);
      case INTENT -> DealActions::intent;
      case CART -> DealActions::cart;
      case BILL -> DealActions::bill;
      case PAY -> DealActions::pay;
      case CASHIER -> CashierActions::cashier;
      case PROOF -> CashierActions::proof;
      case FETCH -> FetchAction::fetch;
      case DELEGATE -> AuthorityActions::delegate;
      case AUTHORIZE -> AuthorityActions::authorize;
      case SUSPEND, RESUME, REVOKE ->
          (stage, arguments) -> AuthorityActions.move(stage, arguments, verb);
      case EXPIRE -> AuthorityActions::expire;
      case SUB_ACCOUNT -> AuthorityActions::subAccount;
      case DISPUTE -> DisputeActions::dispute;
      case BUY -> BuyerActions::buy;
      case RACE -> BuyerActions::race;
      case ADVANCE -> WorldActions::advance;
      case CLOCK -> WorldActions::clock;
      case FAULT -> WorldActions::fault;
      case CLEAR -> WorldActions::clear;
      case DISTURB -> WorldActions::disturb;
      case TAMPER -> EvidenceActions::tamper;
      case HEAL -> EvidenceActions::heal;
      case ANCHOR -> EvidenceActions::anchor;
      case BUNDLE -> EvidenceActions::bundle;
      case CALL -> CallAction::call;
      case CHECK ->
          throw new IllegalStateException("the player judges check, nothing is done for it");
    };
  }
}
