package org.actsandbox.protocol.refusal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The protocol's error object, valid against the published A402 error schema, as the body {@code
 * {"error": {...}}} of every refusal on a protocol surface.
 *
 * @param details the sandbox's finer code, the rule with the address of its sentence (relative to
 *     this server), and where it went wrong
 */
public record ErrorBody(
    String errorId,
    Category category,
    Phase phase,
    Retryability retryability,
    List<NextAction> validNextActions,
    String message,
    @Nullable Integer retryAfterSeconds,
    Details details) {

  public record Details(
      String code,
      @Nullable String rule,
      @Nullable String ruleUrl,
      @Nullable String field,
      @Nullable String expected,
      @Nullable String observed,
      @Nullable String remedy) {}

  /** The body as it stands on the wire. */
  public record Envelope(ErrorBody error) {}

  public static ErrorBody of(Refusal refusal) {
    var problem = refusal.problem();
    var category = problem.category();
    var message = refusal.detail();
    var rule = problem.rule();
    return new ErrorBody(
        category.errorId(),
        category,
        category.phase(),
        problem.retryability(),
        category.nextActions(),
        message.length() <= 1000 ? message : message.substring(0, 1000),
        null,
        new Details(
            problem.code(),
            rule == null ? null : rule.number(),
            rule == null ? null : rule.url(),
            refusal.field(),
            refusal.expected(),
            refusal.observed(),
            refusal.remedy()));
  }

  public Envelope enveloped() {
    return new Envelope(this);
  }
}
