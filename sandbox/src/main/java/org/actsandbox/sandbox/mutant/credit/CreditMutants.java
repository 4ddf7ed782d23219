package org.actsandbox.sandbox.mutant.credit;

import java.util.List;
import org.actsandbox.protocol.credit.AssociationState;
import org.actsandbox.protocol.credit.CreditQueryAuthorization;
import org.actsandbox.protocol.credit.CreditValidity;
import org.actsandbox.protocol.credit.CreditVerificationRequest;
import org.actsandbox.protocol.credit.code.CreditReason;
import org.actsandbox.sandbox.mutant.CreditDefect;
import org.actsandbox.sandbox.mutant.Mutant;

/** Lists the mutants of credit association. */
public final class CreditMutants {

  public static final List<Mutant> ALL =
      List.of(
          Mutant.of(
              "credit-proof-unread",
              "Verifies credit for a request that its sender never signed.",
              "请求未经发送方签名，照样验证信用。",
              "CRD-9",
              new ProofUnread()),
          Mutant.of(
              "verification-replayed",
              "Answers a request for credit that was sent before as if it were new.",
              "重放的信用验证请求，照样当作新请求应答。",
              "CRD-9",
              new ReplayAnswered()),
          Mutant.of(
              "unsigned-credential-accepted",
              "Takes a credential for good that its issuer never signed.",
              "签发方没有签过的凭证也当作有效。",
              "CRD-9",
              new UnsignedCredential()),
          Mutant.of(
              "suspended-credential-passes",
              "Takes a suspended credential for one in force.",
              "凭证已暂停，仍当作有效。",
              "CRD-8",
              new SuspensionIgnored()),
          Mutant.of(
              "credit-without-authorization",
              "Tells associated credit though its subject has authorized no query.",
              "主体没有授权查询，也给出关联信用。",
              "CRD-3",
              new AuthorizationSkipped()),
          Mutant.of(
              "revoked-query-authorization-counts",
              "Takes a revoked query authorization for good.",
              "查询授权已撤销，仍然有效。",
              "CRD-12",
              new RevocationIgnored()),
          Mutant.of(
              "query-authorization-for-anyone",
              "Lets any relying party use a query authorization for any purpose.",
              "任何依赖方都能把查询授权用于任何目的。",
              "CRD-12",
              new ScopeIgnored()),
          Mutant.of(
              "queries-uncounted",
              "Counts no queries, so that the frequency limit limits nothing.",
              "不计查询次数，频率限制形同虚设。",
              "CRD-12",
              new FrequencyIgnored()),
          Mutant.of(
              "withdrawn-statement-counts",
              "Takes a statement for valid that the credit service has withdrawn.",
              "信用服务方已撤回的声明，仍当作有效。",
              "CRD-9",
              new WithdrawalIgnored()),
          Mutant.of(
              "silence-taken-for-credit",
              "Answers PASS when the credit service does not answer.",
              "信用服务方没有应答，就当作通过。",
              "CRD-9",
              new SilencePasses()),
          Mutant.of(
              "credential-tells-credit",
              "Tells the mapped value to those who asked about the credential alone.",
              "只查凭证的人，也得到映射值。",
              "CRD-10",
              new ValueDisclosed()),
          Mutant.of(
              "subject-limit-inherited",
              "Gives the agent the whole limit of its subject.",
              "让智能体直接继承主体的全部额度。",
              "CRD-7",
              new LimitInherited()));

  private CreditMutants() {}

  private static final class ProofUnread implements CreditDefect {

    @Override
    public boolean isProven(boolean proven) {
      return true;
    }
  }

  private static final class ReplayAnswered implements CreditDefect {

    @Override
    public boolean isReplay(boolean knownBefore) {
      return false;
    }
  }

  private static final class UnsignedCredential implements CreditDefect {

    @Override
    public boolean isIssued(boolean signed) {
      return true;
    }
  }

  private static final class SuspensionIgnored implements CreditDefect {

    @Override
    public AssociationState judged(AssociationState current) {
      return current == AssociationState.SUSPENDED ? AssociationState.ACTIVE : current;
    }
  }

  private static final class AuthorizationSkipped implements CreditDefect {

    @Override
    public boolean isAuthorizationNeeded() {
      return false;
    }
  }

  private static final class RevocationIgnored implements CreditDefect {

    @Override
    public CreditQueryAuthorization.State authorizationState(CreditQueryAuthorization.State state) {
      return state == CreditQueryAuthorization.State.REVOKED
          ? CreditQueryAuthorization.State.ACTIVE
          : state;
    }
  }

  private static final class ScopeIgnored implements CreditDefect {

    @Override
    public boolean isCovered(boolean covered) {
      return true;
    }
  }

  private static final class FrequencyIgnored implements CreditDefect {

    @Override
    public boolean isBelowLimit(int used, int limit) {
      return true;
    }
  }

  private static final class WithdrawalIgnored implements CreditDefect {

    @Override
    public CreditValidity.State statement(CreditValidity.State state) {
      return CreditValidity.State.VALID;
    }
  }

  private static final class SilencePasses implements CreditDefect {

    @Override
    public CreditReason outage(CreditReason reason) {
      return CreditReason.VERIFIED;
    }
  }

  private static final class ValueDisclosed implements CreditDefect {

    @Override
    public boolean isValueTold(CreditVerificationRequest request, boolean creditLevelCompleted) {
      return true;
    }
  }

  private static final class LimitInherited implements CreditDefect {

    @Override
    public int share(int percent) {
      return 100;
    }
  }
}
