package org.actsandbox.web.console.glassbox;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.frame.FragmentRenderer;
import org.actsandbox.web.console.frame.StatusLine;
import org.actsandbox.web.console.words.PageText;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Merges the conversation and the journal into the live updates of one page. Each change is sent as
 * the elements that it replaces or extends. The id of an update holds the positions in both, so
 * that a page that lost its connection continues from there.
 */
@Component
class LiveGlassBox {

  /**
   * Changes within this time are sent as one update, because tokens arrive faster than a person
   * reads.
   */
  private static final Duration GATHERING_TIME = Duration.ofMillis(60);

  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final int MOST_AT_ONCE = 64;

  private final Scheduler rendering =
      Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor());
  private final GlassBoxPanes panes;
  private final AgentConversationClient agentConversationClient;
  private final OpenGlassBoxPage.Tools tools;

  LiveGlassBox(
      GlassBoxPanes panes,
      AgentConversationClient agentConversationClient,
      FragmentRenderer fragmentRenderer,
      StatusLine status) {
    this.panes = panes;
    this.agentConversationClient = agentConversationClient;
    this.tools = new OpenGlassBoxPage.Tools(panes, fragmentRenderer, status);
  }

  /**
   * Holds the positions up to which a page shows the conversation and the journal.
   *
   * @param events number of the last conversation event on the page
   * @param journal number of the last journal entry on the page
   */
  record Position(long events, long journal) {

    static Position parse(String id) {
      var parts = id.split("-", -1);
      try {
        return new Position(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
      } catch (NumberFormatException | ArrayIndexOutOfBoundsException foreign) {
        return new Position(0, 0);
      }
    }

    @Override
    public String toString() {
      return events + "-" + journal;
    }
  }

  Flux<ServerSentEvent<String>> follow(
      World world, Caller principal, String conversation, Position from, PageText pageText) {
    return Flux.defer(() -> updates(world, principal, conversation, from, pageText))
        .subscribeOn(rendering)
        .mergeWith(
            Flux.interval(HEARTBEAT)
                .map(_ -> ServerSentEvent.<String>builder().comment("alive").build()));
  }

  private Flux<ServerSentEvent<String>> updates(
      World world, Caller principal, String conversation, Position from, PageText pageText) {
    var conversationProjection = new ConversationProjection(conversation);
    agentConversationClient.history(world, principal, conversation).stream()
        .filter(event -> event.seq() <= from.events())
        .forEach(conversationProjection::apply);
    var messagesPane = panes.messages(world, conversationProjection, pageText, from.journal());
    var page =
        new OpenGlassBoxPage(
            tools,
            new OpenGlassBoxPage.View(world, principal, pageText, false),
            conversationProjection,
            messagesPane,
            from.journal());
    Flux<Object> events = conversationEvents(world, conversation, from.events());
    Flux<Object> entries = world.journalStore().follow(from.journal()).cast(Object.class);
    return htmlUpdates(Flux.merge(events, entries), page);
  }

  private Flux<Object> conversationEvents(World world, String conversation, long after) {
    return agentConversationClient
        .follow(world, conversation, after)
        .map(event -> new OpenGlassBoxPage.ConversationChange(conversation, event));
  }

  private Flux<ServerSentEvent<String>> htmlUpdates(Flux<Object> changes, OpenGlassBoxPage page) {
    return changes
        .bufferTimeout(MOST_AT_ONCE, GATHERING_TIME, true)
        .publishOn(rendering)
        .concatMapIterable(
            some -> {
              var html = page.apply(some);
              return html.isEmpty() ? List.of() : List.of(update(html, page.position()));
            });
  }

  private static ServerSentEvent<String> update(String html, Position position) {
    return ServerSentEvent.builder(html).id(position.toString()).event("update").build();
  }

  /**
   * Follows all messages of a world and its newest conversation, for pages that observe another
   * actor.
   */
  Flux<ServerSentEvent<String>> followWorld(
      World world, Caller principal, Position from, PageText pageText) {
    return Flux.defer(() -> worldUpdates(world, principal, from, pageText)).subscribeOn(rendering);
  }

  private Flux<ServerSentEvent<String>> worldUpdates(
      World world, Caller principal, Position from, PageText pageText) {
    var start = panes.observe(world, pageText, from.journal());
    var conversationProjection = new ConversationProjection(start.conversation().conversation());
    if (!conversationProjection.conversation().isEmpty()) {
      agentConversationClient
          .historyForObserver(world, conversationProjection.conversation())
          .stream()
          .filter(event -> event.seq() <= from.events())
          .forEach(conversationProjection::apply);
    }
    var page =
        new OpenGlassBoxPage(
            tools,
            new OpenGlassBoxPage.View(world, principal, pageText, true),
            conversationProjection,
            start.messages(),
            from.journal());
    var changes =
        world
            .journalStore()
            .follow(from.journal())
            .publish(
                entries ->
                    Flux.<Object>merge(
                        entries,
                        entries
                            .mapNotNull(entry -> entry.ids().get(JournalIds.CONVERSATION_ID))
                            .startWith(Mono.justOrEmpty(known(conversationProjection)))
                            .distinctUntilChanged()
                            .switchMap(
                                newest ->
                                    conversationEvents(
                                        world,
                                        newest,
                                        newest.equals(conversationProjection.conversation())
                                            ? from.events()
                                            : 0))));
    return htmlUpdates(changes, page);
  }

  private static Optional<String> known(ConversationProjection conversationProjection) {
    return Optional.of(conversationProjection.conversation())
        .filter(conversation -> !conversation.isEmpty());
  }
}
