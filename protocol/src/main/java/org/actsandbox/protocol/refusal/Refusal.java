package org.actsandbox.protocol.refusal;

import java.time.Duration;
import java.util.List;
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
  private transient List<FieldMistake> mistakes = List.of();
  private transient @Nullable SignedContent signedContent;
  private transient SignedContent.@Nullable Comparison signature;

  public Refusal(Problem problem, String detail) {
    // No stack trace: a refusal is a normal answer, and traces would dominate the cost of it.
    super(detail, null, false, false);
    this.problem = problem;
  }

  /**
   * Refuses a request for all its mistakes. Message, field, expected and observed value are those
   * of the first one.
   *
   * @param mistakes at least one
   */
  public static Refusal of(Problem problem, List<FieldMistake> mistakes) {
    var first = mistakes.getFirst();
    int others = mistakes.size() - 1;
    var refusal =
        new Refusal(
            problem,
            others == 0
                ? first.message()
                : "%s, and %d more %s"
                    .formatted(first.message(), others, others == 1 ? "mistake" : "mistakes"));
    refusal.field = first.field();
    refusal.expected = first.expected();
    refusal.observed = first.observed();
    refusal.remedy = first.remedy();
    refusal.mistakes = List.copyOf(mistakes);
    return refusal;
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

  /** Says over which content a signature was verified that does not match. */
  public Refusal signed(@Nullable SignedContent content) {
    this.signedContent = content;
    this.signature = content == null ? null : content.compare(null);
    return this;
  }

  /**
   * Compares the signed content with what the sender says that it signed.
   *
   * @param sent the value of {@link SignedContent#HEADER}; null if there is none
   */
  public void compareSigned(@Nullable String sent) {
    if (signedContent != null && sent != null) {
      signature = signedContent.compare(sent);
    }
  }

  /** Says which mistake leads to the text that the sender signed. */
  public void explainSigned(String cause) {
    if (signature != null) {
      signature = signature.explainedBy(cause);
    }
  }

  /**
   * Returns this refusal for a signed part of a larger message.
   *
   * @param path the path of the part
   * @param what the name of the part, for people
   */
  public Refusal inside(String path, String what) {
    var outer = new Refusal(problem, what + ": " + detail()).at(path + "." + field);
    outer.expected = expected;
    outer.observed = observed;
    return outer.signed(signedContent);
  }

  public Problem problem() {
    return problem;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }

  /** Returns all mistakes of the request; empty if the refusal is not about its content. */
  public List<FieldMistake> mistakes() {
    boolean isAboutContent =
        problem == Problem.INVALID_FIELD || problem == Problem.INTENT_MALFORMED;
    return mistakes.isEmpty() && isAboutContent ? toMistakes() : mistakes;
  }

  /** Returns the mistakes, or the refusal as a single mistake. */
  public List<FieldMistake> toMistakes() {
    if (!mistakes.isEmpty()) {
      return mistakes;
    }
    return List.of(
        new FieldMistake(
            field == null ? "body" : field,
            FieldMistake.Reason.WRONG_VALUE,
            detail(),
            expected,
            observed,
            remedy));
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

  public @Nullable SignedContent signedContent() {
    return signedContent;
  }

  /** Returns what is known about a signature that does not match; null for other refusals. */
  public SignedContent.@Nullable Comparison signature() {
    return signature;
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
