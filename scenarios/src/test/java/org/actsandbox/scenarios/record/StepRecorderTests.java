package org.actsandbox.scenarios.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests what the recorder infers from a journal that does not say it directly. */
class StepRecorderTests {

  private static final String CONVERSATIONS = "/agents/demo-agent/conversations";

  @Test
  void aPlatformThatTheMachineMadeSlowGetsADelayFault() {
    assertThat(recorded(said(), leftOut("raileast")))
        .extracting(Object::toString)
        .first()
        .asString()
        .contains("\"fault\"", "\"delay\"", "raileast");
  }

  @Test
  void aPlatformThatAFaultMadeSlowGetsNoOtherFault() {
    assertThat(recorded(said(), fired("raileast"), leftOut("raileast")))
        .hasSize(1)
        .allMatch(step -> step.has("say"));
  }

  /** A file is recorded as often as its page is opened, and each time every record is verified. */
  @Test
  void aVerificationIsNoStep() {
    var verification =
        exchange("/trust/verifications", 200, Json.object().put("record_id", "E-1"), Json.object());
    ((ObjectNode) verification.path("data")).put("role", "principal");

    assertThat(recorded(said(), verification)).hasSize(1).allMatch(step -> step.has("say"));
  }

  private static List<JsonNode> recorded(JsonNode... later) {
    var opened =
        exchange(CONVERSATIONS, 201, Json.object(), Json.object().put("conversation_id", "C-1"));
    var entries = Stream.concat(Stream.of(opened), Stream.of(later)).toList();
    var sessionParticipants = new SessionParticipants("demo-agent", Set.of());
    var outcomes = Map.of("C-1", List.of("nothing_suitable"));
    return new StepRecorder(
            entries, sessionParticipants, new SessionOwners(entries, sessionParticipants), outcomes)
        .steps()
        .valueStream()
        .toList();
  }

  private static JsonNode said() {
    return exchange(
        CONVERSATIONS + "/C-1/messages", 202, Json.object().put("text", "a train"), Json.object());
  }

  private static JsonNode exchange(String path, int status, ObjectNode sent, ObjectNode got) {
    var entry = entry("EXCHANGE", "did:act:principal", "conversation");
    var data = entry.putObject("data");
    data.put("method", "POST").put("path", path).put("status", status);
    data.putObject("request_body").set("json", sent);
    data.putObject("response_body").set("json", got);
    return entry;
  }

  private static JsonNode leftOut(String platform) {
    var entry = entry("DECISION", "did:act:demo-agent", "decision-logged");
    entry
        .putObject("data")
        .putArray("left_out")
        .addObject()
        .put("code", "too_slow")
        .put("platform", platform);
    return entry;
  }

  private static JsonNode fired(String participant) {
    return entry("FAULT", "did:act:" + participant, "delay");
  }

  private static ObjectNode entry(String kind, String actor, String event) {
    return Json.object()
        .put("kind", kind)
        .put("at", "2026-11-25T01:00:00Z")
        .put("actor", actor)
        .put("event", event);
  }
}
