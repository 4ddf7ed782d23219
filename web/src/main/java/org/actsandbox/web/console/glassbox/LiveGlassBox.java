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
 * One page's live updates: conversation and journal merged, every change sent as the elements it
 * replaces or extends. An update's id says how far both have come, so that a page that lost the
 * connection goes on from there.
 */
@Component
class LiveGlassBox {

  /** What comes within this time is sent as one update: tokens come faster than eyes read. */
  private static final Duration GATHER = Duration.ofMillis(60);

  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final int MOST_AT_ONCE = 64;

  private final Scheduler rendering =
      Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor());
  private final GlassBoxPanes boxes;
  private final AgentConversationClient agentConversationClient;
  private final OpenGlassBoxPage.Tools tools;

  LiveGlassBox(
      GlassBoxPanes boxes,
      AgentConversationClient agentConversationClient,
      FragmentRenderer fragmentRenderer,
      StatusLine status) {
    this.boxes = boxes;
    this.agentConversationClient = agentConversationClient;
    this.tools = new OpenGlassBoxPage.Tools(boxes, fragmentRenderer, status);
  }

  /**
   * How far a page has come.
   *
   * @param events last conversation event it shows
   * @param journal last journal entry it shows
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
      World world, Caller you, String conversation, Position from, PageText pageText) {
    return Flux.defer(() -> updates(world, you, conversation, from, pageText))
        .subscribeOn(rendering)
        .mergeWith(
            Flux.interval(HEARTBEAT)
                .map(_ -> ServerSentEvent.<String>builder().comment("alive").build()));
  }

  private Flux<ServerSentEvent<String>> updates(
      World world, Caller you, String conversation, Position from, PageText pageText) {
    var conversationProjection = new ConversationProjection(conversation);
    agentConversationClient.history(world, you, conversation).stream()
        .filter(event -> event.seq() <= from.events())
        .forEach(conversationProjection::apply);
    var messagesPane = boxes.protocol(world, conversationProjection, pageText, from.journal());
    var page =
        new OpenGlassBoxPage(
            tools,
            new OpenGlassBoxPage.Scene(world, you, pageText, false),
            conversationProjection,
            messagesPane,
            from.journal());
    Flux<Object> events = said(world, conversation, from.events());
    Flux<Object> entries = world.journalStore().follow(from.journal()).cast(Object.class);
    return gathered(Flux.merge(events, entries), page);
  }

  private Flux<Object> said(World world, String conversation, long after) {
    return agentConversationClient
        .follow(world, conversation, after)
        .map(event -> new OpenGlassBoxPage.Said(conversation, event));
  }

  private Flux<ServerSentEvent<String>> gathered(Flux<Object> changes, OpenGlassBoxPage page) {
    return changes
        .bufferTimeout(MOST_AT_ONCE, GATHER, true)
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

  /** Everything that happens in a world somebody else acts in, whatever conversation it is. */
  Flux<ServerSentEvent<String>> followWorld(
      World world, Caller you, Position from, PageText pageText) {
    return Flux.defer(() -> lookedOn(world, you, from, pageText)).subscribeOn(rendering);
  }

  private Flux<ServerSentEvent<String>> lookedOn(
      World world, Caller you, Position from, PageText pageText) {
    var start = boxes.observe(world, pageText, from.journal());
    var conversationProjection = new ConversationProjection(start.glass().conversation());
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
            new OpenGlassBoxPage.Scene(world, you, pageText, true),
            conversationProjection,
            start.protocol(),
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
                                talk ->
                                    said(
                                        world,
                                        talk,
                                        talk.equals(conversationProjection.conversation())
                                            ? from.events()
                                            : 0))));
    return gathered(changes, page);
  }

  private static Optional<String> known(ConversationProjection conversationProjection) {
    return Optional.of(conversationProjection.conversation())
        .filter(conversation -> !conversation.isEmpty());
  }
}
