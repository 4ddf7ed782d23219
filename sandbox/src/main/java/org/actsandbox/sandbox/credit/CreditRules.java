package org.actsandbox.sandbox.credit;

import java.util.Set;
import org.actsandbox.protocol.credit.AssociationState;
import org.actsandbox.protocol.credit.CreditQueryAuthorization;
import org.actsandbox.protocol.credit.CreditValidity;
import org.actsandbox.protocol.credit.CreditVerificationRequest;
import org.actsandbox.protocol.credit.code.CreditReason;

/**
 * Defines the decisions of credit association that mutants replace; the defaults are the standard's
 * rules.
 */
public interface CreditRules {

  CreditRules STANDARD = new CreditRules() {};

  /** Tells whether the request of the relying party is verified (ACT CRD-9). */
  default boolean isProven(boolean proven) {
    return proven;
  }

  /** Tells whether a request or its nonce came before (ACT CRD-9). */
  default boolean isReplay(boolean knownBefore) {
    return knownBefore;
  }

  /** Tells whether the issuer's signature counts (ACT CRD-9). */
  default boolean isIssued(boolean signed) {
    return signed;
  }

  /** Returns the state by which a credential is judged (ACT CRD-8). */
  default AssociationState judged(AssociationState current) {
    return current;
  }

  /** Tells whether the credit level takes an authorization (ACT CRD-3). */
  default boolean isAuthorizationNeeded() {
    return true;
  }

  /** Returns the state of an authorization that counts (ACT CRD-12). */
  default CreditQueryAuthorization.State authorizationState(CreditQueryAuthorization.State state) {
    return state;
  }

  /** Tells whether an authorization covers the request (ACT CRD-11, CRD-12). */
  default boolean isCovered(boolean covered) {
    return covered;
  }

  /** Tells whether the window has room for one more request (ACT CRD-12). */
  default boolean isBelowLimit(int used, int limit) {
    return used < limit;
  }

  /** Returns what the credit service's word about a statement counts for (ACT CRD-9). */
  default CreditValidity.State statement(CreditValidity.State state) {
    return state;
  }

  /** Returns the reason when a dependency does not answer (ACT CRD-9). */
  default CreditReason outage(CreditReason reason) {
    return reason;
  }

  /** Tells whether an answer of the credential level may have the mapped value (ACT CRD-10). */
  default boolean isValueTold(CreditVerificationRequest request, boolean creditLevelCompleted) {
    return creditLevelCompleted;
  }

  /** Returns the share of the subject's limit that an agent gets, in percent (ACT CRD-7). */
  default int share(int percent) {
    return percent;
  }

  /** Returns the members that the subject's confirmation is compared with (ACT CRD-5). */
  default boolean isShown(String shown, String confirmed) {
    return shown.equals(confirmed);
  }

  /** Returns who may order a change of state (ACT CRD-8). */
  default Set<String> orderers(Set<String> entitled) {
    return entitled;
  }
}
