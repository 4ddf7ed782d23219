package org.actsandbox.agent.purchase;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.conversation.Narrator;
import org.actsandbox.agent.purchase.Purchase.Paper;
import org.actsandbox.agent.text.Phrases;
import org.actsandbox.agent.wire.Refused;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.rule.ActComponent;

/** The step from a signed cart to a held order (CID-6 to CID-8). */
final class Confirmation {

  private final AgentWorld world;
  private final Purchases purchases;
  private final Carts carts;
  private final Ends ends;
  private final Deviations deviations;
  private final SelfCheck selfCheck;

  Confirmation(AgentWorld world, Purchases purchases, Carts carts, Ends ends, SelfCheck selfCheck) {
    this.world = world;
    this.purchases = purchases;
    this.carts = carts;
    this.ends = ends;
    this.deviations = new Deviations(world);
    this.selfCheck = selfCheck;
  }

  /** Checks it beforehand, confirms it, and says what became of it. */
  void hold(Purchase purchase, List<Purchase> all, Platform platform, Narrator narrator) {
    var limit = purchase.budget() == null ? null : purchase.budget().money();
    var broken = PreCheck.broken(world, purchase, all, limit);
    Purchasing.note(
        world,
        purchase,
        JournalNote.Kind.DECISION,
        ActComponent.CID_CART_CFM,
        broken.isEmpty() ? "pre-check-passed" : "pre-check-failed",
        Map.of(
            "rule", broken.orElse("CID-6"),
            "total", purchase.agreed().decimal(),
            "taken", PreCheck.taken(all).decimal()));
    if (broken.isPresent()) {
      boolean stale = broken.get().equals("offer_expired");
      ends.end(
          purchase,
          stale ? PurchaseState.UNAVAILABLE : PurchaseState.FAILED,
          broken.get(),
          Phrases.both("buy.precheck." + broken.get(), purchase.title()));
      return;
    }
    var outside = selfCheck.broken(purchase, platform);
    if (outside.isPresent()) {
      ends.end(purchase, PurchaseState.FAILED, outside.get().code(), outside.get().reason());
      return;
    }
    narrator.step(
        "cart", Narrator.Step.RUNNING, platform.id(), narrator.say("step.cart", purchase.title()));
    try {
      confirm(purchase, platform, narrator);
    } catch (Refused refused) {
      var dearer =
          refused.code().equals("price_changed")
              ? deviations.accepted(purchase, all, limit, refused)
              : Optional.<Money>empty();
      if (dearer.isPresent()) {
        purchases.save(purchase.with(Paper.CART, carts.sign(purchase, dearer.get())));
        narrator.step(
            "cart",
            Narrator.Step.RUNNING,
            platform.id(),
            narrator.say("step.cart.dearer", platform.name(), dearer.get().decimal()));
        return;
      }
      narrator.step(
          "cart",
          Narrator.Step.FAILED,
          platform.id(),
          narrator.say("step.cart.failed", platform.name(), refused.words()));
      unavailable(purchase, platform, refused);
    }
  }

  private void confirm(Purchase purchase, Platform platform, Narrator narrator) {
    var order = carts.confirm(purchase, platform);
    var held = purchases.save(purchase.with(Paper.ORDER, order).move(PurchaseState.HELD));
    Purchasing.note(
        world, held, JournalNote.Kind.STATE, ActComponent.CID_CART_CFM, "cart-confirmed", Map.of());
    narrator.tell("cart", Map.of("order", order));
    var text =
        purchase.agreed().moreThan(held.total())
            ? narrator.say("step.cart.cheaper", platform.name(), held.total().decimal())
            : narrator.say("step.cart.done", platform.name(), held.orderNo());
    narrator.step("cart", Narrator.Step.DONE, platform.id(), text);
  }

  /** Only what another offer could heal counts as unavailable; the rest is a failure. */
  private void unavailable(Purchase purchase, Platform platform, Refused refused) {
    boolean healable =
        switch (refused.code()) {
          case "sold_out", "price_changed", "offer_expired", "hold_expired" -> true;
          default -> false;
        };
    if (!healable) {
      throw refused;
    }
    boolean cancelled = refused.code().equals("price_changed") && deviations.cancels();
    ends.end(
        purchase,
        cancelled ? PurchaseState.DECLINED : PurchaseState.UNAVAILABLE,
        refused.code(),
        Phrases.both("buy.unavailable." + refused.code(), purchase.title(), platform.name()));
  }
}
