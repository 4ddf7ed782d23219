package org.actsandbox.sandbox.psp.endpoint;

import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.wire.FieldChecks;
import org.jspecify.annotations.Nullable;

/** Reads the subject of the caller's key at endpoints that are for one role. */
final class CallerSubjects {

  private CallerSubjects() {}

  static Did agent(Caller caller) {
    return subject(caller, Role.AGENT);
  }

  static Did merchant(Caller caller) {
    return subject(caller, Role.MERCHANT);
  }

  static Did principal(Caller caller) {
    return subject(caller, Role.PRINCIPAL);
  }

  /**
   * Returns the principal that a query is about: a principal itself, or the one an agent names;
   * null for all.
   */
  static @Nullable Did owner(Caller caller, @Nullable String principalId) {
    if (caller.is(Role.PRINCIPAL)) {
      return principal(caller);
    }
    return principalId == null ? null : FieldChecks.did("principal_id", principalId);
  }

  private static Did subject(Caller caller, Role role) {
    return caller
        .require(role)
        .did()
        .orElseThrow(() -> new IllegalStateException("a key of role " + role + " has a subject"));
  }
}
