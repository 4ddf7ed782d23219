package org.actsandbox.sandbox.control.openapi;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * Describes messages that are one record in Java, but have other fields for each type: events of a
 * conversation, and attestation records with the body of their event.
 */
final class OpenApiUnions {

  private static final String SCHEMAS = "#/components/schemas/";
  private static final String TEXT = "{\"type\":\"string\"}";
  private static final String TEXTS = list(TEXT);
  private static final String TIME = "{\"type\":\"string\",\"format\":\"date-time\"}";

  /** A client has to pass it on as it is written, because a signature covers it. */
  private static final String SIGNED_TIME =
      "{\"type\":\"string\",\"description\":\"ISO 8601; signed as it is written.\"}";

  private static final String YES_OR_NO = "{\"type\":\"boolean\"}";
  private static final String DIGEST =
      "{\"type\":\"string\",\"description\":\"A digest, `sha-256:` and base64url.\"}";

  /** The forms of the fields of events that are no plain text. */
  private static final Map<String, String> EVENT_FIELDS =
      Map.ofEntries(
          Map.entry("role", "{\"type\":\"string\",\"enum\":[\"user\",\"assistant\"]}"),
          Map.entry("missing", TEXTS),
          Map.entry("plan", list(object(Map.of("kind", TEXT, "want", TEXT)))),
          Map.entry("unsupported", TEXTS),
          Map.entry("unread", TEXTS),
          Map.entry("assumed", TEXTS),
          Map.entry("searches", list(search())),
          Map.entry("recommended", TEXTS),
          Map.entry("unconfirmed", TEXTS),
          Map.entry("fits_budget", YES_OR_NO),
          Map.entry("order", reference("Order")),
          Map.entry("expires_at", TIME),
          Map.entry("delivery", reference("Delivery")),
          Map.entry("payment_validation", reference("PaymentValidation")),
          Map.entry("summary", TEXTS),
          Map.entry("open_questions", TEXTS),
          Map.entry("until", TIME),
          Map.entry("next_at", TIME),
          Map.entry("of", "{\"type\":\"string\",\"enum\":[\"budget\",\"time\"]}"),
          Map.entry("percent", "{\"type\":\"integer\"}"),
          Map.entry("bill", reference("TaskViewBill")),
          Map.entry("budget", reference("TaskViewBudget")));

  private static final String STATE_CHANGE =
      object(Map.of("from", TEXT, "to", TEXT, "by", TEXT, "reason_digest", DIGEST));

  private final ObjectNode schemas;

  OpenApiUnions(ObjectNode schemas) {
    this.schemas = schemas;
  }

  void complete() {
    describe(
        "ConversationEvent",
        "type",
        "data",
        Arrays.stream(ConversationEventType.values())
            .collect(Collectors.toMap(ConversationEventType::code, OpenApiUnions::data)));
    describe(
        "OffChainRecord",
        "event_type",
        "event_body",
        Arrays.stream(EventType.values())
            .collect(Collectors.toMap(EventType::code, OpenApiUnions::body)));
    field("TrustRecordView", "record").put("$ref", SCHEMAS + "OffChainRecord");
  }

  /** Replaces a schema by a choice of forms, one for each value of the property. */
  private void describe(
      String name, String property, String content, Map<String, String> contents) {
    var whole = (ObjectNode) schemas.path(name);
    var union = Json.object();
    union.put("description", whole.path("description").asString());
    var forms = union.putArray("oneOf");
    var discriminator = union.putObject("discriminator").put("propertyName", property);
    var mapping = discriminator.putObject("mapping");
    for (var code : whole.at("/properties/" + property + "/enum")) {
      var formName = name + suffix(code.asString());
      var form = whole.deepCopy();
      form.put(
          "description",
          whole.path("description").asString() + " The form `" + code.asString() + "`.");
      var fields = (ObjectNode) form.path("properties");
      ((ObjectNode) fields.path(property)).putArray("enum").add(code.asString());
      fields.set(content, Json.parse(contents.get(code.asString())));
      schemas.set(formName, form);
      forms.addObject().put("$ref", SCHEMAS + formName);
      mapping.put(code.asString(), SCHEMAS + formName);
    }
    schemas.set(name, union);
  }

  private ObjectNode field(String schema, String field) {
    return ((ObjectNode) schemas.path(schema).path("properties")).putObject(field);
  }

  /** Makes {@code PaymentNeeded} of {@code payment_needed}, {@code CartConfirmed} of an event. */
  private static String suffix(String code) {
    return Arrays.stream(code.substring(code.lastIndexOf(':') + 1).split("[_-]"))
        .map(part -> part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1))
        .collect(Collectors.joining());
  }

  private static String data(ConversationEventType type) {
    return object(
        type.fields().stream()
            .collect(
                Collectors.toMap(field -> field, field -> EVENT_FIELDS.getOrDefault(field, TEXT))));
  }

  private static String body(EventType type) {
    return switch (type) {
      case INTENT_CREATED -> object(Map.of("isr_digest", DIGEST));
      case DELEGATION_ISSUED ->
          object(
              Map.of(
                  "iac_digest",
                  DIGEST,
                  "approval_digest",
                  DIGEST,
                  "mode",
                  TEXT,
                  "valid_until",
                  SIGNED_TIME));
      case DELEGATION_SUSPENDED, DELEGATION_RESUMED, DELEGATION_REVOKED, DELEGATION_EXPIRED ->
          STATE_CHANGE;
      case DECISION_LOGGED ->
          object(
              Map.of(
                  "compared",
                  list(
                      object(
                          Map.of(
                              "merchant_id",
                              TEXT,
                              "offer_digest",
                              DIGEST,
                              "total",
                              TEXT,
                              "currency",
                              TEXT,
                              "recommended",
                              YES_OR_NO))),
                  "left_out",
                  list(object(Map.of("merchant_id", TEXT, "code", TEXT)))));
      case CART_CONFIRMED ->
          object(
              Map.of(
                  "order_digest",
                  DIGEST,
                  "total",
                  TEXT,
                  "currency",
                  TEXT,
                  "kind",
                  TEXT,
                  "hold_until",
                  SIGNED_TIME));
      case TRANSACTION_COMPLETED ->
          object(
              Map.of(
                  "amount",
                  TEXT,
                  "currency",
                  TEXT,
                  "method",
                  TEXT,
                  "approval_digest",
                  DIGEST,
                  "proof_digest",
                  DIGEST,
                  "request_digest",
                  DIGEST));
      case FULFILLMENT_COMPLETED ->
          object(Map.of("delivery_digest", DIGEST, "total", TEXT, "currency", TEXT));
    };
  }

  private static String search() {
    var leftOut = list(object(Map.of("platform", TEXT, "platform_name", TEXT, "reason", TEXT)));
    return object(
        Map.of(
            "kind", TEXT,
            "platforms_asked", TEXTS,
            "left_out", leftOut,
            "platforms_left_out", leftOut,
            "want", TEXT,
            "reasons", TEXTS,
            "nearest", object(Map.of("title", TEXT, "total", TEXT, "currency", TEXT)),
            "offers",
                list(
                    object(
                        Map.of(
                            "offer_id", TEXT,
                            "merchant", TEXT,
                            "merchant_name", TEXT,
                            "title", TEXT,
                            "total", TEXT,
                            "currency", TEXT,
                            "why", TEXT,
                            "recommended", YES_OR_NO,
                            "offer", reference("Offer"))))));
  }

  private static String reference(String schema) {
    return "{\"$ref\":\"" + SCHEMAS + schema + "\"}";
  }

  private static String list(String items) {
    return "{\"type\":\"array\",\"items\":" + items + "}";
  }

  /** Describes an object by its fields, in the order of their names; further fields may follow. */
  private static String object(Map<String, String> fields) {
    return fields.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(each -> '"' + each.getKey() + "\":" + each.getValue())
        .collect(Collectors.joining(",", "{\"type\":\"object\",\"properties\":{", "}}"));
  }
}
