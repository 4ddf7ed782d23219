package org.actsandbox.agent.wire;

import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Says that a participant answered no, or with an answer that the agent does not trust. */
public final class ParticipantRefusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Begins the code of an answer that names no code of its own. */
  private static final String WITHOUT_CODE = "http_";

  private final String participant;
  private final int status;
  private final String code;
  private final String expected;
  private final String field;
  private final String remedy;

  public ParticipantRefusal(
      String participant, int status, String code, String why, @Nullable Throwable cause) {
    this(participant, status, code, why, "", "", "", cause);
  }

  private ParticipantRefusal(
      String participant,
      int status,
      String code,
      String why,
      String expected,
      String field,
      String remedy,
      @Nullable Throwable cause) {
    super(why, cause, false, false);
    this.participant = participant;
    this.status = status;
    this.code = code;
    this.expected = expected;
    this.field = field;
    this.remedy = remedy;
  }

  /** Ours: makes the refusal of a well-formed answer that does not say what it must. */
  public static ParticipantRefusal untrusted(String participant, String code, String why) {
    return new ParticipantRefusal(participant, 0, code, why, null);
  }

  public static ParticipantRefusal from(String participant, OutboundClient.Answer answer) {
    var error = error(answer);
    var code = error.path("details").path("code").asString("");
    var message = error.path("message").asString("");
    return new ParticipantRefusal(
        participant,
        answer.status(),
        code.isEmpty() ? WITHOUT_CODE + answer.status() : UntrustedText.sanitize(code, 60),
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
    return participant;
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  /** Returns the expectation as the participant wrote it; empty when it did not say one. */
  public String expected() {
    return expected;
  }

  /** Returns the participant's advice; empty when it gave none. */
  public String remedy() {
    return remedy;
  }

  /** Returns the participant's own words, in any language. */
  public String why() {
    return String.valueOf(getMessage());
  }

  /**
   * Returns the reason in both languages: by its code where the catalogue has it, else in the
   * participant's words.
   */
  public Text reason() {
    if (code.equals(WITHOUT_CODE + status)) {
      return AgentPhrases.bilingual("answered.status", String.valueOf(status));
    }
    return AgentPhrases.errorText(code, field, why());
  }
}
