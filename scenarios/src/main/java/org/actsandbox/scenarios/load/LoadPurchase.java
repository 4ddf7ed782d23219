package org.actsandbox.scenarios.load;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.actsandbox.client.Reply;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Represents one purchase of a load run: its number, and the values that its steps have found so
 * far.
 */
final class LoadPurchase {

  /**
   * Represents one request of a purchase.
   *
   * @param prepare builds and signs the message beforehand, which is not part of the measured time
   * @param request sends the message and keeps the values that later steps need
   */
  record Step(String name, Consumer<LoadPurchase> prepare, Consumer<LoadPurchase> request) {

    static Step of(String name, Consumer<LoadPurchase> request) {
      return new Step(name, _ -> {}, request);
    }

    /**
     * Returns steps that a purchase takes in the world of its number, so that the worlds get
     * purchases in turn.
     *
     * @param worlds the same steps, once for each world
     */
    static List<Step> spread(List<List<Step>> worlds) {
      var first = worlds.getFirst();
      return IntStream.range(0, first.size())
          .mapToObj(
              at ->
                  new Step(
                      first.get(at).name(),
                      loadPurchase ->
                          loadPurchase.in(worlds).get(at).prepare().accept(loadPurchase),
                      loadPurchase ->
                          loadPurchase.in(worlds).get(at).request().accept(loadPurchase)))
          .toList();
    }
  }

  private final long number;
  private final String id;
  private final Map<String, JsonNode> kept = new HashMap<>();

  /** Answers that are kept whole, and parsed if a later step asks for them. */
  private final Map<String, Reply> answers = new HashMap<>();

  private URI resource = URI.create("");

  private LoadPurchase(long number, String id) {
    this.number = number;
    this.id = id;
  }

  static LoadPurchase of(long number) {
    return new LoadPurchase(number, "load-" + number);
  }

  private List<Step> in(List<List<Step>> worlds) {
    return worlds.get((int) (number % worlds.size()));
  }

  long number() {
    return number;
  }

  /** Returns the id that the purchase's request ids contain. */
  String id() {
    return id;
  }

  /** Returns the address of the paid resource. */
  URI resource() {
    return resource;
  }

  void resource(String address) {
    resource = URI.create(address);
  }

  void keep(String name, JsonNode value) {
    kept.put(name, value);
  }

  void keep(String name, String text) {
    kept.put(name, StringNode.valueOf(text));
  }

  void keep(String name, Reply answer) {
    answers.put(name, answer);
  }

  /**
   * Returns a value that an earlier step has kept.
   *
   * @throws IllegalStateException if no step has kept it, because the steps are in the wrong order
   */
  JsonNode kept(String name) {
    var value = kept.get(name);
    if (value == null && answers.containsKey(name)) {
      value = answers.get(name).json();
      kept.put(name, value);
    }
    if (value == null) {
      throw new IllegalStateException("no step has kept " + name);
    }
    return value;
  }

  /** Returns a value that an earlier step has kept; empty if none has. */
  Optional<JsonNode> find(String name) {
    return Optional.ofNullable(kept.get(name));
  }

  ObjectNode message(String name) {
    return (ObjectNode) kept(name);
  }

  String text(String name) {
    return kept(name).asString();
  }

  /**
   * Returns the body of an answer.
   *
   * @throws LoadPurchaseFailed if the answer has another status
   */
  static JsonNode expect(int status, String step, Reply reply) {
    if (reply.status() != status) {
      throw new LoadPurchaseFailed(step, reply.status(), reply.text());
    }
    return reply.json();
  }

  /**
   * Returns the text of a member of an answer, whose body is read up to this member.
   *
   * @throws LoadPurchaseFailed if the answer has another status, or no such member
   */
  static String member(int status, String step, Reply reply, String name) {
    if (reply.status() == status) {
      var value = reply.member(name);
      if (value.isPresent()) {
        return value.get();
      }
    }
    throw new LoadPurchaseFailed(step, reply.status(), reply.text());
  }

  /**
   * Returns the payment.
   *
   * @throws LoadPurchaseFailed if the payment is not paid
   */
  static JsonNode paid(String step, JsonNode payment) {
    if (!payment.path("status").asString().equals("paid")) {
      throw new LoadPurchaseFailed(step, 200, payment.toString());
    }
    return payment;
  }
}
