package org.actsandbox.scenarios.engine.step;

import java.util.List;
import java.util.function.Function;
import org.actsandbox.scenarios.engine.value.Mismatch;
import org.actsandbox.scenarios.script.Verb;
import tools.jackson.databind.JsonNode;

/** Finds what plays a verb and what judges its result. */
public final class VerbActions {

  private VerbActions() {}

  /**
   * Says how a verb is played.
   *
   * @param judge compares the result with what the verb normally leads to
   */
  public record VerbPlay(StepAction action, Function<JsonNode, List<Mismatch>> judge) {}

  public static VerbPlay of(Verb verb) {
    return switch (verb) {
      case SAY -> new VerbPlay(PrincipalActions::say, DefaultExpectations::conversation);
      case CHOOSE -> new VerbPlay(PrincipalActions::choose, DefaultExpectations::conversation);
      case APPROVE -> new VerbPlay(PrincipalActions::approve, DefaultExpectations::conversation);
      case DECLINE ->
          new VerbPlay(
              (scenarioContext, _) -> PrincipalActions.decide(scenarioContext, "DECLINE"),
              DefaultExpectations::conversation);
      case CLOSE ->
          new VerbPlay(
              (scenarioContext, _) -> PrincipalActions.decide(scenarioContext, "CLOSE"),
              DefaultExpectations::conversation);
      case IGNORE ->
          new VerbPlay(
              (scenarioContext, _) -> PrincipalActions.ignore(scenarioContext),
              DefaultExpectations::conversation);
      case CANCEL ->
          new VerbPlay(
              (scenarioContext, _) -> PrincipalActions.cancel(scenarioContext),
              DefaultExpectations::conversation);
      case INTENT -> new VerbPlay(OutsidePurchaseActions::intent, DefaultExpectations::success);
      case CART -> new VerbPlay(OutsidePurchaseActions::cart, DefaultExpectations::success);
      case BILL -> new VerbPlay(OutsidePurchaseActions::bill, DefaultExpectations::bill);
      case PAY -> new VerbPlay(OutsidePurchaseActions::pay, DefaultExpectations::success);
      case CASHIER -> new VerbPlay(CashierActions::cashier, DefaultExpectations::success);
      case PROOF -> new VerbPlay(CashierActions::proof, DefaultExpectations::success);
      case FETCH -> new VerbPlay(FetchAction::fetch, DefaultExpectations::success);
      case DELEGATE -> new VerbPlay(AuthorityActions::delegate, DefaultExpectations::success);
      case AUTHORIZE -> new VerbPlay(AuthorityActions::authorize, DefaultExpectations::success);
      case SUSPEND, RESUME, REVOKE ->
          new VerbPlay(
              (scenarioContext, arguments) ->
                  AuthorityActions.changeState(scenarioContext, arguments, verb),
              DefaultExpectations::success);
      case EXPIRE -> new VerbPlay(AuthorityActions::expire, DefaultExpectations::none);
      case SUB_ACCOUNT -> new VerbPlay(AuthorityActions::subAccount, DefaultExpectations::success);
      case DISPUTE -> new VerbPlay(DisputeActions::dispute, DefaultExpectations::success);
      case BUY -> new VerbPlay(CompetingBuyerActions::buy, DefaultExpectations::bought);
      case RACE -> new VerbPlay(CompetingBuyerActions::race, DefaultExpectations::none);
      case ADVANCE -> new VerbPlay(WorldActions::advance, DefaultExpectations::none);
      case CLOCK -> new VerbPlay(WorldActions::clock, DefaultExpectations::none);
      case FAULT -> new VerbPlay(WorldActions::fault, DefaultExpectations::none);
      case CLEAR -> new VerbPlay(WorldActions::clear, DefaultExpectations::none);
      case DISTURB -> new VerbPlay(WorldActions::disturb, DefaultExpectations::none);
      case TAMPER -> new VerbPlay(EvidenceActions::tamper, DefaultExpectations::success);
      case HEAL -> new VerbPlay(EvidenceActions::heal, DefaultExpectations::none);
      case ANCHOR -> new VerbPlay(EvidenceActions::anchor, DefaultExpectations::success);
      case BUNDLE -> new VerbPlay(EvidenceActions::bundle, DefaultExpectations::bundle);
      case CALL -> new VerbPlay(CallAction::call, DefaultExpectations::success);
      case CHECK ->
          throw new IllegalStateException(
              "the player checks the expectations of check; there is no action for it");
    };
  }
}
