package org.actsandbox.merchants.intent;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.LongSupplier;
import org.actsandbox.merchants.Outlet;
import org.actsandbox.merchants.message.Message;
import org.actsandbox.merchants.message.Senders;
import org.actsandbox.protocol.commerce.IntentRequest;
import org.actsandbox.protocol.commerce.IntentResponse;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.time.DueWork;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Answers intents with offers (ACT CID-2, CID-3). */
public final class Intents {

  /** How far the sender's clock may be off, either way. */
  public static final Duration WINDOW = Duration.ofMinutes(5);

  private static final int MAX_CONTEXT_CHARS = 16 * 1024;

  private final Outlet outlet;
  private final IntentStore store;
  private final AgentRates rates;
  private final IntentSearch search;

  public Intents(Outlet outlet, LongSupplier nanoTime) {
    this.outlet = outlet;
    this.store = new IntentStore(outlet);
    this.rates = new AgentRates(outlet.world().requestsPerSecond(), nanoTime);
    this.search = new IntentSearch(outlet);
  }

  /** Forgets requests that no update may follow any more. */
  public DueWork purge() {
    return new IntentPurge(outlet, store);
  }

  /** Counts a request of a proven agent against its rate, whatever it asks for. */
  public void admit(Did agent) {
    rates.take(agent);
  }

  /**
   * @throws Refusal the five recognizable errors of CID-3, or a signature's
   */
  IntentResponse answer(byte[] body) {
    var message = Message.parse(body, Problem.INTENT_MALFORMED, Problem.INTENT_MALFORMED);
    var agent = message.signer(outlet.world().keys());
    admit(agent);
    var header = message.bind(Envelope.class);
    header.check();
    Senders.same(agent, header.agentId(), Problem.ACCESS_RESTRICTED);
    var now = outlet.now();
    checkTime(header.timestamp(), now);
    var request = complete(message, header);
    remember(message, header, request.context);
    var found = search.offers(request.bound, request.raw);
    outlet.note(
        ActComponent.CID_INT_XFR,
        "intent-answered",
        Map.of(JournalIds.INTENT_ID, header.intentId()),
        Map.of("request_id", header.requestId(), "offers", found.offers().size()));
    return new IntentResponse(
        header.requestId(),
        header.intentId(),
        outlet.id(),
        now,
        found.offers(),
        found.notConsidered().isEmpty() ? null : found.notConsidered());
  }

  /** What is needed before an update is merged; the context is looked at afterwards. */
  record Envelope(
      String requestId,
      @Nullable String previousRequestId,
      String intentId,
      String agentId,
      Instant timestamp) {

    void check() {
      Senders.id("request_id", requestId, Problem.INTENT_MALFORMED);
      Senders.id("intent_id", intentId, Problem.INTENT_MALFORMED);
    }
  }

  private record Whole(IntentRequest bound, ObjectNode raw, String context) {}

  private Whole complete(Message message, Envelope header) {
    var raw = message.raw().deepCopy();
    if (!(raw.get("context") instanceof ObjectNode context)) {
      throw new Refusal(Problem.INTENT_MALFORMED, "context is missing").at("context");
    }
    var previous = header.previousRequestId();
    if (previous != null) {
      context = IntentUpdate.merge(contextOf(header, previous), context);
      raw.set("context", context);
    }
    var text = context.toString();
    if (text.length() > MAX_CONTEXT_CHARS) {
      throw new Refusal(Problem.INTENT_MALFORMED, "the context is too long")
          .at("context")
          .expected("at most %d characters".formatted(MAX_CONTEXT_CHARS));
    }
    Vocabulary.check(context);
    return new Whole(
        Message.bind(raw, IntentRequest.class, Problem.INTENT_MALFORMED), context, text);
  }

  private ObjectNode contextOf(Envelope header, String previous) {
    return store
        .find(header.agentId(), previous)
        .filter(seen -> seen.intentId().equals(header.intentId()))
        .map(seen -> (ObjectNode) Json.parse(seen.context()))
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
    if (Duration.between(timestamp, now).abs().compareTo(WINDOW) > 0) {
      throw new Refusal(Problem.INTENT_MALFORMED, "the request is not of this time")
          .at("timestamp")
          .expected("within 5 minutes of " + now)
          .observed(timestamp.toString());
    }
  }

  private void remember(Message message, Envelope header, String context) {
    var seen =
        new IntentStore.Seen(
            header.requestId(), header.agentId(), header.intentId(), message.digest(), context);
    if (store.add(seen, outlet.now())) {
      return;
    }
    // A search has no effect, so the same request is simply answered again, with today's offers.
    var before = store.find(header.agentId(), header.requestId());
    if (before.isPresent() && !before.get().digest().equals(seen.digest())) {
      throw new Refusal(
              Problem.IDEMPOTENCY_CONFLICT, "this request id was used with another content")
          .at("request_id")
          .observed(header.requestId())
          .remedy("Use a new request_id for every request and every update.");
    }
  }
}
