package org.actsandbox.scenarios.mission.run;

import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.actsandbox.client.EventStream;
import org.actsandbox.client.TargetWorld;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Follows the journal of a mission's world: it counts what the agent does, keeps a story and a
 * recording of it, and wakes the principal when there may be something to decide.
 */
final class AgentTrail implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AgentTrail.class);

  private static final int MAX_LINES = 120;
  private static final int MAX_TALK_CHARS = 160;

  /** Events that belong to the story, no matter which participant causes them. */
  private static final Set<String> TOLD_EVENTS =
      Set.of(
          "order-paid",
          "delivered",
          "refunded",
          "hold-expired",
          "order-cancelled",
          "delegation-issued",
          "delegation-revoked",
          "dispute-opened");

  /** The failures of a configured model that are its provider's and not its own. */
  private static final Set<String> PROVIDER_FAILURES =
      Set.of(
          "key_refused",
          "rate_limited",
          "unknown_model",
          "provider_broken",
          "unreachable",
          "unreadable",
          "cut",
          "silent");

  private final EventStream stream;
  private final String agentId;
  private final LinkedBlockingQueue<Boolean> wakes = new LinkedBlockingQueue<>();
  private final List<StoryPart> story = new ArrayList<>();
  private final MissionRecorder recorder = new MissionRecorder();
  private final List<Long> paymentRequests = new ArrayList<>();
  private final List<Long> authorityRequests = new ArrayList<>();
  private long calls;
  private long modelCalls;
  private long tokens;
  private @Nullable String providerFailure;
  private final List<Long> carts = new ArrayList<>();
  private final List<Pattern> secrets;
  private long secretAt;
  private long lastSeq;
  private boolean isRecorded;

  /** Is a line of the story with the number of the entry that it is or, as talk, comes after. */
  private record StoryPart(long after, MissionResult.StoryLine line) {}

  /**
   * Begins to follow the journal.
   *
   * @param secrets words that no merchant may receive
   */
  AgentTrail(TargetWorld targetWorld, String agentId, List<String> secrets) {
    this.agentId = agentId;
    this.secrets =
        secrets.stream()
            .map(word -> Pattern.compile("(?<![A-Za-z0-9])" + Pattern.quote(word)))
            .toList();
    this.stream =
        new EventStream(targetWorld.api("/journal/stream"), targetWorld.keys().operator());
    Thread.ofVirtual().name("agent-trail-" + targetWorld.world()).start(this::follow);
  }

  /** Waits until there may be something to decide; false if the time was over before. */
  boolean awaitWake(Duration time) throws InterruptedException {
    var wake = wakes.poll(time.toMillis(), TimeUnit.MILLISECONDS);
    wakes.clear();
    return wake != null;
  }

  /** Waits until the stream has shown the entry with this number, or the time is over. */
  synchronized void awaitSeq(long seq, Duration time) throws InterruptedException {
    long deadline = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos();
        lastSeq < seq && left > 0;
        left = deadline - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  synchronized long calls() {
    return calls;
  }

  /** Returns how often the agent's configured model was called. */
  synchronized long modelCalls() {
    return modelCalls;
  }

  /** Returns the tokens that the provider of the configured model counted. */
  synchronized long tokens() {
    return tokens;
  }

  /** Returns how the provider of the configured model failed first; null if it did not. */
  synchronized @Nullable String providerFailure() {
    return providerFailure;
  }

  synchronized int carts() {
    return carts.size();
  }

  /** Returns the number of the n-th cart in the journal, from 1; 0 if there is none. */
  synchronized long cart(int number) {
    return number > 0 && number <= carts.size() ? carts.get(number - 1) : 0;
  }

  /** Returns the number of the first entry in which the agent sent a secret; 0 if there is none. */
  synchronized long secretAt() {
    return secretAt;
  }

  /** Returns the number of the n-th payment request in the journal, from 1; 0 if there is none. */
  synchronized long paymentRequest(int number) {
    return number > 0 && number <= paymentRequests.size() ? paymentRequests.get(number - 1) : 0;
  }

  synchronized long lastAuthorityRequest() {
    return authorityRequests.isEmpty() ? 0 : authorityRequests.getLast();
  }

  synchronized List<MissionResult.StoryLine> story() {
    return story.stream()
        .sorted(
            Comparator.comparingLong(StoryPart::after)
                .thenComparing(part -> part.line().seq() == 0))
        .map(StoryPart::line)
        .toList();
  }

  /** Ends the recording of the journal and returns it; later entries are not in it. */
  synchronized List<String> recording(URI base, JsonNode identities) {
    isRecorded = true;
    return recorder.finish(base, agentId, identities);
  }

  private void follow() {
    try {
      for (var entry = stream.next(); entry.isPresent(); entry = stream.next()) {
        add(entry.get());
      }
    } catch (UncheckedIOException | IllegalStateException closed) {
      LOG.debug("the journal is no longer followed", closed);
    }
  }

  private synchronized void add(JsonNode entry) {
    lastSeq = entry.path("seq").asLong();
    if (!isRecorded) {
      recorder.add(entry);
    }
    notifyAll();
    var data = entry.path("data");
    boolean byAgent = entry.path("actor").asString("").equals(agentId);
    if (entry.path("kind").asString("").equals("EXCHANGE")) {
      if (byAgent || isAgentWithoutKey(entry, data)) {
        exchange(entry, data);
      }
      return;
    }
    var event = entry.path("event").asString("");
    if (event.equals("model-asked")) {
      modelCalls++;
    }
    var failure = data.path("failure").asString("");
    if (providerFailure == null
        && event.equals("model-failed")
        && PROVIDER_FAILURES.contains(failure)) {
      providerFailure = failure;
    }
    if (event.equals("model-answered")) {
      tokens += Math.max(0, data.path("tokens").asLong(0));
    }
    if (byAgent || event.equals("intent-created")) {
      wakes.add(true);
    }
    if (TOLD_EVENTS.contains(event)) {
      tell(entry, event);
    }
  }

  /**
   * Says whether the agent sent a message without its role key, which merchants do not ask for. A
   * mission's world has no other caller without a name, but for this program, which reads profiles.
   */
  private boolean isAgentWithoutKey(JsonNode entry, JsonNode data) {
    if (!entry.path("actor").asString("").equals("anonymous")) {
      return false;
    }
    var signer = data.at("/request_body/json/signer_id").asString("");
    boolean isOwnReading = entry.path("event").asString("").equals("merchant-profile");
    return signer.startsWith(agentId + "#")
        || (data.path("path").asString("").startsWith("/merchants/") && !isOwnReading);
  }

  private void exchange(JsonNode entry, JsonNode data) {
    calls++;
    var method = data.path("method").asString("");
    var path = data.path("path").asString("");
    int status = data.path("status").asInt();
    boolean isPost = method.equals("POST");
    if (isPost && path.endsWith("/carts")) {
      carts.add(lastSeq);
    }
    if (secretAt == 0 && path.startsWith("/merchants/") && tellsSecret(data)) {
      secretAt = lastSeq;
    }
    if (isPost && path.contains("/psp/") && path.endsWith("payments")) {
      paymentRequests.add(lastSeq);
    }
    if (isPost && path.endsWith("/delegations/intents")) {
      authorityRequests.add(lastSeq);
    }
    if (path.contains("/psp/") || path.contains("/delegations/")) {
      wakes.add(true);
    }
    var code = code(data.at("/response_body/json"));
    boolean isRead = method.equals("GET") && status != 402 && path.contains("/psp/");
    if (!isRead && !path.contains("/.well-known/")) {
      tell(entry, "%s %s %d%s".formatted(method, path, status, code == null ? "" : " " + code));
    }
  }

  private boolean tellsSecret(JsonNode exchange) {
    var body = exchange.path("request_body").toString();
    return secrets.stream().anyMatch(word -> word.matcher(body).find());
  }

  private static @Nullable String code(JsonNode body) {
    var code = body.at("/error/details/code").asString(body.path("code").asString(""));
    return code.isEmpty() ? null : code;
  }

  /**
   * Adds to the story what the agent said to its principal, which no journal has.
   *
   * @param after the number of the newest journal entry then, which this trail may not have yet
   */
  synchronized void tellTalk(long after, String said, String answered) {
    if (story.size() < MAX_LINES) {
      var what = shortened(said) + " → " + shortened(answered);
      var actor = agentId.replace("did:act:", "");
      story.add(new StoryPart(after, new MissionResult.StoryLine(0, actor, what)));
    }
  }

  private static String shortened(String text) {
    return text.length() <= MAX_TALK_CHARS ? text : text.substring(0, MAX_TALK_CHARS) + "…";
  }

  private void tell(JsonNode entry, String what) {
    if (story.size() < MAX_LINES) {
      var caller = entry.path("actor").asString("");
      var actor = (caller.equals("anonymous") ? agentId : caller).replace("did:act:", "");
      story.add(new StoryPart(lastSeq, new MissionResult.StoryLine(lastSeq, actor, what)));
    }
  }

  @Override
  public void close() {
    stream.close();
  }
}
