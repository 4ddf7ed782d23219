package org.actsandbox.agent.purchase;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.payment.PaidResource;
import org.actsandbox.agent.payment.PaidResourceClient;
import org.actsandbox.agent.payment.PaidResourceClient.CheckedBill;
import org.actsandbox.agent.search.GoodsText;
import org.actsandbox.agent.search.PageOffers;
import org.actsandbox.agent.search.RankedOffer;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.agent.wire.AgentHttpClient;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.money.Money;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the page of a gate by the gate's name, its path and what its agent card says, if it has
 * one. The bill of the page is the offer.
 */
final class GateOffers implements PageOffers {

  private static final Logger LOG = LoggerFactory.getLogger(GateOffers.class);

  /** The words for the goods of a gate in a sentence that names the gate itself. */
  private static final Set<String> ANY_PAGE = Set.of("page", "web page", "网页", "页面");

  private final AgentHttpClient agentHttpClient;
  private final PaidResourceClient paidResourceClient;

  GateOffers(AgentHttpClient agentHttpClient, PaidResourceClient paidResourceClient) {
    this.agentHttpClient = agentHttpClient;
    this.paidResourceClient = paidResourceClient;
  }

  @Override
  public boolean isNamed(Platform gate, ShopWish wish) {
    var words = words(wish);
    return !words.isEmpty()
        && (ANY_PAGE.contains(words.toLowerCase(Locale.ROOT))
            || GoodsText.mentions(words, lastSegment(gate))
            || GoodsText.mentions(words, gate.id())
            || GoodsText.mentions(words, gate.name().en())
            || GoodsText.mentions(words, gate.name().zh()));
  }

  private static String words(ShopWish wish) {
    return String.join(
            " ", wish.terms() == null ? "" : wish.terms(), String.join(" ", wish.features()))
        .strip();
  }

  @Override
  public Optional<RankedOffer> find(
      Platform gate, int search, String intentId, ShopWish wish, Duration timeout) {
    if (!isNamed(gate, wish) && !describes(gate, intentId, wish, timeout)) {
      return Optional.empty();
    }
    var bill = paidResourceClient.fetchPageBill(resource(gate, intentId, List.of()));
    var limit = wish.maxPrice();
    if (limit != null && bill.amount().moreThan(Money.yuan(limit))) {
      return Optional.empty();
    }
    var offer = offer(gate, bill);
    return Optional.of(
        new RankedOffer(
            search,
            offer,
            wish.needs().getFirst(),
            AgentPhrases.bilingual("why.gate"),
            false,
            false));
  }

  private Offer offer(Platform gate, CheckedBill bill) {
    var price = bill.amount();
    var title = title(gate);
    return new Offer(
        "page:" + gate.id(),
        bill.resourceId(),
        gate.id(),
        gate.did().value(),
        MerchantKind.SERVICE,
        title,
        AgentPhrases.bilingual("gate.category"),
        1,
        List.of(new Offer.PriceLine("base", title, price.decimal())),
        price.decimal(),
        price.currency().getCurrencyCode(),
        1,
        bill.payBefore(),
        gate.at(gate.resource()).toString(),
        new OfferDetails.Service(lastSegment(gate), AgentPhrases.bilingual("gate.unit")),
        null,
        null);
  }

  static Text title(Platform gate) {
    return AgentPhrases.bilingual("gate.title", gate.name(), gate.resource());
  }

  /** Returns the page as a paid resource; its bill must say what is expected. */
  static PaidResource resource(
      Platform gate, String intentId, List<PaidResource.BillField> expected) {
    return new PaidResource(
        gate,
        intentId,
        gate.at(gate.resource()),
        null,
        expected,
        "the bill differs from what was shown in ");
  }

  /** A gate needs no card, so one that has none is known by its name alone. */
  private boolean describes(Platform gate, String intentId, ShopWish wish, Duration timeout) {
    var words = words(wish);
    var description = gate.name().en() + " " + gate.name().zh() + " " + pathWords(gate);
    if (words.isEmpty()) {
      return false;
    }
    if (GoodsText.mentions(description, words)) {
      return true;
    }
    try {
      var card =
          AgentHttpClient.body(
              gate,
              agentHttpClient.get(gate.at("/.well-known/agent-card.json"), intentId, timeout));
      return GoodsText.mentions(
          description
              + " "
              + card.path("name").asString("")
              + " "
              + card.path("description")
              + " "
              + card.path("skills"),
          words);
    } catch (ParticipantRefusal | NoAnswerException cardless) {
      LOG.debug("{} has no agent card: {}", gate.id(), cardless.getMessage());
      return false;
    }
  }

  private static String pathWords(Platform gate) {
    return gate.resource().replaceAll("[/._?=&-]+", " ");
  }

  /** Returns the last word of the path, such as report; page for the root. */
  private static String lastSegment(Platform gate) {
    return Arrays.stream(pathWords(gate).strip().split(" ", -1))
        .filter(word -> !word.isEmpty())
        .reduce((_, last) -> last)
        .map(word -> word.toLowerCase(Locale.ROOT))
        .orElse("page");
  }
}
