package org.actsandbox.agent.wire;

import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A participant answered, and the answer is no, or is not to be trusted. */
public final class ParticipantRefusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String who;
  private final int status;
  private final String code;
  private final String expected;
  private final String field;
  private final String remedy;

  public ParticipantRefusal(
      String who, int status, String code, String why, @Nullable Throwable cause) {
    this(who, status, code, why, "", "", "", cause);
  }

  private ParticipantRefusal(
      String who,
      int status,
      String code,
      String why,
      String expected,
      String field,
      String remedy,
      @Nullable Throwable cause) {
    super(why, cause, false, false);
    this.who = who;
    this.status = status;
    this.code = code;
    this.expected = expected;
    this.field = field;
    this.remedy = remedy;
  }

  /** Ours: an answer in good form that says something else than it must. */
  public static ParticipantRefusal untrusted(String who, String code, String why) {
    return new ParticipantRefusal(who, 0, code, why, null);
  }

  public static ParticipantRefusal from(String who, OutboundClient.Answer answer) {
    var error = error(answer);
    var code = error.path("details").path("code").asString("");
    var message = error.path("message").asString("");
    return new ParticipantRefusal(
        who,
        answer.status(),
        code.isEmpty() ? "http_" + answer.status() : UntrustedText.sanitize(code, 60),
        message.isEmpty() ? "it answered " + answer.status() : UntrustedText.sanitize(message, 200),
        error.path("details").path("expected").asString(""),
        error.path("details").path("field").asString(""),
        UntrustedText.sanitize(error.path("details").path("remedy").asString(""), 300),
        null);
  }

  private static JsonNode error(OutboundClient.Answer answer) {
    try {
      return Json.parse(answer.body()).path("error");
    } catch (JacksonException notJson) {
      return Json.object();
    }
  }

  public String participant() {
    return who;
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  /** What it would have taken, as the participant wrote it; empty when it did not say. */
  public String expected() {
    return expected;
  }

  /** What the participant says would do; empty when it did not say. */
  public String remedy() {
    return remedy;
  }

  /** In the participant's own words, in whatever language they are. */
  public String why() {
    return String.valueOf(getMessage());
  }

  /** In both languages: by its code where the catalogue has it, else in the participant's words. */
  public Text reason() {
    return AgentPhrases.errorText(code, field, why());
  }
}
