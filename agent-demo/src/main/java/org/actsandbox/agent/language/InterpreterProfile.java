package org.actsandbox.agent.language;

import org.jspecify.annotations.Nullable;

/**
 * Holds what the interpreter knows of the principal without asking.
 *
 * @param homeCity in any spelling; when it is absent, the agent asks for the origin
 * @param homeStation preferred over the city when it is set
 * @param guests the number of people who usually travel, at least 1
 * @param lang the language of what was said before, for sentences without words, such as "G7311?"
 */
public record InterpreterProfile(
    @Nullable String homeCity,
    @Nullable String homeStation,
    int guests,
    @Nullable Lang lang,
    boolean shipToKnown) {

  public static InterpreterProfile of(String homeCity) {
    return new InterpreterProfile(homeCity, null, 1, null, true);
  }
}
