package org.actsandbox.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.StreamingChatModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.actsandbox.agent.api.BuyerAgent;
import org.actsandbox.agent.conversation.ConversationEventStreams;
import org.actsandbox.agent.language.Interpretation;
import org.actsandbox.agent.language.Lang;
import org.actsandbox.protocol.attestation.Attestations;
import org.actsandbox.protocol.conversation.ConversationEvent;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.actsandbox.protocol.delegation.boundary.DelegationBoundaryCheck;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.time.BackgroundTurns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Runs a buyer agent with its own database in a {@link TestMarketplace} and talks to it as the
 * console does.
 */
abstract class BuyerAgentTestBase {

  static final String WISH =
      "{\"wishes\":[{\"kind\":\"train\",\"from\":\"Hangzhou\",\"to\":\"Shanghai\",\"date\":\"2026-11-26\",\"position\":\"window\"}]}";
  static final String TRIP =
      "{\"wishes\":[{\"kind\":\"train\",\"from\":\"Hangzhou\",\"to\":\"Shanghai\",\"date\":\"2026-11-26\"},{\"kind\":\"shop\",\"terms\":\"phone charger\"}],\"budget\":{\"amount\":\"%s\",\"currency\":\"CNY\"}}";
  private static final AtomicLong COUNT = new AtomicLong();

  final TestMarketplace testMarketplace = new TestMarketplace();
  final PlaybackModel playbackModel;
  final List<JournalNote> journal = new CopyOnWriteArrayList<>();
  private final PooledOutboundClient outbound = new PooledOutboundClient(_ -> true);
  BreakableDatabase database;
  BuyerAgent agent;
  SentenceInterpreter sentenceInterpreter = (_, _) -> new Interpretation.OutOfScope("", Lang.EN);

  BuyerAgentTestBase() {
    this(ProviderWireFormat.OPENAI);
  }

  /**
   * The time for a platform to answer a search; it is long, because a busy machine does not make a
   * slow platform.
   */
  Duration platformTimeout = Duration.ofSeconds(20);

  BuyerAgentTestBase(ProviderWireFormat providerWireFormat) {
    playbackModel = new PlaybackModel(providerWireFormat);
  }

  /** Returns the model that the agent runs on: a hosted model, unless a test overrides it. */
  StreamingChatModel model() {
    return playbackModel.client();
  }

  /** Returns the time after which a silent model is given up. */
  Duration modelTimeout() {
    return Duration.ofSeconds(20);
  }

  @BeforeEach
  void open() {
    database = new BreakableDatabase(MigratedAgentDatabase.open());
    agent = start();
  }

  final BuyerAgent start() {
    var world =
        new AgentWorld(
            "w1",
            () -> TestMarketplace.NOW,
            TestMarketplace.ZONE,
            JdbcClient.create(database),
            prefix -> prefix + "-" + COUNT.incrementAndGet(),
            journal::add,
            _ -> {},
            new BackgroundTurns(),
            testMarketplace.keys.get("demo-agent"),
            _ -> {
              throw new AssertionError("nothing here has a sub-account");
            },
            testMarketplace.directory(),
            outbound,
            () -> "act_agent_demo_key",
            testMarketplace::platforms,
            new AgentWorld.Psp(
                org.actsandbox.protocol.identity.Did.of("sandbox-pay"),
                java.net.URI.create(testMarketplace.base() + "/psp"),
                java.net.URI.create(testMarketplace.base() + "/openclawpay/agent/v1/pay"),
                "2088000000000001"),
            new AgentWorld.Delegations(
                org.actsandbox.protocol.identity.Did.of("sandbox-delegations"),
                java.net.URI.create(testMarketplace.base() + "/delegations"),
                org.actsandbox.protocol.identity.Did.of("principal"),
                new DelegationBoundaryCheck()),
            new AgentWorld.Credit(
                java.net.URI.create(testMarketplace.base() + "/credit-issuer"),
                java.net.URI.create(testMarketplace.base() + "/credit-verifier")),
            new PrincipalProfile("en", "Hangzhou", null, 1, "Wensan Road 90", tolerance()),
            Attestations.NONE,
            said -> said.replace(TestMarketplace.SECRET, "***"),
            new NoConnectedAgents());
    var timing =
        new AgentTimeouts(
            platformTimeout,
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofMillis(10),
            modelTimeout());
    return BuyerAgent.open(
        world,
        new ModelAndInterpreter(model(), (text, now) -> sentenceInterpreter.interpret(text, now)),
        timing);
  }

  PriceTolerance tolerance() {
    return PriceTolerance.NONE;
  }

  @AfterEach
  void close() {
    agent.close();
    testMarketplace.close();
    playbackModel.close();
    outbound.close();
    // Without this the database in memory would stay until the process ends.
    JdbcClient.create(database).sql("shutdown").update();
  }

  final String conversation() {
    return agent.conversations().open("en").conversationId();
  }

  final void say(String id, String text) {
    agent.say(agent.conversations().get(id), text, null, null, Runnable::run);
  }

  final void choose(String id, String... offers) {
    agent.choose(agent.conversations().get(id), List.of(offers), null, Runnable::run);
  }

  /** Returns all events up to the given number of finished turns, over the real stream. */
  final List<ConversationEvent> events(String id, int turns) {
    var seen = new ArrayList<ConversationEvent>();
    var done = new AtomicLong();
    ConversationEventStreams.after(agent.events(), id, 0)
        .filter(event -> event.data() != null)
        .map(event -> event.data())
        .takeUntil(
            event ->
                event.type() == ConversationEventType.TURN_DONE && done.incrementAndGet() == turns)
        .doOnNext(seen::add)
        .blockLast(Duration.ofSeconds(40));
    for (var event : seen) {
      assertThat(event.type().fields()).containsAll(event.data().propertyNames());
    }
    return seen;
  }

  static List<ConversationEvent> of(List<ConversationEvent> events, String type) {
    return events.stream().filter(event -> event.type().code().equals(type)).toList();
  }

  static String outcome(List<ConversationEvent> events) {
    return events.getLast().data().path("outcome").asString();
  }

  final void awaitPayment(String id) {
    ConversationEventStreams.after(agent.events(), id, 0)
        .takeUntil(event -> "payment_needed".equals(event.event()))
        .blockLast(Duration.ofSeconds(20));
  }

  /** Starts a conversation in which an offer is chosen and its payment waits for the principal. */
  final String waitingForApproval() {
    var id = offered();
    testMarketplace.decision = "waiting";
    choose(id, "raileast-G7301");
    awaitPayment(id);
    return id;
  }

  final String offered() {
    playbackModel.calls("search_offers", WISH).says("Take G7301.");
    var id = conversation();
    say(id, "window seat to Shanghai tomorrow");
    assertThat(outcome(events(id, 1))).isEqualTo("offered");
    return id;
  }
}
