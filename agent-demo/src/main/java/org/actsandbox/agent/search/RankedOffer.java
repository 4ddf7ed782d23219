package org.actsandbox.agent.search;

import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.money.Money;

/**
 * An offer that passed every check, with the agent's reasons.
 *
 * @param need what was asked for; the only source of quantities
 * @param search which of the wishes it answers, from 0
 */
public record RankedOffer(
    int search, Offer offer, Need need, Text why, boolean recommended, boolean suspicious) {

  public Money total() {
    return Money.of(offer.total(), offer.currency());
  }

  RankedOffer recommended(boolean chosen) {
    return new RankedOffer(search, offer, need, why, chosen, suspicious);
  }
}
