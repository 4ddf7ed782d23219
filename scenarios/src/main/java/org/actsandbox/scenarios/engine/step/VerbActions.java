package org.actsandbox.scenarios.engine.step;

import org.actsandbox.scenarios.script.Verb;

/** Finds the action that plays a verb. */
public final class VerbActions {

  private VerbActions() {}

  public static StepAction of(Verb verb) {
    return switch (verb) {
      case SAY -> PrincipalActions::say;
      case CHOOSE -> PrincipalActions::choose;
      case APPROVE -> PrincipalActions::approve;
      case DECLINE -> (scenarioContext, _) -> PrincipalActions.decide(scenarioContext, "DECLINE");
      case CLOSE -> (scenarioContext, _) -> PrincipalActions.decide(scenarioContext, "CLOSE");
      case IGNORE -> (scenarioContext, _) -> PrincipalActions.ignore(scenarioContext);
      case CANCEL -> (scenarioContext, _) -> PrincipalActions.cancel(scenarioContext);
      case INTENT -> OutsidePurchaseActions::intent;
      case CART -> OutsidePurchaseActions::cart;
      case BILL -> OutsidePurchaseActions::bill;
      case PAY -> OutsidePurchaseActions::pay;
      case CASHIER -> CashierActions::cashier;
      case PROOF -> CashierActions::proof;
      case FETCH -> FetchAction::fetch;
      case DELEGATE -> AuthorityActions::delegate;
      case AUTHORIZE -> AuthorityActions::authorize;
      case SUSPEND, RESUME, REVOKE ->
          (scenarioContext, arguments) ->
              AuthorityActions.changeState(scenarioContext, arguments, verb);
      case EXPIRE -> AuthorityActions::expire;
      case SUB_ACCOUNT -> AuthorityActions::subAccount;
      case DISPUTE -> DisputeActions::dispute;
      case BUY -> CompetingBuyerActions::buy;
      case RACE -> CompetingBuyerActions::race;
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
          throw new IllegalStateException(
              "the player checks the expectations of check; there is no action for it");
    };
  }
}
