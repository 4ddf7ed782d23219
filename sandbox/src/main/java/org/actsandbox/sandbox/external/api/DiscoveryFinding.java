package org.actsandbox.sandbox.external.api;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Represents one thing that discovery looked at.
 *
 * @param check stable name, such as {@code card}
 * @param code what was found
 * @param target the address that was asked; null if none was
 * @param rule number of the rule in ACT, such as {@code CID-4}; null if it is no rule of ACT
 * @param expected what a right answer has
 * @param observed what came
 */
public record DiscoveryFinding(
    String check,
    Result result,
    DiscoveryCode code,
    @Nullable String target,
    @Nullable String rule,
    @Nullable String expected,
    @Nullable String observed) {

  /** Lists the results of a check. */
  public enum Result {
    PASSED,
    FAILED,
    /** The merchant has no such thing, and its level does not need it. */
    ABSENT,
    /** It was not looked at, because something before it failed. */
    SKIPPED;

    @JsonValue
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static DiscoveryFinding passed(String check, String target, @Nullable String rule, String seen) {
    return new DiscoveryFinding(check, Result.PASSED, DiscoveryCode.OK, target, rule, null, seen);
  }

  static DiscoveryFinding failed(
      String check,
      DiscoveryCode code,
      String target,
      @Nullable String rule,
      String expected,
      String observed) {
    return new DiscoveryFinding(check, Result.FAILED, code, target, rule, expected, observed);
  }

  static DiscoveryFinding absent(String check, String target, String observed) {
    return new DiscoveryFinding(
        check, Result.ABSENT, DiscoveryCode.NOT_PUBLISHED, target, null, null, observed);
  }

  static DiscoveryFinding skipped(String check, DiscoveryCode code, String why) {
    return new DiscoveryFinding(check, Result.SKIPPED, code, null, null, null, why);
  }
}
