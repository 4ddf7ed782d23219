package org.actsandbox.merchants.intent;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.LongSupplier;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.protocol.commerce.IntentContext;
import org.actsandbox.protocol.commerce.IntentRequest;
import org.actsandbox.protocol.commerce.IntentResponse;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.FieldMistake;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.SenderChecks;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Answers a merchant's intent requests with offers (ACT CID-2, CID-3). */
public final class MerchantIntents {

  /** The clock of the sender may differ by this, in both directions. */
  public static final Duration MAX_CLOCK_DIFFERENCE = Duration.ofMinutes(5);

  private static final String CONTEXT = "context";
  private static final int MAX_CONTEXT_CHARS = 16 * 1024;

  private final MerchantContext merchantContext;
  private final MerchantIntentStore store;
  private final AgentRateLimiter rates;
  private final IntentSearch search;

  public MerchantIntents(MerchantContext merchantContext, LongSupplier nanoTime) {
    this.merchantContext = merchantContext;
    this.store = new MerchantIntentStore(merchantContext);
    this.rates = new AgentRateLimiter(merchantContext.world().requestsPerSecond(), nanoTime);
    this.search = new IntentSearch(merchantContext);
  }

  /** Returns the work that deletes requests which no update may follow any more. */
  public DueWork purge() {
    return new IntentPurge(merchantContext, store);
  }

  /**
   * Counts a request of a verified agent against its rate limit, for every kind of request.
   *
   * @throws Refusal {@code intent_rate_limited}
   */
  public void admit(Did agent) {
    rates.take(agent);
  }

  /**
   * Verifies an intent request, stores it and answers with offers.
   *
   * @throws Refusal the five recognizable errors of CID-3, or those of a bad signature
   */
  public IntentResponse answer(byte[] body) {
    var jsonMessage = JsonMessage.parse(body, Problem.INTENT_MALFORMED, Problem.INTENT_MALFORMED);
    var agent = jsonMessage.verifySigner(merchantContext.world().keys());
    admit(agent);
    var header = header(jsonMessage);
    SenderChecks.requireSigner(agent, header.agentId(), Problem.ACCESS_RESTRICTED);
    var now = merchantContext.now();
    var request = complete(jsonMessage, header);
    checkTime(header.timestamp(), now);
    var found = search(request, () -> remember(jsonMessage, header, request.context.toString()));
    merchantContext.note(
        JournalEvent.INTENT_ANSWERED,
        Map.of(JournalIds.INTENT_ID, header.intentId()),
        Map.of("request_id", header.requestId(), "offers", found.offers().size()));
    return new IntentResponse(
        header.requestId(),
        header.intentId(),
        merchantContext.id(),
        now,
        found.offers(),
        found.notConsidered().isEmpty() ? null : found.notConsidered());
  }

  /**
   * Holds the fields that are needed before an update is merged; the context is checked afterwards.
   */
  record Envelope(
      String requestId,
      @Nullable String previousRequestId,
      String intentId,
      String agentId,
      Instant timestamp) {

    void check() {
      MistakeCollector.checkAll(
          () -> SenderChecks.requireId("request_id", requestId, Problem.INTENT_MALFORMED),
          () -> SenderChecks.requireId("intent_id", intentId, Problem.INTENT_MALFORMED));
    }
  }

  /**
   * Reads the header of a request. If it has mistakes and the request is no update, the whole
   * request is read, so that one answer has all mistakes.
   */
  private Envelope header(JsonMessage jsonMessage) {
    try {
      var header = jsonMessage.bindStatement(Envelope.class);
      header.check();
      return header;
    } catch (Refusal incomplete) {
      if (!jsonMessage.raw().hasNonNull("previous_request_id")) {
        bind(jsonMessage.raw());
      }
      throw incomplete;
    }
  }

  private record CompleteRequest(IntentRequest bound, ObjectNode context) {}

  private CompleteRequest complete(JsonMessage jsonMessage, Envelope header) {
    var raw = jsonMessage.raw().deepCopy();
    var previous = header.previousRequestId();
    if (previous != null && raw.get(CONTEXT) instanceof ObjectNode changes) {
      raw.set(CONTEXT, IntentUpdateMerge.merge(contextOf(header, previous), changes));
    }
    var bound = bind(raw);
    var context = (ObjectNode) raw.path(CONTEXT);
    if (context.toString().length() > MAX_CONTEXT_CHARS) {
      throw new Refusal(Problem.INTENT_MALFORMED, "the context is too long")
          .at(CONTEXT)
          .expected("at most %d characters".formatted(MAX_CONTEXT_CHARS));
    }
    return new CompleteRequest(bound, context);
  }

  /**
   * Binds a request with its whole context.
   *
   * @throws Refusal {@code intent_malformed}; {@code constraint_unknown} if nothing else is wrong
   */
  private IntentRequest bind(ObjectNode raw) {
    try {
      return new JsonMessage(raw, Problem.INTENT_MALFORMED)
          .bind(IntentRequest.class, (request, mistakes) -> check(request.context(), mistakes));
    } catch (Refusal refusal) {
      var mistakes = refusal.mistakes();
      throw !mistakes.isEmpty() && mistakes.stream().allMatch(MerchantIntents::isConstraint)
          ? Refusal.of(Problem.CONSTRAINT_UNKNOWN, mistakes)
          : refusal;
    }
  }

  /** Checks the values of a context, whose mistaken parts are absent. */
  private void check(@Nullable IntentContext context, MistakeCollector mistakes) {
    if (context == null) {
      return;
    }
    mistakes.checkPresent(
        context.explicitNeeds(),
        needs -> {
          if (needs.size() != 1) {
            throw new Refusal(
                    Problem.INTENT_MALFORMED, "a request carries exactly one explicit need")
                .at(CONTEXT + ".explicit_needs")
                .expected("1 need")
                .observed(needs.size() + " needs");
          }
          if (needs.getFirst() != null) {
            merchantContext.vertical().checkNeed(needs.getFirst(), mistakes);
          }
        });
    ConstraintFilter.checkValues(context.constraints(), mistakes);
  }

  private static boolean isConstraint(FieldMistake mistake) {
    return mistake.reason() == FieldMistake.Reason.UNKNOWN
        && mistake.field().startsWith("context.constraints.");
  }

  private ObjectNode contextOf(Envelope header, String previous) {
    return store
        .find(header.agentId(), previous)
        .filter(request -> request.intentId().equals(header.intentId()))
        .map(request -> (ObjectNode) Json.parse(request.context()))
        .orElseThrow(
            () ->
                new Refusal(
                        Problem.PREVIOUS_REQUEST_UNKNOWN,
                        "this merchant does not know the request the update follows")
                    .at("previous_request_id")
                    .observed(previous)
                    .remedy("Send the whole need again without previous_request_id."));
  }

  private static void checkTime(Instant timestamp, Instant now) {
    if (Duration.between(timestamp, now).abs().compareTo(MAX_CLOCK_DIFFERENCE) > 0) {
      throw new Refusal(Problem.INTENT_MALFORMED, "the request is not of this time")
          .at("timestamp")
          .expected("within 5 minutes of " + now)
          .observed(timestamp.toString());
    }
  }

  /**
   * Searches, then remembers the request, whether or not anything was found. A search changes
   * nothing, and before the commit it uses the connection that the request is stored with; while
   * that waits for the file, others may take it.
   */
  private IntentSearch.Found search(CompleteRequest request, Runnable remember) {
    IntentSearch.Found found;
    try {
      found = search.offers(request.bound, request.context);
    } catch (Refusal nothing) {
      remember.run();
      throw nothing;
    }
    remember.run();
    return found;
  }

  private void remember(JsonMessage jsonMessage, Envelope header, String context) {
    var request =
        new MerchantIntentStore.StoredRequest(
            header.requestId(), header.agentId(), header.intentId(), jsonMessage.digest(), context);
    if (store.add(request, merchantContext.now())) {
      return;
    }
    // A search has no effect, so a repeated request is answered again with the current offers.
    var before = store.find(header.agentId(), header.requestId());
    if (before.isPresent() && !before.get().digest().equals(request.digest())) {
      throw new Refusal(Problem.DUPLICATE_REQUEST, "this request id was used with another content")
          .at("request_id")
          .observed(header.requestId())
          .remedy("Use a new request_id for every request and every update.");
    }
  }
}
