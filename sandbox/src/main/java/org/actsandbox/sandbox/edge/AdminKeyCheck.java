package org.actsandbox.sandbox.edge;

import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Demands the start token or the admin key of a request that needs one. */
@Component
public class AdminKeyCheck {

  private final AccessPolicy access;
  private final Callers callers;

  AdminKeyCheck(AccessPolicy access, Callers callers) {
    this.access = access;
    this.callers = callers;
  }

  /**
   * Passes on loopback, or with the start token or the admin key.
   *
   * @throws Refusal {@code key_missing}
   */
  public void require(HttpHeaders headers) {
    if (access.adminKeyNeeded()) {
      requireAdmitted(headers, "others can reach this server, so this needs a key");
    }
  }

  /**
   * Passes with the start token or the admin key only, on loopback too.
   *
   * @throws Refusal {@code key_missing}
   */
  void requireAdmitted(HttpHeaders headers, String why) {
    if (!callers.isAdmitted(headers)) {
      throw new Refusal(Problem.KEY_MISSING, why)
          .at("Authorization")
          .expected("the start token of the data folder, or the admin key")
          .remedy("./run open prints the address with the token.");
    }
  }
}
