package org.actsandbox.sandbox.control.openapi;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Completes the operations of the scanned document: ids that a person would choose, tags,
 * parameters that the edge resolves before a method sees them, content types and headers.
 */
final class OpenApiPaths {

  static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

  private static final Pattern PATH_PARAMETER = Pattern.compile("\\{([^}]+)}");
  private static final String PARAMETERS = "#/components/parameters/";
  private static final String HEADERS = "#/components/headers/";
  private static final String SCHEMAS = "#/components/schemas/";

  /** Declared once for all operations: a method reads them from the edge, or by name. */
  private static final Set<String> SHARED = Set.of("world", "merchant");

  /** Documents that a client may keep and ask for by their tag (RFC 9110 section 8.8.3). */
  private static final Pattern PUBLISHED =
      Pattern.compile("/api/openapi\\.json|.*/\\.well-known/.*|.*/dids/\\{did}|.*/status/\\{list}");

  /** Further paths of a method that has a main one. */
  private static final Set<String> ALIASES =
      Set.of(
          "/w/{world}/merchants/{merchant}/",
          "/w/{world}/merchants/{merchant}/a2a/.well-known/agent-card.json");

  private static final Map<String, String> PARAMETER_TEXTS =
      Map.ofEntries(
          Map.entry("A2A-Version", "The version of A2A that the client speaks."),
          Map.entry(
              "Prefer",
              "How long to wait for the principal, such as `wait=0`; at most 45 seconds, which is"
                  + " also the time without it."),
          Map.entry("Payment-Proof", "The proof in Alipay's form; absent to be billed."),
          Map.entry("Last-Event-ID", "The id of the last event that was received."),
          Map.entry("account", "The account: `balance` or a card."),
          Map.entry("actor", "Only entries of this participant."),
          Map.entry("after", "Only what comes after this sequence number."),
          Map.entry("app", "The `app_id` of the application, sixteen digits."),
          Map.entry("breakId", "The `break_id` of the tampering."),
          Map.entry("carriage", "The carriage, such as `05`."),
          Map.entry("category", "Only items of this category."),
          Map.entry("class", "The class of the seat: second, first or business."),
          Map.entry("component", "Only entries of this component of ACT."),
          Map.entry("conversation_id", "Only what belongs to this conversation."),
          Map.entry("cursor", "The `next` of the page before; absent for the first page."),
          Map.entry("date", "The date of the journey."),
          Map.entry("applicationId", "The `applicationId` of the application."),
          Map.entry("credentialId", "The `credentialId` of the association credential."),
          Map.entry("authorizationId", "The `authorizationId` of the query authorization."),
          Map.entry("assertionId", "The `assertionId` of the credit statement."),
          Map.entry(
              "verificationRecordId", "The `verification_record_id` of the request that waits."),
          Map.entry("version", "The version of the mapping rule, such as `1.0`."),
          Map.entry("delegationId", "The `delegation_id` of the delegation."),
          Map.entry("delegation_id", "Only what belongs to this delegation."),
          Map.entry("deliveryId", "The `delivery_id` of the delivery."),
          Map.entry("did", "The DID, or its last part, such as `raileast`."),
          Map.entry("disputeId", "The `dispute_id` of the dispute."),
          Map.entry("endpoint", "Only deliveries to this endpoint: its id, standard or callback."),
          Map.entry("endpointId", "The `endpoint_id` of the webhook endpoint."),
          Map.entry("event", "Only this kind of event."),
          Map.entry("first", "The tree size of the earlier head."),
          Map.entry("format", "The form of the file."),
          Map.entry("from", "Where to begin: a station, or a height of the chain."),
          Map.entry("iac_digest", "The digest of the credential that is asked about."),
          Map.entry("id", "The id that the creation or the list has answered."),
          Map.entry("intentId", "The `intent_id` of the intent."),
          Map.entry("intent_id", "Only what belongs to this intent."),
          Map.entry("item", "The id of the item in the catalog."),
          Map.entry("kind", "Only entries of this kind."),
          Map.entry("leaks_only", "Whether only leaks are answered."),
          Map.entry("limit", "The largest number of items of the answer."),
          Map.entry("list", "The id of the status list, as the credential names it."),
          Map.entry("merchant", "Only what belongs to this merchant, such as `raileast`."),
          Map.entry("name", "The name that was given at creation."),
          Map.entry("offer", "The id of the offer."),
          Map.entry("orderNo", "The `order_no` of the order."),
          Map.entry("order_no", "Only what belongs to this order."),
          Map.entry("owner", "Only what belongs to this merchant or agent, by its DID."),
          Map.entry("participant", "The id of the participant, such as `raileast`."),
          Map.entry("principal", "Only what belongs to this principal."),
          Map.entry("principal_id", "The principal, in a world with several."),
          Map.entry("q", "Words to search for."),
          Map.entry("recordId", "The `record_id` of the attestation record."),
          Map.entry("ref", "The `instrument_ref` of the instrument."),
          Map.entry("refundRequestId", "The `refund_request_id` of the refund."),
          Map.entry("request_id", "Only what belongs to this request."),
          Map.entry("resource_id", "Only what belongs to this resource."),
          Map.entry("second", "The tree size of the later head."),
          Map.entry("seq", "The sequence number of the entry."),
          Map.entry("service", "The id of the service in the catalog of the seller."),
          Map.entry("state", "Only those in this state."),
          Map.entry("status", "Only those with this status."),
          Map.entry("to", "The station where the journey ends."),
          Map.entry("tradeNo", "The `trade_no` of the payment."),
          Map.entry("trade_no", "Only what belongs to this payment."),
          Map.entry("tree_size", "The size of the tree that the proof is for."),
          Map.entry("wait_seconds", "How long to wait for the next change, 0 to 25 seconds."));

  private final ObjectNode document;
  private final OpenApiOperationIds ids = OpenApiOperationIds.load();

  OpenApiPaths(ObjectNode document) {
    this.document = document;
  }

  void complete() {
    var paths = (ObjectNode) document.path("paths");
    paths.remove(ALIASES);
    addComponents();
    var tags = document.putArray("tags");
    for (var tag : OpenApiTag.values()) {
      tags.addObject().put("name", tag.title()).put("description", tag.description());
    }
    paths.properties().forEach(each -> path(each.getKey(), (ObjectNode) each.getValue()));
  }

  private void path(String path, ObjectNode item) {
    item.properties().stream()
        .filter(each -> METHODS.contains(each.getKey()))
        .forEach(each -> operation(each.getKey(), path, (ObjectNode) each.getValue()));
  }

  /** Lists the parameters as they stand in the path, and then the others. */
  private static ArrayNode inOrder(String path, JsonNode declared) {
    var ordered = Json.mapper().createArrayNode();
    var others = Json.mapper().createArrayNode();
    Map<String, JsonNode> inPath = new HashMap<>();
    for (var parameter : declared) {
      if (parameter.path("in").asString("").equals("path")) {
        inPath.put(parameter.path("name").asString(), parameter);
      } else {
        others.add(parameter);
      }
    }
    PATH_PARAMETER
        .matcher(path)
        .results()
        .map(each -> each.group(1))
        .forEach(
            name -> {
              if (SHARED.contains(name)) {
                ordered.addObject().put("$ref", PARAMETERS + name);
              } else {
                ordered.add(inPath.get(name));
              }
            });
    ordered.addAll(others);
    return ordered;
  }

  private void operation(String method, String path, ObjectNode operation) {
    operation.put("operationId", ids.of(method, path, operation));
    operation.putArray("tags").add(OpenApiTag.of(path).title());
    for (var parameter : operation.path("parameters")) {
      if (!SHARED.contains(parameter.path("name").asString())) {
        parameter(path, (ObjectNode) parameter);
      }
    }
    if (isSigned(operation)) {
      operation.put(
          "description",
          operation.path("description").asString("")
              + " The message is signed: `signature_content` is made over its RFC 8785 form without"
              + " that field (docs/agents.md).");
    }
    answers(path, operation);
    var parameters = inOrder(path, operation.path("parameters"));
    if (path.startsWith("/w/")) {
      parameters.addObject().put("$ref", PARAMETERS + "act_sender");
    }
    if (!parameters.isEmpty()) {
      operation.set("parameters", parameters);
    }
  }

  private static void parameter(String path, ObjectNode parameter) {
    var name = parameter.path("name").asString();
    var text = PARAMETER_TEXTS.get(name);
    if (text == null) {
      throw new IllegalStateException(
          "no text for the parameter %s of %s; add one to %s"
              .formatted(name, path, OpenApiPaths.class.getSimpleName()));
    }
    parameter.put("description", text);
    parameter.put("required", parameter.path("required").asBoolean(false));
    if (name.equals("format") && path.endsWith("/journal/export")) {
      ((ObjectNode) parameter.path("schema")).putArray("enum").add("har").add("curl").add("json");
    }
  }

  private boolean isSigned(JsonNode operation) {
    return operation.has("requestBody")
        && schemaOf(operation.path("requestBody")).path("properties").has("signature_content");
  }

  private JsonNode schemaOf(JsonNode body) {
    var reference =
        body.path("content")
            .path("application/json")
            .path("schema")
            .path("$ref")
            .asString("#/none");
    return document.at(reference.substring(1));
  }

  private void answers(String path, ObjectNode operation) {
    var responses = (ObjectNode) operation.path("responses");
    for (var response : responses.properties()) {
      if (response.getValue() instanceof ObjectNode answer && !answer.has("$ref")) {
        answer.put("description", meaning(response.getKey()));
        content(path, answer);
      }
    }
    refusals(path, operation, responses);
    if (responses.path("402").has("description")) {
      var bill = responses.putObject("402");
      bill.put(
          "description",
          "Payment required: `Payment-Needed` has the bill, and `Payment-Validation` the result if"
              + " a proof was presented (A402-1, A402-9).");
      var headers = bill.putObject("headers");
      headers.putObject("Payment-Needed").put("$ref", HEADERS + "payment_needed");
      headers.putObject("Payment-Validation").put("$ref", HEADERS + "payment_validation");
      var content = bill.putObject("content");
      content
          .putObject("text/plain")
          .putObject("schema")
          .put("type", "string")
          .put("description", "One line for people; programs read the header.");
      content
          .putObject("application/json")
          .putObject("schema")
          .put("$ref", SCHEMAS + "ErrorBodyEnvelope");
      ((ObjectNode) responses.path("200"))
          .putObject("headers")
          .putObject("Payment-Validation")
          .put("$ref", HEADERS + "payment_validation");
      parameters(operation).addObject().put("$ref", PARAMETERS + "payment_proof");
    }
    if (PUBLISHED.matcher(path).matches()) {
      responses
          .putObject("304")
          .put("description", "The document is still the one with the tag of `If-None-Match`.");
    }
    // Answers of success first, in order.
    var sorted = Json.object();
    responses.properties().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(each -> sorted.set(each.getKey(), each.getValue()));
    operation.set("responses", sorted);
  }

  /** Lists each status with which the operation refuses; all have the form of the surface. */
  private void refusals(String path, ObjectNode operation, ObjectNode responses) {
    var refusal = responses.path("default");
    var id = operation.path("operationId").asString();
    for (var problem : OpenApiRefusals.of(id, path, operation, isSigned(operation))) {
      var status = String.valueOf(problem.status());
      if (!responses.has(status)) {
        responses.set(status, refusal);
      }
    }
  }

  private static ArrayNode parameters(ObjectNode operation) {
    return operation.path("parameters") instanceof ArrayNode there
        ? there
        : operation.putArray("parameters");
  }

  private static String meaning(String status) {
    return switch (status) {
      case "200" -> "The answer.";
      case "201" -> "Made.";
      case "202" -> "Accepted; what follows is in the events of the conversation.";
      case "204" -> "Done; there is nothing to answer.";
      case "402" -> "Payment required.";
      default -> throw new IllegalStateException("no text for status " + status);
    };
  }

  /** Corrects the content of answers that methods write as bytes or as a stream. */
  private static void content(String path, ObjectNode answer) {
    if (!(answer.path("content") instanceof ObjectNode content)) {
      return;
    }
    if (content.get("application/zip") instanceof ObjectNode archive) {
      archive.putObject("schema").put("type", "string").put("format", "binary");
    }
    if (content.get("text/event-stream") instanceof ObjectNode stream) {
      stream
          .putObject("schema")
          .put("type", "string")
          .put(
              "description",
              path.startsWith("/w/")
                  ? "Server-sent events; the data of each is a `ConversationEvent`."
                  : "Server-sent events; the data of each is a `JournalEntry`.");
    }
    if (path.equals("/metrics")) {
      content.removeAll();
      content.putObject("text/plain").putObject("schema").put("type", "string");
    } else if (path.endsWith("/report")) {
      content.removeAll();
      content.putObject("text/html").putObject("schema").put("type", "string");
    } else if (content.get("application/json") instanceof ObjectNode json
        && (json.at("/schema/format").asString("").startsWith("b")
            || json.path("schema").isEmpty()
            || (json.path("schema").size() == 1
                && json.at("/schema/type").asString("").equals("object"))
            || path.endsWith("/journal/export"))) {
      json.putObject("schema")
          .put("type", "object")
          .put("description", "A JSON document.")
          .put("additionalProperties", true);
    }
  }

  private void addComponents() {
    var components = (ObjectNode) document.path("components");
    var parameters = components.putObject("parameters");
    pathParameter(parameters, "world", "The name of the world, such as `demo`.", "demo");
    pathParameter(
        parameters, "merchant", "The id of the merchant, such as `raileast`.", "raileast");
    header(
        parameters,
        "act_sender",
        "Act-Sender",
        "The DID of the caller. The journal names it as the sender; it proves nothing.");
    header(
        parameters,
        "payment_proof",
        "Payment-Proof",
        "Base64url of the JSON of a `PaymentProof` (A402-4). Without it the answer is the bill.");
    encoded((ObjectNode) parameters.path("payment_proof"), "PaymentProof");
    var headers = components.putObject("headers");
    encoded(
        headers
            .putObject("payment_needed")
            .put("description", "Base64url of the JSON of a `PaymentNeeded`: the bill (A402-1)."),
        "PaymentNeeded");
    encoded(
        headers
            .putObject("payment_validation")
            .put(
                "description",
                "Base64url of the JSON of a `PaymentValidation`: what the proof, the delivery and"
                    + " the fulfilment came to (A402-9)."),
        "PaymentValidation");
  }

  private static void pathParameter(
      ObjectNode parameters, String name, String description, String example) {
    parameters
        .putObject(name)
        .put("name", name)
        .put("in", "path")
        .put("required", true)
        .put("description", description)
        .put("example", example)
        .putObject("schema")
        .put("type", "string");
  }

  private static void header(ObjectNode parameters, String key, String name, String description) {
    parameters
        .putObject(key)
        .put("name", name)
        .put("in", "header")
        .put("required", false)
        .put("description", description)
        .putObject("schema")
        .put("type", "string");
  }

  /** Describes a header with a message in base64url. */
  private static void encoded(ObjectNode header, String message) {
    header
        .putObject("schema")
        .put("type", "string")
        .put("contentEncoding", "base64url")
        .put("contentMediaType", "application/json")
        .putObject("contentSchema")
        .put("$ref", SCHEMAS + message);
  }
}
