package org.actsandbox.merchants.catalog;

import java.util.List;
import org.actsandbox.protocol.commerce.AgentCard;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.rule.ActComponent;

/** Lists the skills that an agent card names, each with its ACT component among the tags. */
final class AgentCardSkills {

  private static final AgentCard.Skill CATALOG =
      new AgentCard.Skill(
          "catalog",
          "Catalog",
          "Search what is for sale: GET catalog below the address of this merchant.",
          List.of("act", ActComponent.CID_MER_CAT.code()));

  private static final List<AgentCard.Skill> OF_GOODS =
      List.of(
          CATALOG,
          new AgentCard.Skill(
              "intent-transfer",
              "Offers for a need",
              "Answer a signed intent with offers: POST intents.",
              List.of("act", ActComponent.CID_INT_XFR.code())),
          new AgentCard.Skill(
              "cart-confirmation",
              "Cart confirmation",
              "Confirm a signed cart: price and stock are held. POST carts.",
              List.of("act", ActComponent.CID_CART_CFM.code())),
          new AgentCard.Skill(
              "a402-fulfilment",
              "Delivery against payment",
              "Deliver an order: 402 with the bill, then the resource for a payment proof.",
              List.of("act", ActComponent.PSD_PAY_A402.code())));

  private static final List<AgentCard.Skill> OF_SERVICES =
      List.of(
          CATALOG,
          new AgentCard.Skill(
              "a402-service",
              "Work against payment",
              "Work on a signed request: POST services/{service}, 402 with the bill, then the result for a"
                  + " payment proof.",
              List.of("act", ActComponent.PSD_PAY_A402.code())));

  private AgentCardSkills() {}

  static List<AgentCard.Skill> of(MerchantKind merchantKind) {
    return merchantKind.hasOffers() ? OF_GOODS : OF_SERVICES;
  }
}
