package org.actsandbox.protocol.attestation;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads records that another party sent. A record is accepted only if it has all required members
 * and no unknown ones.
 */
public final class RecordCodec {

  /** Ours: enough for the record of one event. */
  static final int MAX_BYTES = 32 * 1024;

  /** Ours: more records than any purchase has. */
  public static final int MAX_PER_PURCHASE = 200;

  private static final List<String> TEXTS =
      List.of(
          "record_id",
          "event_type",
          "business_time",
          "record_time",
          "version",
          "intent_id",
          "salt",
          "payload_hash",
          "hash_algorithm");
  private static final List<String> OPTIONAL = List.of("delegation_id", "order_no", "trade_no");
  private static final List<String> ARRAYS =
      List.of("upstream_records", "participants", "signatures");
  private static final Set<String> KNOWN_MEMBERS =
      Set.copyOf(
          Stream.of(TEXTS, OPTIONAL, ARRAYS, List.of("event_body")).flatMap(List::stream).toList());

  private RecordCodec() {}

  /** The result of reading a record: the record, or what is wrong with its form. */
  public sealed interface ReadResult {

    record WellFormed(OffChainRecord record) implements ReadResult {}

    record Malformed(String why) implements ReadResult {}
  }

  public static ReadResult read(byte[] json) {
    if (json.length > MAX_BYTES) {
      return new ReadResult.Malformed("the record is longer than " + MAX_BYTES + " bytes");
    }
    try {
      return read(Json.parse(json));
    } catch (JacksonException notJson) {
      return new ReadResult.Malformed("the record is not JSON");
    }
  }

  public static ReadResult read(JsonNode tree) {
    var defect = defect(tree);
    if (defect.isPresent()) {
      return new ReadResult.Malformed(defect.get());
    }
    try {
      var record = Json.read(tree, OffChainRecord.class);
      if (!Arrays.equals(CanonicalJson.bytes(Json.tree(record)), CanonicalJson.bytes(tree))) {
        return new ReadResult.Malformed(spelling(record, tree));
      }
      return record.version().equals(OffChainRecord.VERSION)
          ? checkContent(record)
          : new ReadResult.Malformed(
              "version " + record.version() + " is not one this version reads");
    } catch (JacksonException | IllegalArgumentException | NullPointerException unreadable) {
      return new ReadResult.Malformed("a field of the record has the wrong form");
    }
  }

  /** Says which time is written in another way than the one that is signed. */
  private static String spelling(OffChainRecord record, JsonNode tree) {
    return Stream.of(
            Map.entry("business_time", record.businessTime()),
            Map.entry("record_time", record.recordTime()))
        .filter(each -> !tree.path(each.getKey()).asString("").equals(each.getValue().toString()))
        .map(
            each ->
                "%s is written %s, expected %s"
                    .formatted(
                        each.getKey(), tree.path(each.getKey()).asString(""), each.getValue()))
        .findFirst()
        .orElse("the record says something this version does not know");
  }

  private static ReadResult checkContent(OffChainRecord record) {
    if (record.participants().isEmpty() || record.signatures().isEmpty()) {
      return new ReadResult.Malformed("the record lacks participants or signatures");
    }
    if (!record.eventType().isComplete(record.links())) {
      return new ReadResult.Malformed("the record lacks an identifier its event must carry");
    }
    return record.hasValidSalt()
        ? new ReadResult.WellFormed(record)
        : new ReadResult.Malformed("the salt is not base64url of at least 128 bits");
  }

  private static boolean allHave(JsonNode array, String... texts) {
    return array
        .valueStream()
        .allMatch(each -> Arrays.stream(texts).allMatch(text -> each.path(text).isString()));
  }

  /** Returns what is wrong with the members of the record; empty if nothing is. */
  private static Optional<String> defect(JsonNode tree) {
    if (!(tree instanceof ObjectNode object)) {
      return Optional.of("the record is not a JSON object");
    }
    var missing =
        Stream.concat(
                TEXTS.stream().filter(name -> !object.path(name).isString()),
                ARRAYS.stream().filter(name -> !object.path(name).isArray()))
            .findFirst();
    if (missing.isPresent()) {
      return Optional.of("the record lacks " + missing.get());
    }
    if (!object.path("event_body").isObject()) {
      return Optional.of("the record lacks event_body");
    }
    if (!allHave(object.path("participants"), "participant_id", "role")
        || !allHave(object.path("signatures"), "signer_id", "signature_type", "signature_value")
        || !object
            .path("signatures")
            .valueStream()
            .allMatch(each -> each.path("covered_fields").isArray())) {
      return Optional.of("a participant or a signature lacks something");
    }
    return object.propertyNames().stream()
        .filter(name -> !KNOWN_MEMBERS.contains(name))
        .findFirst()
        .map(_ -> "the record has a member this version does not know");
  }
}
