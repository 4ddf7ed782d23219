package org.actsandbox.scenarios.script;

/**
 * One thing wrong with a scenario file.
 *
 * @param pointer JSON pointer into the file, empty for the whole
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
