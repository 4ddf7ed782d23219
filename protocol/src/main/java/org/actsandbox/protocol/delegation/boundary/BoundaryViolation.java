package org.actsandbox.protocol.delegation.boundary;

import org.actsandbox.protocol.delegation.Extension.PriceDeviationAction;
import org.actsandbox.protocol.refusal.Refusal;

/**
 * A bound of a delegation that a payment would violate, with the expected and the observed value.
 *
 * @param action the agent's reaction (CID-7): the default is to pause and notify
 */
public record BoundaryViolation(
    Boundary boundary, String expected, String observed, PriceDeviationAction action) {

  public Refusal refusal() {
    return new Refusal(boundary.problem(), sentence())
        .at(field())
        .expected(expected)
        .observed(observed)
        .remedy(remedy());
  }

  private String sentence() {
    return switch (boundary) {
      case NOT_BEGUN -> "the delegation is not valid yet";
      case OVER -> "the delegation is over";
      case SUSPENDED -> "the delegation is suspended";
      case REVOKED -> "the delegation was revoked";
      case AGENT -> "the delegation is another agent's";
      case PRINCIPAL -> "the delegation is another principal's";
      case MODE -> "the delegation is not for this kind of payment";
      case CURRENCY -> "the delegation is for another currency";
      case SINGLE_AMOUNT -> "the amount is outside the limits for one payment";
      case CUMULATIVE_AMOUNT -> "the payments together would be more than was delegated";
      case PRICE_DEVIATION -> "the price is further from what the principal saw than tolerated";
      case METHOD -> "the delegation does not allow this way of paying";
      case MERCHANT -> "the delegation does not allow this merchant";
      case CATEGORY -> "the delegation does not allow this category";
      case GOODS_STATED -> "the merchant's signed order does not say what is bought";
      case TARGET -> "this is not what the principal specified";
      case TARGET_TIMES -> "what the principal specified was bought already";
      case FULFILMENT_TIME -> "it would not be delivered when the principal needs it";
      case PLAN -> "the plan the principal approved has no payment now";
      case RETRIES -> "the order failed as often as the delegation lets it be tried";
    };
  }

  private String field() {
    return switch (boundary) {
      case NOT_BEGUN -> "validity_start_time";
      case OVER -> "validity_end_time";
      case SUSPENDED, REVOKED -> "credential_status";
      case AGENT -> "agent_id";
      case PRINCIPAL -> "delegator_identity";
      case MODE -> "delegation_mode";
      case CURRENCY -> "currency";
      case SINGLE_AMOUNT -> "ext.commerce.max_single_amount";
      case CUMULATIVE_AMOUNT -> "max_total_amount";
      case PRICE_DEVIATION -> "ext.agent_behavior.price_deviation_tolerance";
      case METHOD -> "allowed_payment_methods";
      case MERCHANT -> "ext.commerce.allowed_merchants";
      case CATEGORY -> "ext.commerce.allowed_categories";
      case GOODS_STATED -> "order.lines.facts";
      case TARGET, TARGET_TIMES -> "ext.vendor_private.targets";
      case FULFILMENT_TIME -> "ext.fulfillment.delivery_time_requirement";
      case PLAN -> "ext.vendor_private.plan";
      case RETRIES -> "ext.agent_behavior.max_retry_count";
    };
  }

  private String remedy() {
    return switch (boundary) {
      case NOT_BEGUN, PLAN -> "Wait until then.";
      case SUSPENDED -> "Wait until the principal resumes the delegation, or ask the principal.";
      case OVER, REVOKED -> "Ask the principal for a new delegation.";
      case AGENT, PRINCIPAL, MODE -> "Use the delegation that was given for this.";
      case RETRIES -> "Stop; tell the principal.";
      case GOODS_STATED ->
          "Send the merchant's signed order along; where it has no facts, buy elsewhere or ask the"
              + " principal to confirm the payment.";
      case TARGET_TIMES -> "Stop: it was bought. For another one ask for a new delegation.";
      default ->
          action == PriceDeviationAction.AUTO_CANCEL
              ? "Cancel the purchase and record why."
              : "Pause and ask the principal.";
    };
  }
}
