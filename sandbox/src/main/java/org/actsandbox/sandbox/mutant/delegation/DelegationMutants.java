package org.actsandbox.sandbox.mutant.delegation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.sandbox.mutant.DelegationDefect;
import org.actsandbox.sandbox.mutant.Mutant;
import org.jspecify.annotations.Nullable;

/** Everything a delegation service can do wrong here. */
public final class DelegationMutants {

  public static final List<Mutant> ALL =
      List.of(
          Mutant.of(
              "another-principal-may-revoke",
              "Lets any principal read, pause and take back an authority, whoever gave it.",
              "不管是谁给的授权，哪个用户都能查看、暂停和收回。",
              "ADD-7",
              new EverybodysOwn()),
          Mutant.of(
              "confirmation-of-anything",
              "Issues what the draft says now, whatever the principal was shown.",
              "不管用户看到的是什么，一律按草稿现在的内容签发。",
              "ADD-2",
              new ShownOrNot()),
          Mutant.of(
              "revoked-listed-as-active",
              "Its status list goes on calling an authority active that was taken back.",
              "授权已经收回，状态列表里仍写着有效。",
              "ADD-8",
              new RevokedListedAsActive()),
          Mutant.of(
              "issuance-denied",
              "Hands a credential out, and tells the payment service that it never issued it.",
              "凭证已经发给智能体，却对支付服务说从未签发过。",
              "ADD-8",
              new NothingIssued()));

  private DelegationMutants() {}

  private static final class EverybodysOwn implements DelegationDefect {

    @Override
    public boolean isOwn(Did asking, Did owner) {
      return true;
    }
  }

  private static final class ShownOrNot implements DelegationDefect {

    @Override
    public boolean isShown(String shown, @Nullable String confirmed) {
      return confirmed != null;
    }
  }

  private static final class RevokedListedAsActive implements DelegationDefect {

    @Override
    public Map<Integer, DelegationState> listed(Map<Integer, DelegationState> issued) {
      var told = new HashMap<>(issued);
      told.replaceAll(
          (_, state) -> state == DelegationState.REVOKED ? DelegationState.ACTIVE : state);
      return told;
    }
  }

  private static final class NothingIssued implements DelegationDefect {

    @Override
    public boolean isAcknowledged(String iacDigest) {
      return false;
    }
  }
}
