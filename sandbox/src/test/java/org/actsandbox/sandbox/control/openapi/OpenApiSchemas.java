package org.actsandbox.sandbox.control.openapi;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actsandbox.protocol.attestation.HashAlgorithm;
import org.actsandbox.protocol.attestation.dispute.DisputeKind;
import org.actsandbox.protocol.identity.SignatureType;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.fault.FaultName;
import org.actsandbox.sandbox.tamper.EvidenceBreakKind;
import org.actsandbox.sandbox.world.clock.WorldClock;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Completes the schemas of the scanned document with what the sources say of the messages: texts,
 * known values, required signatures, and which messages refuse unknown fields.
 */
final class OpenApiSchemas {

  private static final String SCHEMAS = "#/components/schemas/";
  private static final List<String> SIGNATURE =
      List.of("signer_id", "signature_type", "signature_content");

  /** A list of values at the beginning of a comment, such as {@code second | first | business}. */
  private static final Pattern VALUES = Pattern.compile("[\\w-]+(?: \\| [\\w-]+)+");

  /** Texts whose known values stand in an enum of the server. */
  private static final Map<String, List<String>> KNOWN_VALUES =
      Map.of(
          "signature_type", codes(SignatureType.values()),
          "ClockRequest.mode", codes(WorldClock.Mode.values()),
          "DisputesDisputeRequest.kind", codes(DisputeKind.values()),
          "FaultRequest.name", codes(FaultName.values()),
          "TamperRequest.kind", codes(EvidenceBreakKind.values()),
          "hash_algorithm",
              Arrays.stream(HashAlgorithm.values()).map(HashAlgorithm::code).toList());

  /**
   * Signed where they are made, and answered without the signature once their state has changed.
   */
  private static final Set<String> UNSIGNED = Set.of("Claim", "Order");

  /** Signed or compared as a whole, without a signature field of their own. */
  private static final Set<String> RELAYED =
      Set.of("PaymentNeeded", "PaymentProof", "PaymentProofPresentedProof", "OffChainRecord");

  private static final Map<String, String> TEXT_FORMS =
      Map.of(
          "date", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
          "date-time", "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2})$");

  /** One sentence of a conversation, in a field that may also be one text. */
  private static final String TURN = "ConversationHistoryTurn";

  /** Fields that hold any JSON, not just an object. */
  private static final Set<String> ANY =
      Set.of(
          "DeliveryService.result",
          "JsonRpcErrorObject.data",
          "JsonRpcRequest.id",
          "JsonRpcRequest.params",
          "JsonRpcResponse.id",
          "JsonRpcResponse.result");

  /** Messages of other standards, which may have further fields. */
  private static final Set<String> FREE = Set.of("JsonRpcRequest");

  /** Texts of fields that mean the same in every message. */
  private static final Properties FIELD_TEXTS = texts();

  private final ObjectNode document;
  private final ObjectNode schemas;
  private final SourceComments comments = new SourceComments();
  private final Map<String, Class<?>> records = OpenApiSchemaResolver.records();

  OpenApiSchemas(ObjectNode document) {
    this.document = document;
    this.schemas = (ObjectNode) document.at("/components/schemas");
  }

  private static Properties texts() {
    try {
      return PropertiesLoaderUtils.loadAllProperties("openapi-source/field-texts.properties");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  void complete() {
    schemas.remove(
        schemas.propertyNames().stream()
            .filter(name -> name.startsWith("ServerSentEvent"))
            .toList());
    addPublicKey();
    schemas
        .properties()
        .forEach(
            each -> {
              var record = records.get(each.getKey());
              if (record != null && record.isRecord()) {
                message(each.getKey(), record, (ObjectNode) each.getValue());
              }
              describe(each.getKey(), record, (ObjectNode) each.getValue());
            });
    schemas.properties().forEach(each -> forms((ObjectNode) each.getValue()));
    describeParts();
    keepSignedTexts();
    new OpenApiUnions(schemas).complete();
    closeRequests();
  }

  private void message(String name, Class<?> record, ObjectNode schema) {
    var texts = comments.of(record).parameters();
    var before = (ObjectNode) schema.path("properties");
    var fields = Json.object();
    var required = Json.mapper().createArrayNode();
    requireNoOtherFields(name, record, before);
    for (var component : record.getRecordComponents()) {
      var wireName = wireName(component);
      var field = before.has(wireName) ? before.get(wireName) : before.get(component.getName());
      if (!(field instanceof ObjectNode there)) {
        continue;
      }
      fields.set(wireName, there);
      field(name + '.' + wireName, component, there, texts.getOrDefault(component.getName(), ""));
      if (!isNullable(component)) {
        required.add(wireName);
      }
    }
    if (fields.has("signature_content") && !UNSIGNED.contains(name)) {
      SIGNATURE.forEach(required::add);
    }
    schema.set("properties", fields);
    schema.remove("required");
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
  }

  /** The mapper would write what a method such as {@code isEmpty()} returns as a further field. */
  private static void requireNoOtherFields(String name, Class<?> record, ObjectNode fields) {
    var known = new HashSet<String>();
    for (var component : record.getRecordComponents()) {
      known.add(wireName(component));
      known.add(component.getName());
    }
    var others = fields.propertyNames().stream().filter(each -> !known.contains(each)).toList();
    if (!others.isEmpty()) {
      throw new IllegalStateException(
          name
              + " would be written with "
              + others
              + ", which are no components: rename the method");
    }
  }

  private static boolean isNullable(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private static String wireName(RecordComponent component) {
    var named = component.getAccessor().getAnnotation(JsonProperty.class);
    return named != null ? named.value() : OpenApiSchemaResolver.wireName(component.getName());
  }

  private void field(String name, RecordComponent component, ObjectNode field, String text) {
    free(name, component, field);
    if (name.endsWith(".jwk")) {
      field.removeAll();
      field.put("$ref", SCHEMAS + "PublicKey");
    }
    var wireName = name.substring(name.indexOf('.') + 1);
    if (!text.isEmpty()) {
      field.put("description", sentence(text));
    } else if (FIELD_TEXTS.containsKey(wireName) && !field.has("$ref")) {
      field.put("description", FIELD_TEXTS.getProperty(wireName));
    }
    if (!field.path("type").asString("").equals("string") || field.has("enum")) {
      return;
    }
    var known = KNOWN_VALUES.getOrDefault(name, KNOWN_VALUES.get(wireName));
    var listed = VALUES.matcher(text);
    if (known != null) {
      known.forEach(field.withArrayProperty("enum")::add);
    } else if (listed.lookingAt()) {
      values(listed).forEach(field.withArrayProperty("enum")::add);
    } else if (component.getType() == LocalTime.class) {
      field.put("pattern", "^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$");
    }
  }

  /** Describes fields that hold any JSON, or an object of any fields. */
  private static void free(String name, RecordComponent component, ObjectNode field) {
    if (field.path("additionalProperties").path("type").asString("").equals("object")) {
      field.put("additionalProperties", true);
    }
    if (!JsonNode.class.isAssignableFrom(component.getType()) || field.has("$ref")) {
      return;
    }
    field.removeAll();
    if (name.equals("ConversationHistory.user_intent_raw")) {
      var forms = field.putArray("oneOf");
      forms.addObject().put("type", "string");
      forms.addObject().put("type", "array").putObject("items").put("$ref", SCHEMAS + TURN);
    } else if (!ANY.contains(name)) {
      field.put("type", "object").put("additionalProperties", true);
    }
  }

  private static List<String> values(Matcher listed) {
    return List.of(listed.group().split(" \\| ", -1));
  }

  /** Describes a schema in the words of its type, or by its place among the others. */
  private void describe(String name, @Nullable Class<?> type, ObjectNode schema) {
    var text = type == null ? "" : comments.of(type).text();
    if (!text.isEmpty()) {
      schema.put("description", text);
    } else if (name.startsWith("Page")) {
      schema.put(
          "description",
          "One page of a list; `next` is the `cursor` of the next page, absent on the last.");
    }
  }

  /** Describes what has no words of its own by the message or the operation that it is part of. */
  private void describeParts() {
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation -> {
                          var id = operation.getValue().path("operationId").asString("");
                          name(operation.getValue().path("requestBody"), "The body of `%s`.", id);
                          name(operation.getValue().path("responses"), "The answer of `%s`.", id);
                        }));
    for (int round = 0; round < 4; round++) {
      schemas
          .properties()
          .forEach(
              each -> {
                if (each.getValue().has("description")) {
                  each.getValue()
                      .path("properties")
                      .properties()
                      .forEach(
                          field ->
                              name(
                                  field.getValue(),
                                  "The `" + field.getKey() + "` of a `%s`.",
                                  each.getKey()));
                }
              });
    }
  }

  private void name(JsonNode place, String form, String owner) {
    for (var reference : place.findValuesAsString("$ref")) {
      if (document.at(reference.substring(1)) instanceof ObjectNode schema
          && !schema.has("description")
          && reference.startsWith(SCHEMAS)) {
        schema.put("description", form.formatted(owner));
      }
    }
  }

  /** Gives each form of a message the property that tells the forms apart. */
  private void forms(ObjectNode union) {
    var property = union.at("/discriminator/propertyName").asString("");
    if (property.isEmpty()) {
      return;
    }
    union
        .at("/discriminator/mapping")
        .properties()
        .forEach(
            each -> {
              var form = (ObjectNode) document.at(each.getValue().asString().substring(1));
              var fields = Json.object();
              fields
                  .putObject(property)
                  .put("type", "string")
                  .put("description", "Always `" + each.getKey() + "`.")
                  .putArray("enum")
                  .add(each.getKey());
              fields.setAll((ObjectNode) form.path("properties"));
              form.set("properties", fields);
              form.withArrayProperty("required").add(property);
              if (!form.has("description")) {
                form.put(
                    "description",
                    union.path("description").asString("") + " The form `" + each.getKey() + "`.");
              }
            });
  }

  /**
   * Describes times and dates of signed messages as plain texts. A client that reads them as times
   * and writes them again may write them in another way, and then the signature does not match.
   */
  private void keepSignedTexts() {
    Set<String> signed = new HashSet<>(RELAYED);
    schemas
        .properties()
        .forEach(
            each -> {
              if (each.getValue().path("properties").has("signature_content")) {
                signed.add(each.getKey());
                reach(each.getValue(), signed);
              }
            });
    for (var name : signed) {
      schemas.path(name).path("properties").forEach(OpenApiSchemas::keepText);
    }
  }

  private static void keepText(JsonNode field) {
    var format = field.path("format").asString("");
    if (field instanceof ObjectNode there && TEXT_FORMS.containsKey(format)) {
      there.remove("format");
      there.put("pattern", TEXT_FORMS.get(format));
      there.put(
          "description",
          (there.path("description").asString("") + " ISO 8601; signed as it is written.").strip());
    }
  }

  private void addPublicKey() {
    var key = schemas.putObject("PublicKey");
    key.put("type", "object")
        .put(
            "description",
            "A public key as a JSON Web Key (RFC 7517): `x` for Ed25519, `x` and `y` for P-256, `n`"
                + " and `e` for RSA.");
    var fields = key.putObject("properties");
    fields.putObject("kty").put("type", "string").putArray("enum").add("OKP").add("EC").add("RSA");
    fields.putObject("crv").put("type", "string").putArray("enum").add("Ed25519").add("P-256");
    for (var name : List.of("x", "y", "n", "e", "kid", "use", "alg")) {
      fields.putObject(name).put("type", "string");
    }
    key.putArray("required").add("kty");
  }

  /** Refuses unknown fields in messages that are only ever sent to the server. */
  private void closeRequests() {
    Set<String> sent = new HashSet<>();
    Set<String> answered = new HashSet<>();
    document
        .path("paths")
        .forEach(
            path ->
                path.forEach(
                    operation -> {
                      reach(operation.path("requestBody"), sent);
                      reach(operation.path("responses"), answered);
                    }));
    sent.removeAll(answered);
    sent.removeAll(FREE);
    for (var name : sent) {
      if (schemas.path(name) instanceof ObjectNode schema && schema.has("properties")) {
        schema.put("additionalProperties", false);
      }
    }
  }

  private void reach(JsonNode from, Set<String> names) {
    for (var reference : from.findValuesAsString("$ref")) {
      if (reference.startsWith(SCHEMAS) && names.add(reference.substring(SCHEMAS.length()))) {
        reach(document.at(reference.substring(1)), names);
      }
    }
  }

  private static String sentence(String text) {
    var first = Character.toUpperCase(text.charAt(0)) + text.substring(1);
    if (VALUES.matcher(text).lookingAt()) {
      first = text;
    }
    return first.endsWith(".") ? first : first + '.';
  }

  private static List<String> codes(Enum<?>[] constants) {
    return Arrays.stream(constants).map(each -> Json.tree(each).asString()).toList();
  }
}
