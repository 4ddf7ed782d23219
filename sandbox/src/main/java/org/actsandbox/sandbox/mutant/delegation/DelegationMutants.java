package org.actsandbox.sandbox.mutant.delegation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.sandbox.mutant.DelegationDefect;
import org.actsandbox.sandbox.mutant.Mutant;
import org.jspecify.annotations.Nullable;

/** Lists the mutants of the delegation service. */
public final class DelegationMutants {

  public static final List<Mutant> ALL =
      List.of(
          Mutant.of(
              "another-principal-may-revoke",
              "Lets every principal read, pause and revoke the authority of another.",
              "让任何用户都能查看、暂停和撤销别人的授权。",
              "ADD-7",
              new IgnoredOwnership()),
          Mutant.of(
              "confirmation-of-anything",
              "Issues the draft as it is now, even if the principal saw another one.",
              "不管用户看到的是什么，一律按草案现在的内容签发。",
              "ADD-2",
              new IgnoredDraft()),
          Mutant.of(
              "resumed-without-pin",
              "Resumes a paused authority without the PIN.",
              "授权叫停之后，不输入支付密码也能恢复。",
              "ADD-7",
              new PinlessResumption()),
          Mutant.of(
              "revoked-listed-as-active",
              "Its status list still shows a revoked authority as active.",
              "授权已经撤销，状态列表里仍写着有效。",
              "ADD-8",
              new RevokedListedAsActive()),
          Mutant.of(
              "issuance-denied",
              "Hands a credential out, and tells the payment service that it never issued it.",
              "凭证已经发给智能体，却对支付服务说从未签发过。",
              "ADD-8",
              new DeniedIssuance()));

  private DelegationMutants() {}

  private static final class IgnoredOwnership implements DelegationDefect {

    @Override
    public boolean isOwn(Did asking, Did owner) {
      return true;
    }
  }

  private static final class IgnoredDraft implements DelegationDefect {

    @Override
    public boolean isShown(String shown, @Nullable String confirmed) {
      return confirmed != null;
    }
  }

  private static final class PinlessResumption implements DelegationDefect {

    @Override
    public boolean isResumedWithPin() {
      return false;
    }
  }

  private static final class RevokedListedAsActive implements DelegationDefect {

    @Override
    public Map<Integer, DelegationState> listed(Map<Integer, DelegationState> issued) {
      var listed = new HashMap<>(issued);
      listed.replaceAll(
          (_, state) -> state == DelegationState.REVOKED ? DelegationState.ACTIVE : state);
      return listed;
    }
  }

  private static final class DeniedIssuance implements DelegationDefect {

    @Override
    public boolean isAcknowledged(String iacDigest) {
      return false;
    }
  }
}
