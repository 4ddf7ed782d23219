package org.actsandbox.sandbox.mutant.trust;

import java.util.List;
import org.actsandbox.protocol.attestation.verification.VerificationFailure;
import org.actsandbox.sandbox.mutant.Mutant;

/** Lists the mutants of the trust service. */
public final class TrustMutants {

  public static final List<Mutant> ALL =
      List.of(
          Mutant.of(
              "record-signature-unread",
              "Verifies a record without checking its signers.",
              "不检查签名方，就说记录有效。",
              "TSD-5",
              VerificationDefect.overlooking(
                  VerificationFailure.SIGNATURE_WRONG,
                  VerificationFailure.SIGNER_TOOK_NO_PART,
                  VerificationFailure.REPORTER_DID_NOT_SIGN)),
          Mutant.of(
              "inclusion-unread",
              "Believes an anchor that the chain's signed head does not cover.",
              "锚点不在链的签名树头之下，也照样采信。",
              "TSD-5",
              VerificationDefect.overlooking(VerificationFailure.NOT_INCLUDED)),
          Mutant.of(
              "silence-taken-for-proof",
              "Calls a record verified when the chain does not answer.",
              "链没有应答，就当作验证通过。",
              "TSD-5",
              VerificationDefect.overlooking(VerificationFailure.CHAIN_NOT_ANSWERING)),
          Mutant.of(
              "causes-unread",
              "Checks the requested record, but never the records it is based on.",
              "只看被问到的那条记录，从不核对它的上游。",
              "TSD-5",
              (VerificationDefect) VerificationDefect::withoutCauses),
          Mutant.of(
              "salt-used-again",
              "Salts all records alike, so that their content can be guessed.",
              "所有记录共用一个盐，内容可以被猜出来。",
              "TSD-2",
              new ReusedSalt()),
          Mutant.of(
              "address-in-a-record",
              "Writes the principal's address into every record.",
              "把用户的住址写进每一条记录。",
              "TSD-2",
              new AddressInRecords()),
          Mutant.of(
              "second-anchor-accepted",
              "Accepts a second, different anchor of a record.",
              "同一条记录再来一个不同的锚点，也说已经上链。",
              "TSD-4",
              AnchorDefect.SECOND_ACCEPTED),
          Mutant.of(
              "event-lost-in-an-outage",
              "Drops an event when the chain does not answer at once.",
              "链一时没有应答，就把事件丢掉。",
              "TSD-1",
              AnchorDefect.GIVEN_UP));

  private TrustMutants() {}
}
