package org.actsandbox.scenarios.script;

import java.util.List;
import java.util.stream.Collectors;

/** A scenario file cannot be played as it stands. */
public final class InvalidScript extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<ScriptProblem> problems;

  public InvalidScript(List<ScriptProblem> problems) {
    super(problems.stream().map(ScriptProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  InvalidScript(
      SourceLocation sourceLocation,
      String pointer,
      String expected,
      String observed,
      String remedy) {
    this(List.of(new ScriptProblem(sourceLocation, pointer, expected, observed, remedy)));
  }

  /** In the order of the file; never empty. */
  public List<ScriptProblem> problems() {
    return problems;
  }
}
