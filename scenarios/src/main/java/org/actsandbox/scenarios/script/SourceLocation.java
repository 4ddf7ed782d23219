package org.actsandbox.scenarios.script;

/**
 * Where something stands in a file.
 *
 * @param line from 1
 */
public record SourceLocation(String file, int line) {

  @Override
  public String toString() {
    return file + ":" + line;
  }
}
