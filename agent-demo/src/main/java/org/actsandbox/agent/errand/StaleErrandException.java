package org.actsandbox.agent.errand;

/**
 * Says that another thread moved the errand between reading and writing it, so that this change is
 * dropped.
 */
public final class StaleErrandException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StaleErrandException(String errandId) {
    super(errandId + " was moved meanwhile", null, false, false);
  }
}
