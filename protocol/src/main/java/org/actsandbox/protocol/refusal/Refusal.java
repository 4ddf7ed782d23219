package org.actsandbox.protocol.refusal;

import java.time.Duration;
import org.actsandbox.protocol.json.JsonMismatch;
import org.jspecify.annotations.Nullable;

/**
 * The exception with which business code refuses a request. It says what was wrong and where, the
 * expected and the observed value, and what to do next. Each surface renders it in one place.
 */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Problem problem;
  private @Nullable String field;
  private @Nullable String expected;
  private @Nullable String observed;
  private @Nullable String remedy;
  private @Nullable ErrorPhase phase;
  private @Nullable Integer retryAfterSeconds;

  public Refusal(Problem problem, String detail) {
    // No stack trace: a refusal is a normal answer, and traces would dominate the cost of it.
    super(detail, null, false, false);
    this.problem = problem;
  }

  /**
   * @param path place of the error: a field path ({@code protocol.amount}), a header or a path
   *     segment
   */
  public Refusal at(String path) {
    this.field = path;
    return this;
  }

  /** Takes field, expected and observed value from a mismatch. */
  public Refusal at(JsonMismatch mismatch) {
    this.field = mismatch.at().isEmpty() ? "body" : mismatch.at();
    this.expected = mismatch.expected();
    this.observed = mismatch.observed();
    return this;
  }

  public Refusal expected(String what) {
    this.expected = what;
    return this;
  }

  /**
   * @param what the observed value, which is cut to 200 characters; never pass secrets
   */
  public Refusal observed(String what) {
    this.observed = what.length() <= 200 ? what : what.substring(0, 200) + "…";
    return this;
  }

  /**
   * @param sentence advice for the caller's next step, as a whole sentence
   */
  public Refusal remedy(String sentence) {
    this.remedy = sentence;
    return this;
  }

  /**
   * @param where the phase of the purchase, if the address of the request does not give it
   */
  public Refusal during(ErrorPhase where) {
    this.phase = where;
    return this;
  }

  /**
   * @param pause the caller may send the same request again after this time
   */
  public Refusal retryAfter(Duration pause) {
    this.retryAfterSeconds = Math.toIntExact(Math.max(1, pause.toSeconds()));
    return this;
  }

  public Problem problem() {
    return problem;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }

  public @Nullable String field() {
    return field;
  }

  public @Nullable String expected() {
    return expected;
  }

  public @Nullable String observed() {
    return observed;
  }

  public @Nullable String remedy() {
    return remedy;
  }

  public @Nullable ErrorPhase phase() {
    return phase;
  }

  /**
   * Returns the given pause, or one second for statuses that are usually temporary (RFC 9110,
   * 10.2.3); null for all others.
   */
  public @Nullable Integer retryAfterSeconds() {
    boolean isTemporary = problem.status() == 429 || problem.status() == 503;
    return retryAfterSeconds == null && isTemporary ? Integer.valueOf(1) : retryAfterSeconds;
  }
}
