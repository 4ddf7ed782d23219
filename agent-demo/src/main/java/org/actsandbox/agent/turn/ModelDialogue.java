package org.actsandbox.agent.turn;

import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.tool.ToolErrorHandlerResult;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.conversation.ConversationNarrator;
import org.actsandbox.agent.model.HostedModel;
import org.actsandbox.agent.model.ModelFailure;
import org.actsandbox.agent.wire.TurnStoppedException;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a model talk in one turn: it streams the model's words as events and runs its tool calls, in
 * the same way for every model.
 */
final class ModelDialogue {

  private static final Logger LOG = LoggerFactory.getLogger(ModelDialogue.class);

  /** Ours: tokens are stored in pieces of about this many characters, not one by one. */
  private static final int PIECE_LENGTH = 24;

  /** Ours: searching, buying and searching again fit into this many round trips of one turn. */
  private static final int MAX_ROUND_TRIPS = 8;

  private final AgentWorld world;
  private final StreamingChatModel model;
  private final ExecutorService toolThreads;
  private final Duration timeout;

  ModelDialogue(
      AgentWorld world, StreamingChatModel model, ExecutorService toolThreads, Duration timeout) {
    this.world = world;
    this.model = model;
    this.toolThreads = toolThreads;
    this.timeout = timeout;
  }

  /** The interface that LangChain4j implements. */
  interface Assistant {
    TokenStream answer(String sentence);
  }

  /** The result of the model's part of a turn. */
  sealed interface Ending {

    record Answered(String text) implements Ending {}

    record Failed(ModelFailure failure) implements Ending {}
  }

  /**
   * Waits until the model is done.
   *
   * @throws TurnStoppedException when the turn is told to stop; later words of the model are
   *     dropped
   */
  Ending talk(String sentence, String prompt, ChatMemory memory, TurnTools turnTools, Turn turn) {
    var modelJournal =
        model instanceof HostedModel hosted ? new ModelJournal(world, hosted, turn) : null;
    var ending = ask(sentence, prompt, memory, turnTools, turn, modelJournal);
    if (ending instanceof Ending.Failed(var failure)) {
      LOG.warn("the language model failed: {}", failure.code());
    }
    return ending;
  }

  private Ending ask(
      String sentence,
      String prompt,
      ChatMemory memory,
      TurnTools turnTools,
      Turn turn,
      @Nullable ModelJournal modelJournal) {
    var assistant =
        AiServices.builder(Assistant.class)
            .streamingChatModel(observed(modelJournal))
            .chatMemory(memory)
            .systemMessageProvider(_ -> prompt)
            .tools(turnTools.all())
            .executeToolsConcurrently(toolThreads)
            .hallucinatedToolNameStrategy(
                request ->
                    ToolExecutionResultMessage.from(
                        request,
                        "{\"error\":\"there is no tool of this name; approving a payment is the principal's own at the cashier\"}"))
            .maxToolCallingRoundTrips(MAX_ROUND_TRIPS)
            .toolExecutionErrorHandler(
                (error, _) -> {
                  LOG.error("a tool of the agent failed", error);
                  return ToolErrorHandlerResult.text("{\"error\":\"the tool failed\"}");
                })
            .build();
    BlockingQueue<Ending> ending = new ArrayBlockingQueue<>(1);
    var lastActivity = new AtomicLong(System.nanoTime());
    var pieces = new Pieces(turn);
    assistant
        .answer(sentence.replace("{{", "{ {").replace("}}", "} }"))
        .onPartialResponse(
            token -> {
              lastActivity.set(System.nanoTime());
              pieces.add(token);
            })
        .beforeToolExecution(_ -> lastActivity.set(Long.MAX_VALUE))
        .onToolExecuted(_ -> lastActivity.set(System.nanoTime()))
        .onCompleteResponse(
            response -> {
              pieces.flush();
              ending.offer(ending(response, modelJournal));
            })
        .onError(error -> ending.offer(new Ending.Failed(failure(error, modelJournal))))
        .start();
    return await(ending, lastActivity, turn, modelJournal);
  }

  private StreamingChatModel observed(@Nullable ModelJournal modelJournal) {
    return modelJournal != null && model instanceof HostedModel hosted
        ? hosted.observedBy(modelJournal)
        : model;
  }

  /**
   * An answer of a provider says why it ended; one that does not is no answer of the interface, or
   * its connection was cut.
   */
  private static Ending ending(ChatResponse response, @Nullable ModelJournal modelJournal) {
    var text = text(response);
    if (modelJournal == null || response.finishReason() != null) {
      return new Ending.Answered(text);
    }
    var failure = text.isBlank() ? ModelFailure.UNREADABLE : ModelFailure.CUT;
    modelJournal.failed(failure, null);
    return new Ending.Failed(failure);
  }

  private static ModelFailure failure(Throwable error, @Nullable ModelJournal modelJournal) {
    var failure = ModelFailure.of(error);
    if (failure == ModelFailure.UNKNOWN
        && modelJournal != null
        && modelJournal.requests() >= MAX_ROUND_TRIPS) {
      modelJournal.failed(ModelFailure.LOOP, error);
      return ModelFailure.LOOP;
    }
    if (failure == ModelFailure.UNKNOWN) {
      LOG.error("the conversation with the language model broke", error);
    }
    return failure;
  }

  private Ending await(
      BlockingQueue<Ending> ending,
      AtomicLong lastActivity,
      Turn turn,
      @Nullable ModelJournal modelJournal) {
    while (true) {
      var done = next(ending);
      if (done != null) {
        return done;
      }
      if (turn.stopSignal().isSet()) {
        throw new TurnStoppedException();
      }
      long last = lastActivity.get();
      // The model is silent while a tool runs.
      if (last != Long.MAX_VALUE && System.nanoTime() - last > timeout.toNanos()) {
        if (modelJournal != null) {
          modelJournal.failed(ModelFailure.SILENT, null);
        }
        return new Ending.Failed(ModelFailure.SILENT);
      }
    }
  }

  private static @Nullable Ending next(BlockingQueue<Ending> ending) {
    try {
      return ending.poll(50, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new TurnStoppedException();
    }
  }

  private static String text(ChatResponse response) {
    var text = response.aiMessage().text();
    return text == null ? "" : text;
  }

  /** Gathers tokens into events of some length. */
  private static final class Pieces {

    private final Turn turn;
    private final StringBuilder piece = new StringBuilder();

    Pieces(Turn turn) {
      this.turn = turn;
    }

    synchronized void add(String token) {
      piece.append(token);
      if (piece.length() >= PIECE_LENGTH) {
        flush();
      }
    }

    synchronized void flush() {
      if (!piece.isEmpty() && !turn.isOver()) {
        ConversationNarrator conversationNarrator = turn.narrator();
        conversationNarrator.publish(ConversationEventType.TOKEN, Map.of("text", piece.toString()));
        piece.setLength(0);
      }
    }
  }
}
