package org.actsandbox.agent.conversation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.actsandbox.protocol.conversation.ConversationEvent;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Serves the events of a conversation as a live stream that starts after any number. Readers read
 * from the store at their own pace, so a slow reader costs no memory and none misses an event.
 */
public final class ConversationEventStreams {

  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  // A plain executor is used, because cancelling a task of an executor service interrupts it, and
  // an interrupt inside a database call closes the H2 file for all threads.
  private static final Scheduler READERS =
      Schedulers.fromExecutor(read -> Thread.ofVirtual().name("agent-events").start(read));

  private ConversationEventStreams() {}

  public static Flux<ServerSentEvent<ConversationEvent>> after(
      ConversationEvents conversationEvents, String conversation, long seq) {
    return Flux.<ServerSentEvent<ConversationEvent>, Reader>generate(
            () -> new Reader(conversationEvents, conversation, seq), Reader::next)
        .subscribeOn(READERS)
        // This is sent at once, so that the headers go out: clients wait for them with a timeout.
        .startWith(comment("listening"));
  }

  private static ServerSentEvent<ConversationEvent> comment(String text) {
    return ServerSentEvent.<ConversationEvent>builder().comment(text).build();
  }

  private static final class Reader {

    private final ConversationEvents conversationEvents;
    private final String conversation;
    private final Queue<ConversationEvent> ready = new ArrayDeque<>();
    private long lastSeen;

    Reader(ConversationEvents conversationEvents, String conversation, long seq) {
      this.conversationEvents = conversationEvents;
      this.conversation = conversation;
      this.lastSeen = seq;
    }

    Reader next(SynchronousSink<ServerSentEvent<ConversationEvent>> sink) {
      try {
        if (ready.isEmpty()) {
          ready.addAll(conversationEvents.await(conversation, lastSeen, HEARTBEAT));
        }
      } catch (InterruptedException cancelled) {
        Thread.currentThread().interrupt();
        sink.complete();
        return this;
      }
      var event = ready.poll();
      if (event != null) {
        lastSeen = event.seq();
        sink.next(
            ServerSentEvent.builder(event)
                .id(Long.toString(event.seq()))
                .event(event.type().code())
                .build());
      } else if (conversationEvents.isClosed()) {
        sink.complete();
      } else {
        sink.next(comment("waiting"));
      }
      return this;
    }
  }
}
