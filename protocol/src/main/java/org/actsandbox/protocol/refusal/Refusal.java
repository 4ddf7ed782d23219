package org.actsandbox.protocol.refusal;

import java.time.Duration;
import org.actsandbox.protocol.json.Misfit;
import org.jspecify.annotations.Nullable;

/**
 * The one way business code says no. What was wrong, where, what was expected and what was seen,
 * and what to do next. Rendered in one place per surface.
 */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Problem problem;
  private @Nullable String field;
  private @Nullable String expected;
  private @Nullable String observed;
  private @Nullable String remedy;
  private @Nullable Phase phase;
  private @Nullable Integer retryAfterSeconds;

  public Refusal(Problem problem, String detail) {
    // No stack trace: a refusal is an answer, and filling traces would dominate refusal-heavy load.
    super(detail, null, false, false);
    this.problem = problem;
  }

  /** Where: a field path ({@code protocol.amount}), a header or a path segment. */
  public Refusal at(String path) {
    this.field = path;
    return this;
  }

  /** Where a message did not fit, what fits there and what was there. */
  public Refusal at(Misfit misfit) {
    this.field = misfit.at().isEmpty() ? "body" : misfit.at();
    this.expected = misfit.expected();
    this.observed = misfit.observed();
    return this;
  }

  public Refusal expected(String what) {
    this.expected = what;
    return this;
  }

  /** What was seen, shortened to 200 characters; never pass secrets. */
  public Refusal observed(String what) {
    this.observed = what.length() <= 200 ? what : what.substring(0, 200) + "…";
    return this;
  }

  /** What to do next, as a sentence. */
  public Refusal remedy(String sentence) {
    this.remedy = sentence;
    return this;
  }

  /** The phase of the purchase it happened in, where the address does not say it already. */
  public Refusal during(Phase where) {
    this.phase = where;
    return this;
  }

  /** After how long the same request may be sent again. */
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

  public @Nullable Phase phase() {
    return phase;
  }

  /** Set, or a second for what is over soon as a rule (RFC 9110, 10.2.3); null for the rest. */
  public @Nullable Integer retryAfterSeconds() {
    boolean isPassing = problem.status() == 429 || problem.status() == 503;
    return retryAfterSeconds == null && isPassing ? Integer.valueOf(1) : retryAfterSeconds;
  }
}
