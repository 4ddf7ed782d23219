package org.actsandbox.agent.hosted;

import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.delegation.DelegatedAuthority;
import org.actsandbox.agent.delegation.DelegationServiceClient;
import org.actsandbox.agent.language.Directive;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.purchase.HostedPurchases;
import org.actsandbox.agent.purchase.Purchase;
import org.actsandbox.agent.search.PageOffers;
import org.actsandbox.agent.search.PlatformSearch;
import org.actsandbox.agent.search.RankedOffer;
import org.actsandbox.agent.search.SearchResult;
import org.actsandbox.agent.seller.AnnouncedService;
import org.actsandbox.agent.watch.DirectedIsrBuilder;
import org.actsandbox.agent.wire.AgentHttpClient;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.MerchantLevel;
import org.actsandbox.protocol.delegation.ConversationHistory;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.delegation.Isr;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Does for an agent that runs outside what needs this agent's key: it searches, confirms, requests
 * payments and asks for authority for one principal. It never approves, and it has no PIN. All its
 * calls are HTTP calls of the world's agent, which the journal records.
 */
public final class HostedBuyer {

  /** Ours: the offers, and the requests, that are remembered; older ones are forgotten. */
  private static final int MAX_REMEMBERED = 500;

  private final AgentWorld world;
  private final PlatformSearch platformSearch;
  private final HostedPurchases purchases;
  private final DelegationServiceClient delegations;
  private final DirectedIsrBuilder directedIsrBuilder;
  private final Calls calls;
  private final HostedServices services;
  private final ReentrantLock lock = new ReentrantLock();

  private final Map<String, FoundOffer> offers = bounded();

  /** Requests for authority that were made here; the service does not tell whose an intent is. */
  private final Map<String, Boolean> intents = bounded();

  /**
   * Holds the client for calls of the agent.
   *
   * @param timeout of one call
   * @param pageOffers finds the paid pages of gates
   */
  public record Calls(AgentHttpClient client, Duration timeout, PageOffers pageOffers) {}

  /**
   * Holds an offer with the intent under which it was found.
   *
   * @param announced what the seller of a service says; null for goods
   */
  public record FoundOffer(
      String intentId, RankedOffer ranked, @Nullable AnnouncedService announced) {}

  /**
   * Holds the services that were found.
   *
   * @param silent the reasons why sellers are left out, by their ids
   */
  public record FoundServices(
      String intentId, List<FoundOffer> offers, Map<String, String> silent) {}

  /**
   * Holds what a search found.
   *
   * @param intentId the id of the intent that the platforms were sent
   */
  public record Found(String intentId, SearchResult searchResult) {}

  public HostedBuyer(
      AgentWorld world,
      PlatformSearch platformSearch,
      HostedPurchases purchases,
      DelegationServiceClient delegations,
      DirectedIsrBuilder directedIsrBuilder,
      Calls calls) {
    this.world = world;
    this.platformSearch = platformSearch;
    this.purchases = purchases;
    this.delegations = delegations;
    this.directedIsrBuilder = directedIsrBuilder;
    this.calls = calls;
    this.services = new HostedServices(world, calls);
  }

  /** Asks all platforms of the wish's kind, and remembers the offers. */
  public Found search(String lang, Wish wish) {
    var intentId = world.ids().next("I");
    var proposal =
        platformSearch.search(intentId, lang, List.of(wish), null, new SilentSearchProgress());
    var found = proposal.searches().getFirst();
    remember(found.offers().stream().map(each -> new FoundOffer(intentId, each, null)).toList());
    return new Found(intentId, found);
  }

  /**
   * Reads the catalogs of all seller agents, asks the gates for the bills of their pages, and
   * remembers what they offer.
   *
   * @param service the seller's id of the service; null for any
   * @param words words that the announcement must hold; null for any
   */
  public FoundServices searchServices(@Nullable String service, @Nullable String words) {
    var found = services.search(world.ids().next("I"), service, words);
    remember(found.offers());
    return found;
  }

  private void remember(List<FoundOffer> found) {
    lock.lock();
    try {
      found.forEach(each -> offers.put(each.ranked().offer().offerId(), each));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns an offer that was found before.
   *
   * @throws Refusal {@code not_found}
   */
  public FoundOffer offer(String offerId) {
    lock.lock();
    try {
      var found = offers.get(offerId);
      if (found == null) {
        throw new Refusal(Problem.NOT_FOUND, "no offer of this id was found here")
            .at("offer_id")
            .observed(offerId)
            .remedy("Search again with search_offers, and use an offer_id of its answer.");
      }
      return found;
    } finally {
      lock.unlock();
    }
  }

  /** Says whether the price of an offer still holds. */
  public boolean isValid(FoundOffer found) {
    return world.now().isBefore(found.ranked().offer().validUntil());
  }

  /**
   * Represents what an agent outside wants to buy.
   *
   * @param key the agent's own id of the purchase; null for a new purchase in any case
   * @param seat a seat that the principal chose; null for any
   * @param input what a service works on; null for goods
   * @param delegationId the authority for the payment; null if the principal will be asked
   */
  public record Wanted(
      @Nullable String key,
      String offerId,
      @Nullable String seat,
      @Nullable JsonNode input,
      @Nullable String delegationId) {}

  /**
   * Confirms the cart of an offer, or returns what was confirmed with the same key, also if the
   * offer is forgotten meanwhile.
   */
  public Purchase confirm(Wanted wanted) {
    var key = wanted.key();
    var before = key == null ? Optional.<Purchase>empty() : purchases.findByKey(key);
    if (before.isPresent() && !isRemembered(wanted.offerId())) {
      return purchases.confirm(key, known(before.get(), wanted));
    }
    var found = offer(wanted.offerId());
    var delegationId = wanted.delegationId();
    var authority = delegationId == null ? null : authority(delegationId, found);
    var intentId = authority == null ? found.intentId() : authority.intentId();
    return purchases.confirm(
        key,
        new HostedPurchases.Choice(
            intentId,
            found.ranked(),
            wanted.seat(),
            authority == null ? null : authority.delegated(),
            serviceRequest(found, intentId, wanted)));
  }

  private boolean isRemembered(String offerId) {
    lock.lock();
    try {
      return offers.containsKey(offerId);
    } finally {
      lock.unlock();
    }
  }

  /** The offers are forgotten with a restart, and the purchase is not. */
  private HostedPurchases.Choice known(Purchase purchase, Wanted wanted) {
    if (!purchase.shown().offer().offerId().equals(wanted.offerId())) {
      throw new Refusal(Problem.DUPLICATE_REQUEST, "the idempotency key belongs to another offer")
          .at("idempotency_key")
          .observed(purchase.shown().offer().offerId())
          .remedy("Choose a new key for a new purchase.");
    }
    return new HostedPurchases.Choice(
        purchase.intentId(),
        purchase.shown(),
        purchase.seat(),
        purchase.delegated(),
        purchase.find(Purchase.SignedPaper.SERVICE_REQUEST).map(JsonNode::asString).orElse(null));
  }

  private @Nullable String serviceRequest(FoundOffer found, String intentId, Wanted wanted) {
    var announced = found.announced();
    if (announced == null) {
      if (wanted.input() != null) {
        throw new Refusal(Problem.INVALID_FIELD, "this offer takes no input")
            .at("input")
            .remedy("Leave it out: only a service works on an input.");
      }
      return null;
    }
    var input = wanted.input();
    if (input == null) {
      throw new Refusal(Problem.INVALID_FIELD, "a service needs something to work on")
          .at("input")
          .expected("an object such as " + announced.attribute("input"))
          .remedy("merchant_says of the offer has an example.");
    }
    return services.request(announced, intentId, wanted.delegationId(), input);
  }

  /** An authority that is to pay, with the intent that it came from. */
  private record Given(String intentId, DelegatedAuthority delegated) {}

  private Given authority(String delegationId, FoundOffer found) {
    var delegation = ownDelegation(delegationId);
    var intentId = delegation.path("intent_id").asString("");
    boolean isService = found.ranked().offer().kind() == MerchantKind.SERVICE;
    var mode = (isService ? DelegationMode.BOUNDED : DelegationMode.SPECIFIED).name();
    if (!delegation.path("mode").asString("").equals(mode)) {
      throw new Refusal(
              Problem.DELEGATION_MODE_MISMATCH,
              isService
                  ? "an authority for exactly these goods pays no service"
                  : "an authority for services pays no goods")
          .at("delegation_id")
          .expected("an authority of mode " + mode)
          .observed(delegation.path("mode").asString(""))
          .remedy("Ask for one with request_delegation.");
    }
    var credential = delegations.fetchCredential(delegationId, intentId);
    return new Given(intentId, new DelegatedAuthority(delegationId, credential.compact()));
  }

  public HostedPurchases purchases() {
    return purchases;
  }

  /** Fetches an order as its merchant shows it now; a gate has none but the bill. */
  public JsonNode order(Purchase purchase) {
    var platform = purchases.platform(purchase);
    if (platform.level() == MerchantLevel.GATE) {
      return purchases.bill(purchase);
    }
    return body(
        platform.id(),
        calls
            .client()
            .getWithKey(
                platform.at("/orders/" + purchase.orderNo()),
                purchase.intentId(),
                calls.timeout()));
  }

  /**
   * Fetches the agent's orders at all merchants, the newest first; where it has several principals,
   * those that were confirmed here for this one.
   */
  public List<JsonNode> orders(int limit) {
    // An order does not say for whom the agent bought it.
    boolean all = !world.delegations().forSeveral();
    return service("orders?limit=" + limit)
        .path("items")
        .valueStream()
        .filter(order -> all || purchases.find(order.path("order_no").asString("")).isPresent())
        .toList();
  }

  /** Fetches the attestation records of an order that the agent may read (TSD-ATT-OFF). */
  public JsonNode records(Purchase purchase) {
    var merchant = purchases.platform(purchase).did().value();
    var answer = (ObjectNode) service("trust/records?order_no=" + segment(purchase.orderNo()));
    // Another merchant may use the same order number.
    var own =
        answer
            .path("items")
            .valueStream()
            .filter(item -> namesNoOtherMerchant(item.path("record"), merchant))
            .toList();
    answer.putArray("items").addAll(own);
    return answer;
  }

  private static boolean namesNoOtherMerchant(JsonNode record, String merchant) {
    return record
        .path("participants")
        .valueStream()
        .filter(each -> each.path("role").asString("").equals("MERCHANT"))
        .allMatch(each -> each.path("participant_id").asString("").equals(merchant));
  }

  /** Fetches the disputes about an order. */
  public JsonNode disputes(Purchase purchase) {
    return service(
        "trust/disputes?order_no=%s&merchant=%s"
            .formatted(segment(purchase.orderNo()), segment(purchases.platform(purchase).id())));
  }

  /**
   * Asks the principal for an authority (mode SPECIFIED, ACT ADD-1); the principal decides on a
   * page of the console.
   *
   * @param said what the principal said, in their own words
   */
  public JsonNode requestDelegation(String said, List<Wish> wishes, Directive directive) {
    return requestDelegation(
        intentId -> directedIsrBuilder.of(history(said), intentId, wishes, directive));
  }

  /**
   * Asks the principal for an authority to buy services (mode BOUNDED, ACT ADD-1): no service is
   * named, because which one is cheapest is known only when it is bought.
   *
   * @param most highest price of one payment, in yuan
   * @param total highest sum of all payments, in yuan
   * @param until the last day
   */
  public JsonNode requestServiceDelegation(
      String said, BigDecimal most, BigDecimal total, LocalDate until) {
    return requestDelegation(
        intentId -> directedIsrBuilder.ofServices(history(said), intentId, most, total, until));
  }

  private static ConversationHistory history(String said) {
    return new ConversationHistory(
        Json.tree(said), null, List.of(ConversationHistory.InputMode.TEXT.name()), null);
  }

  private JsonNode requestDelegation(Function<String, Isr> draft) {
    var intentId = world.ids().next("I");
    var intent = delegations.sendDraft(draft.apply(intentId));
    lock.lock();
    try {
      intents.put(intentId, true);
    } finally {
      lock.unlock();
    }
    return intent;
  }

  /**
   * Returns a request for an authority.
   *
   * @throws Refusal {@code not_found} in a world with several principals, if it was not made here
   */
  public JsonNode intent(String intentId) {
    lock.lock();
    try {
      if (world.delegations().forSeveral() && !intents.containsKey(intentId)) {
        throw new Refusal(Problem.NOT_FOUND, "no such request was made here")
            .at("intent_id")
            .observed(intentId)
            .remedy("get_delegations without intent_id lists what was given.");
      }
    } finally {
      lock.unlock();
    }
    return delegations.fetchIntent(intentId);
  }

  /** Fetches the delegations of this principal to the agent. */
  public List<JsonNode> delegations() {
    var own = new ArrayList<JsonNode>();
    for (var each : delegations.fetchDelegations().path("items")) {
      if (isOwn(each)) {
        own.add(each);
      }
    }
    return own;
  }

  /** Gives an authority of this principal back; a second call changes nothing. */
  public void giveBack(String delegationId, String reason) {
    var delegation = ownDelegation(delegationId);
    delegations.revoke(delegationId, delegation.path("intent_id").asString(""), reason);
  }

  private JsonNode ownDelegation(String delegationId) {
    return Optional.of(delegations.fetchDelegation(segment(delegationId)))
        .filter(this::isOwn)
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "this principal gave no such authority")
                    .at("delegation_id")
                    .observed(delegationId)
                    .remedy("get_delegations lists the authorities."));
  }

  private boolean isOwn(JsonNode delegation) {
    return delegation
        .path("payload")
        .path("delegator_identity")
        .asString("")
        .equals(world.principalDid().value());
  }

  private JsonNode service(String path) {
    // The payment service's address is one segment below the world's.
    var target = world.psp().base().resolve(path);
    return body("sandbox", calls.client().getWithKey(target, "", calls.timeout()));
  }

  private static JsonNode body(String participant, OutboundClient.Answer answer) {
    return AgentHttpClient.body(participant, answer);
  }

  private static <V> Map<String, V> bounded() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > MAX_REMEMBERED;
      }
    };
  }

  private static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
