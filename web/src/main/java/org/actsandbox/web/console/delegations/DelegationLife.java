package org.actsandbox.web.console.delegations;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.actsandbox.protocol.payment.Payment;
import org.actsandbox.web.console.picture.LifePicture;
import org.actsandbox.web.console.picture.LifePicture.Event;
import org.actsandbox.web.console.words.PageText;

/** Draws what happened under a delegation on the line of its time. */
final class DelegationLife {

  /** Ours: more words than these on one line are read by no reader. */
  private static final int MOST_EVENTS = 24;

  private final DelegationCard delegationCard;
  private final PageText words;

  DelegationLife(DelegationCard delegationCard, PageText words) {
    this.delegationCard = delegationCard;
    this.words = words;
  }

  LifePicture picture(
      List<Payment> payments,
      List<RefusedDelegatedPayment> refused,
      List<DelegationHistory.Change> changes,
      Instant now) {
    var events = new ArrayList<Event>();
    for (var change : changes) {
      switch (change.event()) {
        case "delegation-issued" -> events.add(event("issued", change.at()));
        case "delegation-suspended" -> events.add(event("suspended", change.at()));
        case "delegation-resumed" -> events.add(event("resumed", change.at()));
        case "delegation-revoked" ->
            events.add(
                event(
                    delegationCard.stateClass().equals("done") ? "ended" : "revoked", change.at()));
        default -> {
          // What the agent does is in the list below; it does not change the delegation.
        }
      }
    }
    payments.forEach(
        payment ->
            events.add(
                new Event(
                    "paid",
                    payment.createdAt(),
                    words.amount(payment.amount(), payment.currency()))));
    refused.forEach(
        each ->
            events.add(
                new Event(
                    "refused", each.at(), "✕ " + words.amount(each.amount(), each.currency()))));
    var authority = delegationCard.authority();
    return LifePicture.of(
        authority.validityStartTime(),
        authority.validityEndTime(),
        now,
        events.subList(0, Math.min(events.size(), MOST_EVENTS)));
  }

  private Event event(String kind, Instant at) {
    return new Event(kind, at, words.say("life.event." + kind));
  }
}
