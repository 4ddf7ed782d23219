package org.actsandbox.scenarios.script;

/**
 * Represents a line of a file.
 *
 * @param line line number from 1
 */
public record SourceLocation(String file, int line) {

  @Override
  public String toString() {
    return file + ":" + line;
  }
}
