package org.actsandbox.kit;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.proof.ProofValidation;
import org.actsandbox.protocol.refusal.ErrorBody;
import org.actsandbox.protocol.refusal.ErrorCategory;
import org.actsandbox.protocol.refusal.ErrorPhase;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says that a message, a proof or a request is refused, and why. {@link #status} and {@link
 * #errorJson} are the answer that ACT wants for it (A402-10).
 */
public final class RequestRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  RequestRefusedException(Refusal refusal) {
    // Without a stack trace: a refusal is a normal answer.
    super(message(refusal), refusal, false, false);
    this.refusal = refusal;
  }

  /**
   * Makes a refusal of the merchant's own, which is answered with the status and the facts of its
   * code.
   *
   * @param code of docs/errors.md, such as {@code sold_out} or {@code hold_expired}
   * @param message what was wrong, for people
   * @throws IllegalArgumentException if there is no such code
   */
  public static RequestRefusedException of(String code, String message) {
    return Arrays.stream(Problem.values())
        .filter(each -> each.code().equals(code))
        .findFirst()
        .map(problem -> new RequestRefusedException(refusal(problem, message)))
        .orElseThrow(() -> new IllegalArgumentException("docs/errors.md has no code " + code));
  }

  private static Refusal refusal(Problem problem, String message) {
    var refusal = new Refusal(problem, message);
    return problem.category() == ErrorCategory.SYSTEM
        ? refusal.retryAfter(Duration.ofSeconds(1))
        : refusal;
  }

  static RequestRefusedException unverified(String why) {
    return new RequestRefusedException(ProofValidation.unverified(why));
  }

  /** Returns the HTTP status of the answer, such as 402 or 503. */
  public int status() {
    return refusal.problem().status();
  }

  /** Returns the code of the error, such as {@code proof_mismatch}. */
  public String code() {
    return refusal.problem().code();
  }

  /** Returns the field that is wrong, such as {@code protocol.amount}. */
  public Optional<String> field() {
    return Optional.ofNullable(refusal.field());
  }

  /** Says whether the same request may succeed later: nothing is wrong with it as far as known. */
  public boolean isTemporary() {
    return refusal.problem().category() == ErrorCategory.SYSTEM;
  }

  /** Returns the body of the answer as JSON text, {@code {"error": {...}}}. */
  public String errorJson() {
    return errorJson(ErrorPhase.PROOF_VALIDATION);
  }

  String errorJson(ErrorPhase phase) {
    var body = Json.object();
    body.set("error", Json.tree(error(phase)));
    // The addresses of these texts are the sandbox's, and relative.
    if (body.at("/error/details") instanceof ObjectNode details) {
      details.remove("help_url");
      details.remove("rule_url");
    }
    return Json.write(body);
  }

  ErrorBody error(ErrorPhase phase) {
    return ErrorBody.of(refusal, phase);
  }

  @Nullable Integer retryAfterSeconds() {
    return refusal.retryAfterSeconds();
  }

  Refusal refusal() {
    return refusal;
  }

  private static String message(Refusal refusal) {
    var text = new StringBuilder(refusal.problem().code()).append(": ").append(refusal.detail());
    if (refusal.field() != null) {
      text.append(", at ").append(refusal.field());
    }
    if (refusal.expected() != null) {
      text.append(", expected ").append(refusal.expected());
    }
    if (refusal.observed() != null) {
      text.append(", observed ").append(refusal.observed());
    }
    return text.toString();
  }
}
