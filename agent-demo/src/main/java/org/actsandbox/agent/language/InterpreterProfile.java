package org.actsandbox.agent.language;

import org.jspecify.annotations.Nullable;

/**
 * What the agent knows of its principal without asking.
 *
 * @param homeCity in any spelling; absent: the agent asks where from
 * @param homeStation preferred over the city when set
 * @param guests who usually travels, at least 1
 * @param lang the preferred language for sentences that have none, such as "G7311?"
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
