package org.actsandbox.web.console.rules;

/**
 * A place that cites a rule.
 *
 * @param cites {@code CID-8} or {@code CID-8.b}
 * @param path from the root of the sources
 * @param name {@code Carts}, {@code CartTests.isRefused}, {@code sold-out-at-confirmation}
 */
public record Citation(String cites, Kind kind, String path, String name)
    implements Comparable<Citation> {

  /** What cites it. */
  public enum Kind {
    CODE,
    TEST,
    SCENARIO
  }

  /** As a line of the list of citations. */
  public String line() {
    return String.join("\t", cites, kind.name(), path, name);
  }

  /**
   * @throws IllegalArgumentException for a line that {@link #line()} did not write
   */
  public static Citation parse(String line) {
    var cells = line.split("\t", -1);
    if (cells.length != 4) {
      throw new IllegalArgumentException("not a citation: " + line);
    }
    return new Citation(cells[0], Kind.valueOf(cells[1]), cells[2], cells[3]);
  }

  @Override
  public int compareTo(Citation other) {
    return line().compareTo(other.line());
  }
}
