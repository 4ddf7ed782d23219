package org.actsandbox.sandbox.delegation;

import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;

/**
 * Selects rows by their owner: those of an agent or those of a principal.
 *
 * @param role {@code AGENT} or {@code PRINCIPAL}
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

  /** Returns the one of the two that this filter compares with. */
  Did idOf(Did principal, Did agent) {
    return role == Role.AGENT ? agent : principal;
  }

  String column() {
    return role == Role.AGENT ? "agent_id" : "principal_id";
  }
}
