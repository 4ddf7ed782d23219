package org.actsandbox.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.actsandbox.agent.AgentTestWorld;
import org.actsandbox.agent.AgentTimeouts;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.conversation.ConversationEvents;
import org.actsandbox.agent.conversation.ConversationNarrator;
import org.actsandbox.agent.delegation.DelegationServiceClient;
import org.actsandbox.agent.language.Directive;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.search.AgentCards;
import org.actsandbox.agent.search.PlatformSearch;
import org.actsandbox.agent.wire.AgentHttpClient;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;

/** Tests a principal who asks for something else before the authority is given. */
class RefinedWatchTests {

  private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");
  private static final Directive DIRECTIVE =
      Directive.OPEN.withUntil(LocalDate.of(2026, 3, 20)).withMost("100");

  private final AgentWorld world =
      AgentTestWorld.of(AgentTestWorld.database(), () -> NOW, _ -> {}, this::answer, List.of());
  private final ConversationEvents conversationEvents = new ConversationEvents(world);
  private final PurchaseWatchService watches = service();
  private volatile Runnable whileAsked = () -> {};

  private PurchaseWatchService service() {
    var agentHttpClient = new AgentHttpClient(world);
    var cards = new AgentCards(world, agentHttpClient);
    return new PurchaseWatchService(
        world,
        new DelegationServiceClient(world, AgentTimeouts.DEFAULT, agentHttpClient),
        new PlatformSearch(world, AgentTimeouts.DEFAULT, agentHttpClient, cards),
        conversationEvents,
        new NothingBought());
  }

  private OutboundClient.Answer answer(OutboundClient.Call call) {
    if (call.method().equals("GET")) {
      whileAsked.run();
    }
    var intent = Json.object().put("status", "waiting").put("confirmation_url", "http://confirm");
    intent.put("expires_at", "2026-03-03T01:00:00Z").putArray("summary");
    intent.putArray("open_questions");
    return new OutboundClient.Answer(
        200, Map.of(), Json.write(intent).getBytes(StandardCharsets.UTF_8));
  }

  /** The authority is for the new wish, so nothing may write the old one back. */
  @Test
  void aStepThatBeganBeforeDoesNotBringTheOldWishBack() throws InterruptedException {
    ask("a charger");
    var isAsked = new CountDownLatch(1);
    var isRefined = new CountDownLatch(1);
    whileAsked =
        () -> {
          isAsked.countDown();
          await(isRefined);
        };
    var step = Thread.ofVirtual().start(() -> watches.fireDue(NOW.plus(Duration.ofHours(1))));
    await(isAsked);
    ask("a lamp");
    isRefined.countDown();
    step.join();
    assertThat(watches.open("C-1"))
        .singleElement()
        .satisfies(watch -> assertThat(watch.wishes()).containsExactly(wish("a lamp")));
  }

  private void ask(String terms) {
    var narrator = new ConversationNarrator(conversationEvents, "C-1", "en");
    watches.requestAuthority("C-1", List.of(wish(terms)), DIRECTIVE, narrator);
  }

  private static Wish wish(String terms) {
    return new ShopWish(terms, null, null, List.of(), 1, null, null, null, List.of(), null, null);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
