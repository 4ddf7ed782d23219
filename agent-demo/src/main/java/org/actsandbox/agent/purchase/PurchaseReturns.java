package org.actsandbox.agent.purchase;

import java.util.List;
import java.util.Locale;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.payment.PaidResourceClient;
import org.actsandbox.agent.payment.PaymentClient;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.agent.wire.CancellationMessage;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import tools.jackson.databind.JsonNode;

/**
 * Cancels an order that was bought when the principal says so, and tells what came of it. The
 * principal names the order by its number, because a cancellation may cost a part of the price.
 */
public final class PurchaseReturns {

  /** Ours: the principal's newest purchases, among which the order is looked for. */
  private static final int MAX_SEARCHED = 200;

  private final AgentWorld world;
  private final Purchases purchases;
  private final PaidResourceClient paidResourceClient;
  private final PaymentClient paymentClient;

  PurchaseReturns(
      AgentWorld world,
      Purchases purchases,
      PaidResourceClient paidResourceClient,
      PaymentClient paymentClient) {
    this.world = world;
    this.purchases = purchases;
    this.paidResourceClient = paidResourceClient;
    this.paymentClient = paymentClient;
  }

  /**
   * Cancels the order at its merchant and returns what the principal is told: what came back, or
   * why the order stays, and what to do next.
   *
   * @param orderNo as the principal wrote it, in any case
   */
  public Text cancel(String orderNo) {
    var named =
        purchases.latest(MAX_SEARCHED).stream()
            .filter(each -> each.orderNo().equalsIgnoreCase(orderNo))
            .toList();
    if (named.isEmpty()) {
      return AgentPhrases.bilingual("return.unknown", orderNo);
    }
    if (named.size() > 1) {
      return AgentPhrases.bilingual("return.several", orderNo);
    }
    return cancel(named.getFirst());
  }

  /** Returns the signed message that cancels an order of the agent. */
  public JsonNode message(String intentId, String orderNo) {
    return Json.parse(CancellationMessage.of(world, intentId, orderNo));
  }

  private Text cancel(Purchase purchase) {
    var orderNo = purchase.orderNo();
    if (!purchase.needsCart()) {
      return AgentPhrases.bilingual("return.page", orderNo);
    }
    if (purchase.state() != PurchaseState.DELIVERED) {
      return AgentPhrases.bilingual(
          "return.state." + purchase.state().name().toLowerCase(Locale.ROOT), orderNo);
    }
    var merchant = purchase.shown().offer().merchantId();
    var platform = world.platform(merchant);
    return platform.isEmpty()
        ? AgentPhrases.bilingual("return.gone", orderNo)
        : cancel(purchase, platform.get());
  }

  private Text cancel(Purchase purchase, Platform platform) {
    var orderNo = purchase.orderNo();
    try {
      var answer = paidResourceClient.cancel(platform, purchase.intentId(), orderNo);
      if (!List.of(OrderStatus.CANCELLED.name(), OrderStatus.REFUNDED.name())
          .contains(answer.path("status").asString(""))) {
        return AgentPhrases.bilingual("return.unclear", platform.name(), orderNo);
      }
    } catch (ParticipantRefusal refused) {
      return refused.status() >= 400 && refused.status() < 500
          ? AgentPhrases.bilingual(
              "return.refused", platform.name(), orderNo, withoutEnd(refused.reason()))
          : AgentPhrases.bilingual("return.unclear", platform.name(), orderNo);
    } catch (NoAnswerException silent) {
      return AgentPhrases.bilingual("return.silent", platform.name(), orderNo);
    }
    purchases.save(purchase.move(PurchaseState.RETURNED));
    return told(purchase, platform);
  }

  /** Takes the full stop from a sentence of the merchant, which becomes part of another one. */
  private static Text withoutEnd(Text sentence) {
    return new Text(
        sentence.en().replaceFirst("[.。]$", ""), sentence.zh().replaceFirst("[.。]$", ""));
  }

  /** Asks the payment service what came back, because the merchant's word moves no money. */
  private Text told(Purchase purchase, Platform platform) {
    try {
      var payment = paymentClient.query(purchase.paymentRequest(), purchase.tradeNo());
      var refunded = payment.path("refunded").asString("");
      if (!refunded.isEmpty()) {
        var back = Money.of(refunded, payment.path("currency").asString(""));
        if (!back.isZero()) {
          return AgentPhrases.bilingual(
              "return.done",
              purchase.orderNo(),
              "¥" + back.decimal(),
              "¥" + purchase.total().decimal());
        }
      }
    } catch (ParticipantRefusal | NoAnswerException unknown) {
      return AgentPhrases.bilingual("return.done.unknown", purchase.orderNo(), platform.name());
    }
    return AgentPhrases.bilingual("return.done.later", purchase.orderNo(), platform.name());
  }
}
