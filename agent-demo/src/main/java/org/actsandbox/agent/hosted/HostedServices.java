package org.actsandbox.agent.hosted;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.search.RankedOffer;
import org.actsandbox.agent.seller.AnnouncedService;
import org.actsandbox.agent.seller.BuyerCredentials;
import org.actsandbox.agent.seller.ServiceAnnouncements;
import org.actsandbox.agent.seller.ServiceRequests;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.MerchantLevel;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Finds the services of seller agents and the paid pages of gates, and signs the requests for them.
 */
final class HostedServices {

  private final AgentWorld world;
  private final HostedBuyer.Calls calls;
  private final ServiceRequests serviceRequests;
  private final BuyerCredentials buyerCredentials;

  HostedServices(AgentWorld world, HostedBuyer.Calls calls) {
    this.world = world;
    this.calls = calls;
    this.serviceRequests = new ServiceRequests(world);
    this.buyerCredentials = new BuyerCredentials(world, calls.client(), calls.timeout());
  }

  /**
   * Reads the catalogs of all sellers, and asks the gates for the bills of their pages.
   *
   * @param service the seller's id of the service; null for any, and for pages
   * @param words words that the announcement must hold; null for any
   */
  HostedBuyer.FoundServices search(
      String intentId, @Nullable String service, @Nullable String words) {
    var announced = ServiceAnnouncements.fetch(world, calls.client(), calls.timeout());
    var matching =
        announced.services().stream()
            .filter(each -> service == null || each.service().equals(service))
            .filter(each -> words == null || holds(each, words))
            .sorted(
                Comparator.comparing(AnnouncedService::service)
                    .thenComparing(each -> Money.yuan(each.price()))
                    .thenComparing(each -> each.platform().id()))
            .toList();
    var offers = new ArrayList<HostedBuyer.FoundOffer>();
    var services = new HashSet<String>();
    for (var each : matching) {
      // The first of each service is its cheapest one.
      boolean cheapest = services.add(each.service());
      offers.add(new HostedBuyer.FoundOffer(intentId, ranked(each, cheapest), each));
    }
    var silent = new HashMap<>(announced.silent());
    if (service == null) {
      addPages(intentId, words, offers, silent);
    }
    return new HostedBuyer.FoundServices(intentId, List.copyOf(offers), Map.copyOf(silent));
  }

  private void addPages(
      String intentId,
      @Nullable String words,
      List<HostedBuyer.FoundOffer> offers,
      Map<String, String> silent) {
    for (var gate : world.platforms(MerchantLevel.GATE)) {
      // The name of a gate finds its page.
      var wish =
          new ShopWish(
              words == null ? gate.id() : words,
              null,
              null,
              List.of(),
              1,
              null,
              null,
              null,
              List.of(),
              null,
              null);
      try {
        calls
            .pageOffers()
            .find(gate, 0, intentId, wish, calls.timeout())
            .ifPresent(page -> offers.add(new HostedBuyer.FoundOffer(intentId, page, null)));
      } catch (ParticipantRefusal | NoAnswerException absent) {
        silent.put(gate.id(), String.valueOf(absent.getMessage()));
      }
    }
  }

  private static boolean holds(AnnouncedService announced, String words) {
    var text =
        String.join(
                " ",
                announced.service(),
                announced.platform().id(),
                announced.name().en(),
                announced.name().zh(),
                announced.about().en(),
                announced.about().zh(),
                String.join(" ", announced.attributes().values()))
            .toLowerCase(Locale.ROOT);
    return List.of(words.toLowerCase(Locale.ROOT).strip().split("\\s+")).stream()
        .allMatch(text::contains);
  }

  private static RankedOffer ranked(AnnouncedService announced, boolean cheapest) {
    var offer =
        new Offer(
            "service:" + announced.platform().id() + ":" + announced.service(),
            announced.service(),
            announced.platform().id(),
            announced.platform().did().value(),
            MerchantKind.SERVICE,
            announced.name(),
            AgentPhrases.bilingual("service.category"),
            1,
            List.of(new Offer.PriceLine("base", announced.name(), announced.price())),
            announced.price(),
            Money.CNY.getCurrencyCode(),
            1,
            announced.priceUntil(),
            "catalog/" + announced.service(),
            new OfferDetails.Service(announced.service(), AgentPhrases.bilingual("service.unit")),
            null,
            null);
    // A service is asked for directly: no need is sent to anyone.
    var need = new Need.Shop(announced.service(), null, null, List.of(), 1, null, null);
    return new RankedOffer(0, offer, need, AgentPhrases.bilingual("why.service"), cheapest, false);
  }

  /**
   * Signs the request for an announced service, with the credential that its seller asks for.
   *
   * @param delegationId the authority that pays; null if the principal will be asked
   */
  String request(
      AnnouncedService announced, String intentId, @Nullable String delegationId, JsonNode input) {
    var credential =
        buyerCredentials
            .find(announced.attribute(BuyerCredentials.ATTRIBUTE), announced.platform())
            .orElse(null);
    return serviceRequests.sign(intentId, delegationId, input, credential);
  }
}
