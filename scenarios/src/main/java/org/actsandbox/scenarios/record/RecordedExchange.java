package org.actsandbox.scenarios.record;

import java.time.Instant;
import java.util.Optional;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.actsandbox.protocol.operation.Operation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Represents an HTTP exchange of the journal as the recorders read it.
 *
 * @param from the caller's name without the scheme of its DID: {@code principal}, {@code
 *     demo-agent}
 * @param to the name of the participant that was called
 * @param path the path below the world with its query
 * @param status the status of the answer; 0 if the caller got none
 */
record RecordedExchange(
    Instant at,
    String from,
    String to,
    String method,
    String path,
    Operation operation,
    int status,
    JsonNode request,
    JsonNode data) {

  /** The name of the principal that every world has. */
  static final String FIRST = "principal";

  /** Reads a journal entry; empty if it is no exchange. */
  static Optional<RecordedExchange> of(JsonNode entry) {
    if (!entry.path("kind").asString().equals("EXCHANGE")) {
      return Optional.empty();
    }
    var data = entry.path("data");
    var method = data.path("method").asString();
    var path = data.path("path").asString();
    return Optional.of(
        new RecordedExchange(
            at(entry),
            name(entry.path("actor").asString()),
            name(entry.path("peer").asString("")),
            method,
            path,
            Operation.find(method, path),
            data.path("status").asInt(),
            data.at("/request_body/json"),
            data));
  }

  /** Returns the world's time of a journal entry. */
  static Instant at(JsonNode entry) {
    return Instant.parse(entry.path("at").asString());
  }

  /** Returns the name in a DID; another text stays as it is. */
  static String name(String did) {
    return did.startsWith("did:act:") ? did.substring("did:act:".length()) : did;
  }

  /**
   * Returns the outcome that a conversation's event gives the principal's step; empty if the agent
   * is still at work.
   */
  static Optional<String> outcome(JsonNode event) {
    return ConversationEventType.find(event.path("type").asString())
        .flatMap(
            type ->
                switch (type) {
                  case PAYMENT_NEEDED -> Optional.of("waiting");
                  case TURN_DONE -> Optional.of(event.at("/data/outcome").asString());
                  case MESSAGE,
                      TOKEN,
                      STEP,
                      QUESTION,
                      PLAN,
                      OFFERS,
                      CHOICES,
                      NOTHING_SUITABLE,
                      DECLINED,
                      FAILED,
                      CART,
                      PAYMENT,
                      DELIVERY,
                      DELEGATION_REQUEST,
                      WATCH,
                      SUB_ACCOUNT_REQUEST,
                      TASK,
                      TASK_WARNING,
                      TASK_BILL ->
                      Optional.<String>empty();
                });
  }

  /** Returns the id of the conversation that this exchange opened; empty for other exchanges. */
  Optional<String> openedConversation() {
    return is(Operation.CONVERSATION) && isGood()
        ? Optional.of(answer().path("conversation_id").asString())
        : Optional.empty();
  }

  boolean isGood() {
    return status / 100 == 2;
  }

  /** Tells whether the caller got no answer; the request may have had an effect. */
  boolean isLost() {
    return status == 0;
  }

  /** Tells whether this is a payment request, with or without a delegation. */
  boolean isPayment() {
    return is(Operation.PAY) || !delegatedMode().isEmpty();
  }

  /** Returns the delegation mode of a payment under a delegation; empty for any other request. */
  String delegatedMode() {
    return switch (operation) {
      case DELEGATED -> "SPECIFIED";
      case AUTONOMOUS -> "BOUNDED";
      default -> "";
    };
  }

  /** Tells whether any principal of the world made the request. */
  boolean isByPrincipal() {
    return from.equals(FIRST) || data.path("role").asString("").equals("principal");
  }

  /** Tells whether the request names its sender in a header, as agents do in every call. */
  boolean namesItsSender() {
    return data.at("/request_headers/act-sender").isString();
  }

  JsonNode answer() {
    return data.at("/response_body/json");
  }

  /**
   * Returns the code of a refusal, in the protocol's or the control API's form; empty if there is
   * none.
   */
  String code() {
    return answer().at("/error/details/code").asString(answer().path("code").asString(""));
  }

  boolean is(Operation wanted) {
    return operation == wanted;
  }

  /** Returns the id in the path of an operation; empty if this is another operation. */
  Optional<String> id(Operation wanted) {
    return is(wanted) ? wanted.variableIn(pathWithoutQuery()) : Optional.empty();
  }

  /**
   * Adds the recorded status and code to the step as expectations, unless the status is the usual
   * one.
   */
  void addExpectation(ObjectNode step, int usual) {
    if (isLost()) {
      step.putObject("expect").put("unanswered", true);
    } else if (status != usual) {
      var expect = step.putObject("expect").put("status", status);
      if (!code().isEmpty()) {
        expect.put("code", code());
      }
    }
  }

  /** Describes the exchange for the list of what is left out. */
  String describe(String what) {
    return "%s of %s, answered %d%s"
        .formatted(what, from, status, code().isEmpty() ? "" : " " + code());
  }

  String pathWithoutQuery() {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }
}
