package org.actsandbox.agent.purchase;

import java.util.LinkedHashMap;
import java.util.function.Consumer;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.search.Proposal;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.protocol.commerce.Text;

/**
 * Remembers which merchants asked more in the cart than they had offered, so that a bait price does
 * not win the next comparison as well.
 */
public final class UnkeptPrices {

  /** Ours: a merchant is tried again when this many newer purchases are stored. */
  private static final int REMEMBERED_PURCHASES = 50;

  private final AgentWorld world;
  private final Purchases purchases;

  public UnkeptPrices(AgentWorld world, Purchases purchases) {
    this.world = world;
    this.purchases = purchases;
  }

  /**
   * Returns the proposal with the offers of such merchants after those of others.
   *
   * @param remark is called with what the principal is to know, once for each such merchant
   */
  public Proposal placeLast(Proposal found, Consumer<Text> remark) {
    var reasons = new LinkedHashMap<String, Text>();
    for (var unkept : purchases.latestUnkeptOffers(REMEMBERED_PURCHASES)) {
      var merchant = unkept.offer().merchantId();
      if (!reasons.containsKey(merchant)
          && found.all().stream().anyMatch(each -> each.offer().merchantId().equals(merchant))) {
        var price = unkept.total().decimal();
        reasons.put(merchant, AgentPhrases.bilingual("why.unkept", price));
        remark.accept(AgentPhrases.bilingual("assumed.unkept", world.nameOf(merchant), price));
      }
    }
    return reasons.isEmpty() ? found : found.withLast(reasons);
  }
}
