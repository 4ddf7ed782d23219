package org.actsandbox.sandbox.psp.subaccount;

import java.time.Instant;
import java.util.Currency;
import java.util.EnumSet;
import java.util.Set;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Represents money that is set apart for one agent (ACT PSD-2).
 *
 * @param principal the owner of the money
 * @param account the account in the ledger
 * @param jwk the dedicated public key; absent until the agent has bound one
 */
public record SubAccount(
    String id,
    Did principal,
    Did agent,
    String account,
    Currency currency,
    String label,
    Status status,
    @Nullable String jwk,
    Instant openedAt,
    Instant changedAt) {

  /** Lists the states of a sub-account; a cancelled one is final, and its key too. */
  public enum Status {
    ACTIVE,
    FROZEN,
    CANCELLED;

    /** Returns the event that is noted when an account comes into this status. */
    JournalEvent event() {
      return switch (this) {
        case ACTIVE -> JournalEvent.SUB_ACCOUNT_ACTIVE;
        case FROZEN -> JournalEvent.SUB_ACCOUNT_FROZEN;
        case CANCELLED -> JournalEvent.SUB_ACCOUNT_CANCELLED;
      };
    }

    Set<Status> successors() {
      return switch (this) {
        case ACTIVE -> EnumSet.of(FROZEN, CANCELLED);
        case FROZEN -> EnumSet.of(ACTIVE, CANCELLED);
        case CANCELLED -> EnumSet.noneOf(Status.class);
      };
    }
  }

  /** Returns the id of the dedicated key: {@code did:act:demo-agent#SA-7Q2K}. */
  public String keyId() {
    return agent.value() + "#" + id;
  }

  /**
   * Passes when the money belongs to {@code payer}.
   *
   * @throws Refusal {@code sub_account_mismatch}
   */
  void requireOf(Did payer) {
    if (!principal.equals(payer)) {
      throw new Refusal(Problem.SUB_ACCOUNT_MISMATCH, "the sub-account is another principal's")
          .at("sub_account_authorization.sub_account_id")
          .expected("a sub-account of " + payer)
          .observed(id);
    }
  }

  /**
   * Tells whether the dedicated key may sign; that of a frozen account may sign again once it is
   * unfrozen.
   */
  public enum KeyState {
    NONE,
    ACTIVE,
    SUSPENDED,
    DEAD
  }

  public KeyState keyState() {
    return switch (status) {
      case CANCELLED -> KeyState.DEAD;
      case FROZEN -> jwk == null ? KeyState.NONE : KeyState.SUSPENDED;
      case ACTIVE -> jwk == null ? KeyState.NONE : KeyState.ACTIVE;
    };
  }

  /**
   * @throws Refusal {@code sub_account_mismatch}, {@code sub_account_frozen}, {@code
   *     sub_account_cancelled}
   */
  void requireUsableBy(Did payer) {
    if (!agent.equals(payer)) {
      throw new Refusal(Problem.SUB_ACCOUNT_MISMATCH, "the sub-account is another agent's")
          .at("sub_account_authorization.sub_account_id")
          .observed(id);
    }
    if (status != Status.ACTIVE) {
      boolean frozen = status == Status.FROZEN;
      throw new Refusal(
              frozen ? Problem.SUB_ACCOUNT_FROZEN : Problem.SUB_ACCOUNT_CANCELLED,
              frozen ? "the sub-account is frozen, its key too" : "the sub-account is cancelled")
          .at("sub_account_authorization.sub_account_id")
          .observed(id)
          .remedy(
              frozen ? "Ask the principal to unfreeze it." : "Ask the principal to open another.");
    }
  }
}
