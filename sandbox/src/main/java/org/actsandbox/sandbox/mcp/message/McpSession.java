package org.actsandbox.sandbox.mcp.message;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;

/**
 * Represents the session of a client that began with {@code initialize}. A request that arrives
 * again with its id gets the answer of the first one, also while that is still being made.
 */
public final class McpSession {

  /** Ours: the answers that are kept for repeated requests. */
  private static final int MAX_ANSWERS = 64;

  /** Ours: the approvals that a client is asked for only once each. */
  private static final int MAX_ASKED = 256;

  private final String partition;
  private final Caller caller;
  private final McpRevision revision;
  private final JsonNode capabilities;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<String> asked = new LinkedHashSet<>();

  private final Map<JsonNode, Kept> answers =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<JsonNode, Kept> eldest) {
          return size() > MAX_ANSWERS;
        }
      };

  private record Kept(String request, CompletableFuture<McpReply> reply) {}

  McpSession(String partition, Caller caller, McpRevision revision, JsonNode capabilities) {
    this.partition = partition;
    this.caller = caller;
    this.revision = revision;
    this.capabilities = capabilities;
  }

  public McpRevision revision() {
    return revision;
  }

  /** Returns what the client said that it can do. */
  public JsonNode capabilities() {
    return capabilities;
  }

  boolean belongsTo(String world, Caller other) {
    return partition.equals(world) && caller.equals(other);
  }

  /** Says whether the client is asked for this approval for the first time. */
  public boolean asksFirst(String approval) {
    lock.lock();
    try {
      return asked.size() < MAX_ASKED && asked.add(approval);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes the answer, or returns the one that was made for this id.
   *
   * @throws McpFailure if the id belongs to another request
   */
  public McpReply once(JsonNode id, McpRequest request, Supplier<McpReply> answer) {
    var own = new Kept(request.method() + Json.write(request.params()), new CompletableFuture<>());
    Kept first;
    lock.lock();
    try {
      first = answers.putIfAbsent(id, own);
    } finally {
      lock.unlock();
    }
    if (first != null) {
      if (!first.request().equals(own.request())) {
        throw McpFailure.invalidRequest("This session used the id for another request.");
      }
      return joined(first.reply());
    }
    try {
      var reply = answer.get();
      own.reply().complete(reply);
      return reply;
    } catch (RuntimeException failed) {
      own.reply().completeExceptionally(failed);
      throw failed;
    }
  }

  private static McpReply joined(CompletableFuture<McpReply> reply) {
    try {
      return reply.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }
}
