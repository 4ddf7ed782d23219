package org.actsandbox.scenarios.script;

import java.util.List;
import java.util.stream.Collectors;

/** Says that a scenario file cannot be played as it stands, with every problem found in it. */
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

  /** Returns the problems in the order of the file; the list is never empty. */
  public List<ScriptProblem> problems() {
    return problems;
  }
}
