package org.actsandbox.web.console.rules;

/**
 * Names a place that cites a rule.
 *
 * @param cites the cited rule or statement, {@code CID-8} or {@code CID-8.b}
 * @param path path of the file from the root of the sources
 * @param name what cites the rule: {@code Carts}, {@code CartTests.isRefused}, {@code
 *     sold-out-at-confirmation}
 */
public record RuleCitation(String cites, Kind kind, String path, String name)
    implements Comparable<RuleCitation> {

  /** Says what kind of place cites the rule. */
  public enum Kind {
    CODE,
    TEST,
    SCENARIO
  }

  /** Returns the line of the list of citations. */
  public String line() {
    return String.join("\t", cites, kind.name(), path, name);
  }

  /**
   * Reads a line of the list of citations.
   *
   * @throws IllegalArgumentException for a line that {@link #line()} did not write
   */
  public static RuleCitation parse(String line) {
    var cells = line.split("\t", -1);
    if (cells.length != 4) {
      throw new IllegalArgumentException("not a citation: " + line);
    }
    return new RuleCitation(cells[0], Kind.valueOf(cells[1]), cells[2], cells[3]);
  }

  @Override
  public int compareTo(RuleCitation other) {
    return line().compareTo(other.line());
  }
}
