package org.actsandbox.agent.hosted;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.delegation.DelegatedAuthority;
import org.actsandbox.agent.delegation.DelegationServiceClient;
import org.actsandbox.agent.language.Directive;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.purchase.HostedPurchases;
import org.actsandbox.agent.purchase.Purchase;
import org.actsandbox.agent.search.PlatformSearch;
import org.actsandbox.agent.search.RankedOffer;
import org.actsandbox.agent.search.SearchResult;
import org.actsandbox.agent.watch.DirectedIsrBuilder;
import org.actsandbox.agent.wire.AgentHttpClient;
import org.actsandbox.protocol.delegation.ConversationHistory;
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
  private final ReentrantLock lock = new ReentrantLock();

  private final Map<String, FoundOffer> offers = bounded();

  /** Requests for authority that were made here; the service does not tell whose an intent is. */
  private final Map<String, Boolean> intents = bounded();

  /**
   * Holds the client for calls of the agent.
   *
   * @param timeout of one call
   */
  public record Calls(AgentHttpClient client, Duration timeout) {}

  /** Holds an offer with the intent under which it was found. */
  public record FoundOffer(String intentId, RankedOffer ranked) {}

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
  }

  /** Asks all platforms of the wish's kind, and remembers the offers. */
  public Found search(String lang, Wish wish) {
    var intentId = world.ids().next("I");
    var proposal =
        platformSearch.search(intentId, lang, List.of(wish), null, new SilentSearchProgress());
    var found = proposal.searches().getFirst();
    lock.lock();
    try {
      found
          .offers()
          .forEach(each -> offers.put(each.offer().offerId(), new FoundOffer(intentId, each)));
    } finally {
      lock.unlock();
    }
    return new Found(intentId, found);
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
   * Confirms the cart of an offer, or returns what was confirmed with the same key.
   *
   * @param delegationId the authority for the payment; null if the principal will be asked
   */
  public Purchase confirm(
      @Nullable String key,
      FoundOffer found,
      @Nullable String seat,
      @Nullable String delegationId) {
    if (delegationId == null) {
      return purchases.confirm(key, found.intentId(), found.ranked(), seat, null);
    }
    var delegation = ownDelegation(delegationId);
    var intentId = delegation.path("intent_id").asString("");
    if (!delegation.path("mode").asString("").equals("SPECIFIED")) {
      throw new Refusal(
              Problem.DELEGATION_MODE_MISMATCH,
              "an autonomous authority pays from a sub-account, which has a key of its own")
          .at("delegation_id")
          .expected("an authority of mode SPECIFIED")
          .remedy("Ask for one with request_delegation.");
    }
    var credential = delegations.fetchCredential(delegationId, intentId);
    return purchases.confirm(
        key,
        intentId,
        found.ranked(),
        seat,
        new DelegatedAuthority(delegationId, credential.compact()));
  }

  public HostedPurchases purchases() {
    return purchases;
  }

  /** Fetches an order as its merchant shows it now. */
  public JsonNode order(Purchase purchase) {
    var platform = purchases.platform(purchase);
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
    var words =
        new ConversationHistory(
            Json.tree(said), null, List.of(ConversationHistory.InputMode.TEXT.name()), null);
    var intentId = world.ids().next("I");
    var intent = delegations.sendDraft(directedIsrBuilder.of(words, intentId, wishes, directive));
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
