package org.actsandbox.protocol.refusal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The protocol's error object. The body of every refusal on a protocol surface is {@code {"error":
 * {...}}} with it.
 *
 * <p>The eleven categories of A402 match the published A402 error schema. Ours: the errors of
 * commerce interaction (CID-3, CID-8), for which ACT publishes no schema, have the same members,
 * with an {@code error_id} that begins with {@code ACT-CID-} and a category of their own
 * (docs/errors.md). They never occur in {@code Payment-Validation}.
 *
 * @param details the sandbox's finer code with the address of its text, the rule with the address
 *     of its text (both relative to this server), and the place of the error
 */
public record ErrorBody(
    String errorId,
    ErrorCategory category,
    ErrorPhase phase,
    Retryability retryability,
    List<NextAction> validNextActions,
    String message,
    @Nullable Integer retryAfterSeconds,
    Details details) {

  /**
   * The details of an error.
   *
   * @param errors all mistakes of the request; field, expected, observed and remedy are those of
   *     the first one
   * @param signature about a signature that does not match: the key and the bytes with which it was
   *     verified
   */
  public record Details(
      String code,
      String helpUrl,
      @Nullable String rule,
      @Nullable String ruleUrl,
      @Nullable String field,
      @Nullable String expected,
      @Nullable String observed,
      @Nullable String remedy,
      @Nullable List<FieldMistake> errors,
      SignedContent.@Nullable Comparison signature) {}

  /** The body on the wire. */
  public record Envelope(ErrorBody error) {}

  /** Uses the catalogue's phase of the category if the refusal has no phase. */
  public static ErrorBody of(Refusal refusal) {
    return of(refusal, refusal.problem().category().phase());
  }

  /**
   * Makes the error object of a refusal.
   *
   * @param where the phase to which the refused request belongs
   */
  public static ErrorBody of(Refusal refusal, ErrorPhase where) {
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
            problem.helpUrl(),
            rule == null ? null : rule.number(),
            rule == null ? null : rule.url(),
            refusal.field(),
            refusal.expected(),
            refusal.observed(),
            refusal.remedy(),
            refusal.mistakes().isEmpty() ? null : refusal.mistakes(),
            refusal.signature()));
  }

  public Envelope enveloped() {
    return new Envelope(this);
  }
}
