package org.actsandbox.scenarios.script;

/**
 * Represents one thing that is wrong with a scenario file.
 *
 * @param pointer JSON pointer into the file; empty for the whole file
 * @param remedy what the author can do; empty when there is no advice
 */
public record ScriptProblem(
    SourceLocation place, String pointer, String expected, String observed, String remedy) {

  @Override
  public String toString() {
    return "%s: at %s expected %s, observed %s%s"
        .formatted(
            place,
            pointer.isEmpty() ? "the top" : pointer,
            expected,
            observed,
            remedy.isEmpty() ? "" : ". " + remedy);
  }
}
