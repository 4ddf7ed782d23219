package org.actsandbox.protocol.refusal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The protocol's error object, as the body {@code {"error": {...}}} of every refusal on a protocol
 * surface.
 *
 * <p>The eleven categories of A402 fit the published A402 error schema. Ours: the errors of
 * commerce interaction (CID-3, CID-8), for which ACT publishes no schema, have the same members,
 * with an {@code error_id} that begins with {@code ACT-CID-} and a category of their own
 * (docs/errors.md). They never stand in {@code Payment-Validation}.
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

  /** With the phase that the catalogue gives the category, where the refusal says none. */
  public static ErrorBody of(Refusal refusal) {
    return of(refusal, refusal.problem().category().phase());
  }

  /**
   * @param where the phase that the refused request belongs to
   */
  public static ErrorBody of(Refusal refusal, Phase where) {
    var problem = refusal.problem();
    var category = problem.category();
    var phase = refusal.phase();
    var message = refusal.detail();
    var rule = problem.rule();
    return new ErrorBody(
        category.errorId(),
        category,
        phase == null ? category.phase(where) : phase,
        problem.retryability(),
        category.nextActions(),
        message.length() <= 1000 ? message : message.substring(0, 1000),
        refusal.retryAfterSeconds(),
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
