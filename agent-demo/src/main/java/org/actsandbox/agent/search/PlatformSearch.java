package org.actsandbox.agent.search;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.actsandbox.agent.AgentTimeouts;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.language.Budget;
import org.actsandbox.agent.language.PlatformChoice;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.agent.wire.AgentHttpClient;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.commerce.IntentContext;
import org.actsandbox.protocol.commerce.IntentRequest;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Asks every platform of every wish's vertical at the same time (CID-2); while the world's clock
 * stands still, it asks them one after another, so that the order is always the same. A merchant is
 * told only the one need that it can serve: never the budget, another merchant's offers or the
 * principal's identity.
 */
public final class PlatformSearch {

  /** The codes of a merchant that understood the need and cannot serve it. */
  private static final Set<String> NO_OFFER_CODES = Set.of("no_match", "constraint_conflict");

  /** Ours: these pages cover a day's trains between two cities; later trains are not searched. */
  private static final int MAX_PAGES = 12;

  private final AgentWorld world;
  private final AgentTimeouts timing;
  private final AgentHttpClient agentHttpClient;
  private final AgentCards cards;
  private final PlatformSelection platformSelection;
  private final CatalogGoods catalogGoods;

  public PlatformSearch(
      AgentWorld world, AgentTimeouts timing, AgentHttpClient agentHttpClient, AgentCards cards) {
    this.world = world;
    this.timing = timing;
    this.agentHttpClient = agentHttpClient;
    this.cards = cards;
    this.platformSelection = new PlatformSelection(world);
    this.catalogGoods = new CatalogGoods(world, agentHttpClient);
  }

  /** Is called as the answers come in. */
  public interface Progress {

    void asking(Platform platform, int wish);

    void answered(Platform platform, int offers, int dropped);

    void leftOut(Platform platform, SearchResult.SkippedPlatform remark);
  }

  /**
   * The answer of one platform to one wish.
   *
   * @param complete whether these are all offers that the platform has for the wish
   * @param page the page that a gate sells; it is in no comparison with goods
   */
  private record Answer(
      List<OfferRanking.Candidate> candidates,
      int dropped,
      boolean complete,
      List<Text> reasons,
      Optional<RankedOffer> page) {}

  /**
   * Holds what is the same for all wishes of one search.
   *
   * @param budgeted whether there is a limit for everything together
   * @param ids the offers of the proposal so far; those that are found are added
   */
  private record Search(
      String intentId,
      String lang,
      boolean budgeted,
      PlatformChoice choice,
      Progress progress,
      PageOffers pages,
      Set<String> ids) {}

  /**
   * Searches for the wishes. It waits at most {@link AgentTimeouts#platform()}, however many
   * platforms are slow; while the clock stands still, it waits that long for each of them.
   */
  public Proposal search(
      String intentId, String lang, List<Wish> wishes, @Nullable Budget budget, Progress progress) {
    var search =
        new Search(
            intentId,
            lang,
            budget != null,
            PlatformChoice.ALL,
            progress,
            PageOffers.NONE,
            new HashSet<>());
    return Proposal.compose(intentId, searchAll(search, wishes), budget);
  }

  /**
   * Searches for the wishes, and asks gates as well, which sell a page without an order. A wish
   * that is not to be had gives way to its fallback, and a journey then to two trains that connect.
   *
   * @param choice the platforms that the principal wants asked
   * @param pages finds the pages
   */
  public Proposal search(
      String intentId,
      String lang,
      List<Wish> wishes,
      @Nullable Budget budget,
      PlatformChoice choice,
      Progress progress,
      PageOffers pages) {

    var search =
        new Search(intentId, lang, budget != null, choice, progress, pages, new HashSet<>());
    var searches = new ArrayList<SearchResult>();
    Function<Wish, SearchResult> single = wish -> searchAll(search, List.of(wish)).getFirst();
    for (var first : searchAll(search, wishes)) {
      var found = withFallback(first, single);
      var connected = ConnectingTrains.instead(found, single::apply);
      for (var each : connected.orElseGet(() -> List.of(ConnectingTrains.afterTrying(found)))) {
        searches.add(each.at(searches.size()));
      }
    }
    return Proposal.compose(intentId, searches, budget);
  }

  /** Returns the search of the fallback when only this one finds something. */
  private static SearchResult withFallback(
      SearchResult first, Function<Wish, SearchResult> search) {
    var fallback = first.wish().otherwise();
    if (!first.offers().isEmpty() || fallback == null) {
      return first;
    }
    var otherwise = search.apply(fallback);
    return otherwise.offers().isEmpty() ? first : otherwise;
  }

  private List<SearchResult> searchAll(Search search, List<Wish> wishes) {
    // The search does not wait for a late platform: its call ends at its own deadline, and the
    // answer is dropped.
    var asked = new ArrayList<Map<Platform, Future<Answer>>>();
    for (int i = 0; i < wishes.size(); i++) {
      asked.add(ask(search, wishes.get(i), i));
    }
    var deadline = Deadline.after(timing.platform());
    var searches = new ArrayList<SearchResult>();
    for (int i = 0; i < wishes.size(); i++) {

      var notAsked = platformSelection.notAsked(wishes.get(i), search.choice(), search.pages());
      searches.add(collect(search, wishes.get(i), i, asked.get(i), deadline).and(notAsked));
    }
    return searches;
  }

  private Map<Platform, Future<Answer>> ask(Search search, Wish wish, int index) {
    var pages = search.pages();
    var answers = new LinkedHashMap<Platform, Future<Answer>>();
    for (var platform : platformSelection.platforms(wish, search.choice(), pages)) {
      if (PlatformSelection.isConcerned(platform, wish, pages)) {
        search.progress().asking(platform, index);
      }
      var timeouts = timeouts();
      Callable<Answer> task =
          () ->
              switch (platform.level()) {
                case SHOP -> offers(search, platform, wish, timeouts);
                case ORDER -> goods(search, platform, wish, timeouts);
                case GATE -> page(search, platform, index, wish, timeouts);
              };
      var answer = new FutureTask<>(task);
      if (world.agenda().isStopped()) {
        answer.run();
      } else {
        Thread.ofVirtual().name("agent-search-" + platform.id()).start(answer);
      }
      answers.put(platform, answer);
    }
    return answers;
  }

  private Answer goods(Search search, Platform platform, Wish wish, Supplier<Duration> timeouts) {
    var found = catalogGoods.find(platform, search.intentId(), (ShopWish) wish, timeouts);
    return new Answer(found.candidates(), 0, found.complete(), List.of(), Optional.empty());
  }

  private static Answer page(
      Search search, Platform platform, int index, Wish wish, Supplier<Duration> timeouts) {
    var shop = (ShopWish) wish;
    var page = search.pages().find(platform, index, search.intentId(), shop, timeouts.get());
    return new Answer(List.of(), 0, true, List.of(), page);
  }

  /**
   * Returns the time for each call. While the clock stands still, each call has the full time and
   * as long as any other call: no principal waits, and the load of the machine must not decide
   * which platform is left out.
   */
  private Supplier<Duration> timeouts() {
    var platformTimeout = timing.platform();
    var longerTimeout =
        timing.call().compareTo(platformTimeout) > 0 ? timing.call() : platformTimeout;
    return world.agenda().isStopped()
        ? () -> longerTimeout
        : Deadline.after(platformTimeout)::remaining;
  }

  private SearchResult collect(
      Search search,
      Wish wish,
      int index,
      Map<Platform, Future<Answer>> answers,
      Deadline deadline) {
    var pages = search.pages();
    var ids = search.ids();
    var candidates = new ArrayList<OfferRanking.Candidate>();
    var skippedPlatforms = new ArrayList<SearchResult.SkippedPlatform>();
    var reasons = new LinkedHashSet<Text>();
    var complete = new AtomicBoolean(true);
    var asked = new ArrayList<String>();
    var own = new HashSet<String>();
    var named = new ArrayList<RankedOffer>();
    var related = new ArrayList<RankedOffer>();
    answers.forEach(
        (platform, future) -> {
          try {
            var answer = awaitAnswer(platform, future, deadline);
            boolean concerned = PlatformSelection.isConcerned(platform, wish, pages);
            if (!concerned && answer.page().isEmpty()) {
              return;
            }
            asked.add(platform.id());
            answer
                .page()
                .filter(page -> ids.add(page.offer().offerId()))
                .ifPresent(concerned ? named::add : related::add);
            // An id that two platforms use would make a choice ambiguous, so the first platform
            // keeps it, and so does the wish that shows it first.
            answer.candidates().stream()
                .filter(candidate -> !ids.contains(candidate.offer().offerId()))
                .filter(candidate -> own.add(candidate.offer().offerId()))
                .forEach(candidates::add);
            if (!answer.complete()) {
              complete.set(false);
            }
            reasons.addAll(answer.reasons());
            search
                .progress()
                .answered(
                    platform,
                    answer.candidates().size() + (answer.page().isPresent() ? 1 : 0),
                    answer.dropped());
          } catch (ParticipantRefusal | NoAnswerException failed) {
            if (!PlatformSelection.isConcerned(platform, wish, pages)) {
              return;
            }
            asked.add(platform.id());
            if (failed instanceof ParticipantRefusal refused
                && NO_OFFER_CODES.contains(refused.code())) {
              reasons.add(MerchantSaying.of(refused));
            }
            var remark = remark(platform, failed);
            skippedPlatforms.add(remark);
            search.progress().leftOut(platform, remark);
          }
        });
    var ranked = OfferRanking.rank(index, wish, candidates, complete.get());
    ranked.forEach(shown -> ids.add(shown.offer().offerId()));
    named.addAll(ranked);
    named.addAll(related);
    return new SearchResult(
        wish,
        List.copyOf(asked),
        List.copyOf(skippedPlatforms),
        List.copyOf(named),
        named.isEmpty() ? OfferRanking.nearest(wish, candidates) : Optional.empty(),
        named.isEmpty() ? List.copyOf(reasons) : List.of());
  }

  private static Answer awaitAnswer(Platform platform, Future<Answer> future, Deadline deadline) {
    try {
      return future.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException slow) {
      throw new NoAnswerException(platform.base(), true, slow);
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
      throw new NoAnswerException(platform.base(), false, cancelled);
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case ParticipantRefusal participantRefusal -> throw participantRefusal;
        case NoAnswerException noAnswerException -> throw noAnswerException;
        case null, default -> throw new IllegalStateException("search failed", failed);
      }
    }
  }

  private Answer offers(Search search, Platform platform, Wish wish, Supplier<Duration> timeouts) {
    cards.negotiationAddress(platform, search.intentId(), timeouts.get());
    var candidates = new ArrayList<OfferRanking.Candidate>();
    var reasons = new LinkedHashSet<Text>();
    int limit = SearchNeeds.limit(wish, search.budgeted());
    int dropped = 0;
    boolean complete = true;
    for (var need : SearchNeeds.of(wish, search.budgeted())) {
      Need page = need;
      for (int asked = 0; page != null && asked < MAX_PAGES; asked++) {
        var answer =
            ask(search, platform, page, limit, timeouts.get(), reasons)
                .or(
                    () ->
                        Optional.ofNullable(SearchNeeds.withKnownFeatures(need))
                            .flatMap(
                                known ->
                                    ask(search, platform, known, limit, timeouts.get(), reasons)))
                .orElse(List.of());
        var check = new ReceivedOfferCheck(platform, page, world.now());
        var good = new ArrayList<Offer>();
        for (var raw : answer) {
          check.check(raw).offer().ifPresent(good::add);
        }
        for (var offer : good) {
          candidates.add(new OfferRanking.Candidate(offer, need));
        }
        dropped += answer.size() - good.size();
        complete &= answer.size() < limit;
        page = answer.size() < limit ? null : TrainSearchPages.nextNeed(wish, page, good);
      }
    }
    return new Answer(candidates, dropped, complete, List.copyOf(reasons), Optional.empty());
  }

  /** Returns the offers; empty when the merchant says that it has none, whose reason is noted. */
  private Optional<List<JsonNode>> ask(
      Search search, Platform platform, Need need, int limit, Duration timeout, Set<Text> reasons) {
    var request = request(search, need, limit);
    try {
      var answer =
          agentHttpClient.post(
              platform.at("/intents"), search.intentId(), Json.write(request), timeout);
      return Optional.of(read(platform, request, limit, AgentHttpClient.body(platform, answer)));
    } catch (ParticipantRefusal nothing) {
      if (!nothing.code().equals("no_match")) {
        throw nothing;
      }
      if (reasons.isEmpty()) {
        reasons.add(MerchantSaying.of(nothing));
      }
      return Optional.empty();
    }
  }

  private List<JsonNode> read(Platform platform, IntentRequest request, int limit, JsonNode body) {
    if (!body.path("merchant_id").asString("").equals(platform.id())) {
      cards.forget(platform);
      throw ParticipantRefusal.untrusted(
          platform.id(), "foreign_answer", "another merchant answered");
    }
    if (!body.path("request_id").asString("").equals(request.requestId())
        || !body.path("offers").isArray()) {
      throw ParticipantRefusal.untrusted(
          platform.id(), "malformed_answer", "its answer has another form");
    }
    return body.path("offers").valueStream().limit(limit).toList();
  }

  private IntentRequest request(Search search, Need need, int limit) {
    var request =
        new IntentRequest(
            world.ids().next("Q"),
            null,
            search.intentId(),
            world.agent().value(),
            world.now(),
            IntentRequest.OFFERS,
            limit,
            new IntentContext(List.of(need), null, null, Map.of("language", search.lang()), null),
            null,
            null,
            null);
    return SignedJson.sign(request, IntentRequest.class, world.signer());
  }

  private static SearchResult.SkippedPlatform remark(Platform platform, RuntimeException failed) {
    return switch (failed) {
      case NoAnswerException late when late.isTimeout() ->
          leftOut(platform, "too_slow", AgentPhrases.bilingual("leftout.slow", platform.name()));
      case ParticipantRefusal participantRefusal ->
          leftOut(
              platform,
              participantRefusal.code(),
              AgentPhrases.bilingual(
                  "leftout.refused",
                  platform.name(),
                  NO_OFFER_CODES.contains(participantRefusal.code())
                      ? MerchantSaying.of(participantRefusal)
                      : participantRefusal.reason()));
      default ->
          leftOut(platform, "no_answer", AgentPhrases.bilingual("leftout.silent", platform.name()));
    };
  }

  private static SearchResult.SkippedPlatform leftOut(Platform platform, String code, Text reason) {
    return new SearchResult.SkippedPlatform(platform.id(), code, reason);
  }
}
