package org.actsandbox.sandbox.edge.access;

import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Requires the start token or the admin key of a request that needs one. */
@Component
public class AdminKeyCheck {

  private final AccessPolicy access;
  private final CallerAuthentication callerAuthentication;

  AdminKeyCheck(AccessPolicy access, CallerAuthentication callerAuthentication) {
    this.access = access;
    this.callerAuthentication = callerAuthentication;
  }

  /**
   * Lets a request pass on loopback, or with the start token or the admin key.
   *
   * @throws Refusal {@code key_missing}
   */
  public void require(HttpHeaders headers) {
    if (access.adminKeyNeeded()) {
      requireAdmitted(headers, "others can reach this server, so this needs a key");
    }
  }

  /**
   * Lets a request pass with the start token or the admin key only, on loopback too.
   *
   * @param why the reason, for the refusal's detail
   * @throws Refusal {@code key_missing}
   */
  public void requireAdmitted(HttpHeaders headers, String why) {
    if (!callerAuthentication.isAdmitted(headers)) {
      throw new Refusal(Problem.KEY_MISSING, why)
          .at("Authorization")
          .expected("the start token of the data folder, or the admin key")
          .remedy("./run open prints the address with the token.");
    }
  }
}
