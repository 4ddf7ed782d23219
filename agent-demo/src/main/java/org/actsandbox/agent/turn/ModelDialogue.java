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
import org.actsandbox.agent.conversation.ConversationNarrator;
import org.actsandbox.agent.purchase.TurnStoppedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a model talk in one turn: streams its words and runs its tools, on any model alike. */
final class ModelDialogue {

  private static final Logger LOG = LoggerFactory.getLogger(ModelDialogue.class);

  /** Ours: tokens are stored in pieces of about this many characters, not one by one. */
  private static final int PIECE = 24;

  /** Ours: search, buy, look again: nobody needs more round trips in one turn. */
  private static final int MAX_ROUND_TRIPS = 8;

  private final StreamingChatModel model;
  private final ExecutorService toolThreads;
  private final Duration patience;

  ModelDialogue(StreamingChatModel model, ExecutorService toolThreads, Duration patience) {
    this.model = model;
    this.toolThreads = toolThreads;
    this.patience = patience;
  }

  /** The service LangChain4j implements. */
  interface Assistant {
    TokenStream answer(String sentence);
  }

  /** How the model ended. */
  sealed interface Ending {

    record Said(String text) implements Ending {}

    record Broke(Throwable cause) implements Ending {}

    /** Nothing at all came for longer than the configured timeout. */
    record Silent() implements Ending {}
  }

  /**
   * Waits until the model is done.
   *
   * @throws TurnStoppedException when the turn is told to stop; late words of the model go nowhere
   */
  Ending talk(String sentence, String prompt, ChatMemory memory, TurnTools turnTools, Turn turn) {
    var assistant =
        AiServices.builder(Assistant.class)
            .streamingChatModel(model)
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
    var lastSign = new AtomicLong(System.nanoTime());
    var pieces = new Pieces(turn);
    assistant
        .answer(sentence.replace("{{", "{ {").replace("}}", "} }"))
        .onPartialResponse(
            token -> {
              lastSign.set(System.nanoTime());
              pieces.add(token);
            })
        .beforeToolExecution(_ -> lastSign.set(Long.MAX_VALUE))
        .onToolExecuted(_ -> lastSign.set(System.nanoTime()))
        .onCompleteResponse(
            response -> {
              pieces.flush();
              ending.offer(new Ending.Said(text(response)));
            })
        .onError(error -> ending.offer(new Ending.Broke(error)))
        .start();
    return await(ending, lastSign, turn);
  }

  private Ending await(BlockingQueue<Ending> ending, AtomicLong lastSign, Turn turn) {
    while (true) {
      var done = next(ending);
      if (done != null) {
        return done;
      }
      if (turn.stopSignal().isSet()) {
        throw new TurnStoppedException();
      }
      long last = lastSign.get();
      // While a tool runs, the model has nothing to say.
      if (last != Long.MAX_VALUE && System.nanoTime() - last > patience.toNanos()) {
        return new Ending.Silent();
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

  /** Gathers tokens into events. */
  private static final class Pieces {

    private final Turn turn;
    private final StringBuilder piece = new StringBuilder();

    Pieces(Turn turn) {
      this.turn = turn;
    }

    synchronized void add(String token) {
      piece.append(token);
      if (piece.length() >= PIECE) {
        flush();
      }
    }

    synchronized void flush() {
      if (!piece.isEmpty() && !turn.isOver()) {
        ConversationNarrator conversationNarrator = turn.narrator();
        conversationNarrator.publish("token", Map.of("text", piece.toString()));
        piece.setLength(0);
      }
    }
  }
}
