package org.actsandbox.sandbox.mutant.psp;

import java.util.List;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.boundary.Boundary;
import org.actsandbox.sandbox.mutant.Mutant;

/** Lists the mutants of the payment service in delegated payments, which no principal confirms. */
public final class AuthorityMutants {

  public static final List<Mutant> ALL =
      List.of(
          Mutant.of(
              "delegation-limit-not-cumulative",
              "Compares each payment with the whole budget, and never adds them up.",
              "每笔付款只和总额度比，从不累计。",
              "PSD-5",
              BoundaryDefect.without(Boundary.CUMULATIVE_AMOUNT)),
          Mutant.of(
              "single-limit-of-a-delegation-ignored",
              "Pays more at once than the delegation allows for one payment.",
              "单笔金额超过授权上限也付。",
              "PSD-5",
              BoundaryDefect.without(Boundary.SINGLE_AMOUNT)),
          Mutant.of(
              "expired-delegation-accepted",
              "Pays under an expired delegation.",
              "授权已到期仍然付款。",
              "ADD-8",
              BoundaryDefect.without(Boundary.OVER)),
          Mutant.of(
              "delegation-accepted-too-early",
              "Pays under a delegation that is not yet valid.",
              "授权尚未生效就付款。",
              "ADD-8",
              BoundaryDefect.without(Boundary.NOT_BEGUN)),
          Mutant.of(
              "revocation-unheard",
              "Treats every delegation as active, as on the day it was issued.",
              "凡是授权都当作刚签发时的有效状态。",
              "ADD-8",
              BoundaryDefect.withState(DelegationState.ACTIVE)),
          Mutant.of(
              "delegated-category-ignored",
              "Pays for things that the delegation does not cover.",
              "不管授权买什么，什么都付。",
              "PSD-7",
              BoundaryDefect.without(Boundary.CATEGORY)),
          Mutant.of(
              "delegated-merchant-ignored",
              "Pays merchants that the delegation does not name.",
              "不管授权指定哪家商户，谁都付。",
              "PSD-5",
              BoundaryDefect.without(Boundary.MERCHANT)),
          Mutant.of(
              "unissued-credential-accepted",
              "Pays under a credential that the delegation service says it never issued.",
              "授权服务说从未签发过的凭证，照样付款。",
              "ADD-8",
              new UnissuedCredentialAccepted()),
          Mutant.of(
              "purchase-target-ignored",
              "Pays for another thing than the one that was specified, in any quantity.",
              "指定买一样东西，却给别的东西、别的数量付款。",
              "PSD-5",
              BoundaryDefect.without(Boundary.TARGET)),
          Mutant.of(
              "bought-twice",
              "Pays again for what was specified once.",
              "指定只买一次的，再买还付。",
              "PSD-5",
              BoundaryDefect.without(Boundary.TARGET_TIMES)),
          Mutant.of(
              "goods-unread",
              "Pays under a specified purchase although the merchant does not say what it sells.",
              "指定了买什么，商户没说卖的是什么，也照付。",
              "PSD-5",
              BoundaryDefect.without(Boundary.GOODS_STATED)),
          Mutant.of(
              "delegation-mode-ignored",
              "Lets an agent decide by itself under a delegation for one thing.",
              "只授权代买一件，却让智能体自主决定。",
              "PSD-5",
              BoundaryDefect.without(Boundary.MODE)),
          Mutant.of(
              "plan-paid-ahead",
              "Pays what was planned for later, and more often than planned.",
              "计划以后付的提前付，还多付几次。",
              "PSD-5",
              BoundaryDefect.without(Boundary.PLAN)),
          Mutant.of(
              "sub-account-never-dies",
              "Takes payments from a sub-account that is frozen or cancelled.",
              "子账户冻结或注销后照样付款。",
              "PSD-2",
              new IgnoredSubAccountStatus()));

  private AuthorityMutants() {}
}
