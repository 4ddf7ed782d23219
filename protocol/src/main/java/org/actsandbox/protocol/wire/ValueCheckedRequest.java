package org.actsandbox.protocol.wire;

/**
 * A request that can check its values by itself, without the database and other participants. A
 * refusal of its form then has the mistakes of its values, too, so that the sender corrects the
 * request once.
 */
public interface ValueCheckedRequest {

  /** Checks the values of all fields that are present; fields that are absent are no mistakes. */
  void checkValues(MistakeCollector mistakes);
}
