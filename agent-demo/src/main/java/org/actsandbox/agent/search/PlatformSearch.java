package org.actsandbox.agent.search;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
import java.util.function.Supplier;
import org.actsandbox.agent.AgentTimeouts;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.language.Budget;
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

/**
 * Asks every platform of every wish's vertical at the same moment (CID-2); while the world's clock
 * stands still one after another, so that it always happens in the same order. Merchants hear the
 * one need they can serve: never the budget, another merchant's offers or who the principal is.
 */
public final class PlatformSearch {

  /** Ours: what one platform may contribute to one wish. */
  private static final int OFFERS_PER_PLATFORM = 10;

  /** Ours: a day's trains between two cities; what comes later is not looked for. */
  private static final int MAX_PAGES = 12;

  private final AgentWorld world;
  private final AgentTimeouts timing;
  private final AgentHttpClient agentHttpClient;
  private final AgentCards cards;

  public PlatformSearch(AgentWorld world, AgentTimeouts timing, AgentHttpClient agentHttpClient, AgentCards cards) {
    this.world = world;
    this.timing = timing;
    this.agentHttpClient = agentHttpClient;
    this.cards = cards;
  }

  /** Told as the answers come in. */
  public interface Progress {

    void asking(Platform platform, int wish);

    void answered(Platform platform, int offers, int dropped);

    void leftOut(Platform platform, SearchResult.SkippedPlatform remark);
  }

  private record Answer(List<OfferRanking.Candidate> candidates, int dropped) {}

  /**
   * Waits at most {@link AgentTimeouts#platform()}, however many platforms are slow; for each of them
   * while the clock stands still.
   */
  public Proposal search(
      String intentId, String lang, List<Wish> wishes, @Nullable Budget budget, Progress progress) {
    // Nobody waits for a platform that is late: its call ends at its own deadline, unheard.
    var asked = new ArrayList<Map<Platform, Future<Answer>>>();
    for (int i = 0; i < wishes.size(); i++) {
      asked.add(ask(intentId, lang, wishes.get(i), i, progress));
    }
    var deadline = Deadline.after(timing.platform());
    var searches = new ArrayList<SearchResult>();
    var ids = new HashSet<String>();
    for (int i = 0; i < wishes.size(); i++) {
      searches.add(collect(wishes.get(i), i, asked.get(i), deadline, ids, progress));
    }
    return Proposal.compose(intentId, searches, budget);
  }

  private Map<Platform, Future<Answer>> ask(
      String intentId, String lang, Wish wish, int index, Progress progress) {
    var answers = new LinkedHashMap<Platform, Future<Answer>>();
    for (var platform : world.platforms(wish.kindOf())) {
      progress.asking(platform, index);
      var patience = patience();
      Callable<Answer> task = () -> offers(platform, intentId, lang, wish, patience);
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

  /**
   * Where the clock stands still each call has all of it, and as long as any other call: nobody
   * watches, and how busy the machine is must not decide who is left out.
   */
  private Supplier<Duration> patience() {
    var usual = timing.platform();
    var longer = timing.call().compareTo(usual) > 0 ? timing.call() : usual;
    return world.agenda().isStopped() ? () -> longer : Deadline.after(usual)::remaining;
  }

  private SearchResult collect(
      Wish wish,
      int index,
      Map<Platform, Future<Answer>> answers,
      Deadline deadline,
      Set<String> ids,
      Progress progress) {
    var candidates = new ArrayList<OfferRanking.Candidate>();
    var skippedPlatform = new ArrayList<SearchResult.SkippedPlatform>();
    answers.forEach(
        (platform, future) -> {
          try {
            var answer = within(platform, future, deadline);
            // An id that two platforms use would make a choice ambiguous: the first one keeps it.
            answer.candidates().stream()
                .filter(candidate -> ids.add(candidate.offer().offerId()))
                .forEach(candidates::add);
            progress.answered(platform, answer.candidates().size(), answer.dropped());
          } catch (ParticipantRefusal | NoAnswerException failed) {
            var remark = remark(platform, failed);
            skippedPlatform.add(remark);
            progress.leftOut(platform, remark);
          }
        });
    var ranked = OfferRanking.rank(index, wish, candidates);
    return new SearchResult(
        wish,
        answers.keySet().stream().map(Platform::id).toList(),
        List.copyOf(skippedPlatform),
        ranked,
        ranked.isEmpty() ? OfferRanking.cheapest(candidates) : Optional.empty());
  }

  private static Answer within(Platform platform, Future<Answer> future, Deadline deadline) {
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

  private Answer offers(
      Platform platform, String intentId, String lang, Wish wish, Supplier<Duration> patience) {
    cards.negotiationAddress(platform, intentId, patience.get());
    var candidates = new ArrayList<OfferRanking.Candidate>();
    int dropped = 0;
    for (var need : wish.needs()) {
      Need page = need;
      for (int asked = 0; page != null && asked < MAX_PAGES; asked++) {
        var answer = ask(platform, intentId, lang, page, patience.get());
        var check = new ReceivedOfferCheck(platform, page, world.now());
        var good = new ArrayList<Offer>();
        for (var raw : answer) {
          check.check(raw).offer().ifPresent(good::add);
        }
        for (var offer : good) {
          candidates.add(new OfferRanking.Candidate(offer, need));
        }
        dropped += answer.size() - good.size();
        page = answer.size() < OFFERS_PER_PLATFORM ? null : TrainSearchPages.nextNeed(wish, page, good);
      }
    }
    return new Answer(candidates, dropped);
  }

  private List<tools.jackson.databind.JsonNode> ask(
      Platform platform, String intentId, String lang, Need need, Duration timeout) {
    var request = request(intentId, lang, need);
    var answer = agentHttpClient.post(platform.at("/intents"), intentId, Json.write(request), timeout);
    try {
      return read(platform, request, AgentHttpClient.body(platform, answer));
    } catch (ParticipantRefusal participantRefusal) {
      if (participantRefusal.code().equals("no_match")) {
        return List.of();
      }
      throw participantRefusal;
    }
  }

  private List<tools.jackson.databind.JsonNode> read(
      Platform platform, IntentRequest request, tools.jackson.databind.JsonNode body) {
    if (!body.path("merchant_id").asString("").equals(platform.id())) {
      cards.forget(platform);
      throw ParticipantRefusal.untrusted(platform.id(), "foreign_answer", "another merchant answered");
    }
    if (!body.path("request_id").asString("").equals(request.requestId())
        || !body.path("offers").isArray()) {
      throw ParticipantRefusal.untrusted(platform.id(), "malformed_answer", "its answer has another form");
    }
    return body.path("offers").valueStream().limit(OFFERS_PER_PLATFORM).toList();
  }

  private IntentRequest request(String intentId, String lang, Need need) {
    var request =
        new IntentRequest(
            world.ids().next("Q"),
            null,
            intentId,
            world.agent().value(),
            world.now(),
            IntentRequest.OFFERS,
            OFFERS_PER_PLATFORM,
            new IntentContext(List.of(need), null, null, Map.of("language", lang), null),
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
              AgentPhrases.bilingual("leftout.refused", platform.name(), participantRefusal.reason()));
      default -> leftOut(platform, "no_answer", AgentPhrases.bilingual("leftout.silent", platform.name()));
    };
  }

  private static SearchResult.SkippedPlatform leftOut(Platform platform, String code, Text reason) {
    return new SearchResult.SkippedPlatform(platform.id(), code, reason);
  }
}
