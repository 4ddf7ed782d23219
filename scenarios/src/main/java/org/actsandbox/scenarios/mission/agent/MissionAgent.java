package org.actsandbox.scenarios.mission.agent;

/** Represents an agent under test: what reaches it, and how it is told what to do. */
public interface MissionAgent {

  /** Returns the name under which its grade is listed. */
  String name();

  /** Tells whether it needs an identity of its own; the sandbox's own agent has one. */
  default boolean isOutside() {
    return true;
  }

  /**
   * Returns when the agent can begin; the time of the mission runs from then on.
   *
   * @throws AgentFailure if it does not come, so that the mission is not played
   */
  default void awaitReady(MissionSession session) throws InterruptedException {}

  /**
   * Gives it a mission and returns when it says that it is done. The caller interrupts the thread
   * when the time is over.
   *
   * @throws AgentFailure if the agent breaks; what it did until then is judged all the same
   * @throws InterruptedException when the time is over; nothing of the agent may be left running
   */
  void perform(MissionSession session) throws InterruptedException;
}
