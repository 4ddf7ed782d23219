package org.actsandbox.scenarios.load;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.actsandbox.scenarios.client.Reply;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One purchase of a load run on its way: its number, and what the steps so far have found out. */
final class Flow {

  /**
   * One request of a purchase.
   *
   * @param prepare what it sends, made and signed beforehand: not part of its time
   * @param request sends it and keeps what the next steps need
   */
  record Step(String name, Consumer<Flow> prepare, Consumer<Flow> request) {

    static Step of(String name, Consumer<Flow> request) {
      return new Step(name, _ -> {}, request);
    }
  }

  private final long number;
  private final String id;
  private final Map<String, JsonNode> papers = new HashMap<>();
  private URI resource = URI.create("");

  private Flow(long number, String id) {
    this.number = number;
    this.id = id;
  }

  static Flow of(long number) {
    return new Flow(number, "load-" + number);
  }

  long number() {
    return number;
  }

  /** What its request ids begin with. */
  String id() {
    return id;
  }

  /** Where the goods will be. */
  URI resource() {
    return resource;
  }

  void resource(String address) {
    resource = URI.create(address);
  }

  void keep(String name, JsonNode paper) {
    papers.put(name, paper);
  }

  /**
   * What a step before has kept.
   *
   * @throws IllegalStateException if none has: the steps are in the wrong order
   */
  JsonNode paper(String name) {
    var paper = papers.get(name);
    if (paper == null) {
      throw new IllegalStateException("no step has kept " + name);
    }
    return paper;
  }

  /** What a step before has kept, if it kept it. */
  Optional<JsonNode> find(String name) {
    return Optional.ofNullable(papers.get(name));
  }

  ObjectNode message(String name) {
    return (ObjectNode) paper(name);
  }

  String text(String name) {
    return paper(name).asString();
  }

  /**
   * The answer's body.
   *
   * @throws FlowFailed if the answer has another status
   */
  static JsonNode expect(int status, String step, Reply reply) {
    if (reply.status() != status) {
      throw new FlowFailed(step, reply.status(), reply.text());
    }
    return reply.json();
  }

  /** Of a payment. */
  static JsonNode paid(String step, JsonNode payment) {
    if (!payment.path("status").asString().equals("paid")) {
      throw new FlowFailed(step, 200, payment.toString());
    }
    return payment;
  }
}
