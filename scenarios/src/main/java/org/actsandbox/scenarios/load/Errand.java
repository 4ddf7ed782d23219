package org.actsandbox.scenarios.load;

/** What a load worker does again and again. */
@FunctionalInterface
interface Errand {

  /**
   * @throws FlowFailed at the first step that did not go as it should
   */
  void buy(long flow);
}
