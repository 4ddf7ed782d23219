package org.actsandbox.sandbox.mutant.agent;

import java.util.List;
import org.actsandbox.sandbox.mutant.Mutant;

/** Lists the mutants of the buyer agent. */
public final class AgentMutants {

  public static final List<Mutant> ALL =
      List.of(
          Mutant.of(
              "own-check-skipped",
              "Requests every payment without checking it against its authority.",
              "从不先对照授权自查，什么付款都直接去申请。",
              "CID-6",
              new SkippedOwnCheck()),
          Mutant.of(
              "any-rise-tolerated",
              "Accepts every price rise at the cart, even beyond the tolerance.",
              "确认购物车时接受任何涨价，即使超出容忍度。",
              "CID-7",
              new UnlimitedPriceTolerance()),
          Mutant.of(
              "authority-kept",
              "Reports that its task is done, but keeps its authority.",
              "说任务已完成，却把授权留在手里。",
              "ADD-7",
              new RevocationNotSent()),
          Mutant.of(
              "budget-told-to-merchants",
              "Tells every merchant it asks how much the principal could pay at most.",
              "向每家商户询价时，把用户的预算也说了出去。",
              "CID-2",
              OversharingMessages.withBudget()),
          Mutant.of(
              "sentence-in-payment-request",
              "Sends the payment service the principal's own words along with the payment.",
              "付款时把用户的原话一并发给支付服务。",
              "PSD-3",
              OversharingMessages.withSentence()));

  private AgentMutants() {}
}
