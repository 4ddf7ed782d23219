package org.actsandbox.sandbox.psp;

import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;

/** Whose key was shown, where an endpoint is for one role. */
final class Callers {

  private Callers() {}

  static Did agent(Caller caller) {
    return subject(caller, Role.AGENT);
  }

  static Did merchant(Caller caller) {
    return subject(caller, Role.MERCHANT);
  }

  private static Did subject(Caller caller, Role role) {
    return caller
        .require(role)
        .did()
        .orElseThrow(() -> new IllegalStateException("a key of role " + role + " has a subject"));
  }
}
