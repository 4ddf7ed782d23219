package org.actsandbox.sandbox.delegation;

import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;

/**
 * Of whom rows are asked for: what an agent asked for or was given, or what is a principal's.
 *
 * @param role agent or principal
 */
record OwnerFilter(Role role, Did did) {

  /**
   * @throws org.actsandbox.protocol.refusal.Refusal {@code key_missing}, {@code key_forbidden}
   */
  static OwnerFilter of(Caller caller) {
    var subject =
        caller
            .require(Role.AGENT, Role.PRINCIPAL)
            .did()
            .orElseThrow(() -> new IllegalStateException("a key of this role has a subject"));
    return new OwnerFilter(caller.role(), subject);
  }

  boolean owns(Did principal, Did agent) {
    return did.equals(idOf(principal, agent));
  }

  /** Which of the two it would have to be. */
  Did idOf(Did principal, Did agent) {
    return role == Role.AGENT ? agent : principal;
  }

  String column() {
    return role == Role.AGENT ? "agent_id" : "principal_id";
  }
}
