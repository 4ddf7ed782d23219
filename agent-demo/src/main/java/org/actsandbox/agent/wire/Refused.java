package org.actsandbox.agent.wire;

import org.actsandbox.agent.text.Phrases;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.http.Outbound;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A participant answered, and the answer is no, or is not to be trusted. */
public final class Refused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String who;
  private final int status;
  private final String code;
  private final String expected;
  private final String field;
  private final String remedy;

  public Refused(String who, int status, String code, String why, @Nullable Throwable cause) {
    this(who, status, code, why, "", "", "", cause);
  }

  private Refused(
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
  public static Refused untrusted(String who, String code, String why) {
    return new Refused(who, 0, code, why, null);
  }

  public static Refused from(String who, Outbound.Answer answer) {
    var error = error(answer);
    var code = error.path("details").path("code").asString("");
    var message = error.path("message").asString("");
    return new Refused(
        who,
        answer.status(),
        code.isEmpty() ? "http_" + answer.status() : Words.plain(code, 60),
        message.isEmpty() ? "it answered " + answer.status() : Words.plain(message, 200),
        error.path("details").path("expected").asString(""),
        error.path("details").path("field").asString(""),
        Words.plain(error.path("details").path("remedy").asString(""), 300),
        null);
  }

  private static JsonNode error(Outbound.Answer answer) {
    try {
      return Json.parse(answer.body()).path("error");
    } catch (JacksonException notJson) {
      return Json.object();
    }
  }

  public String who() {
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
  public Text words() {
    return Phrases.code(code, field, why());
  }
}
