package org.actsandbox.sandbox.mutant.dispute;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.actsandbox.protocol.attestation.verification.Verification;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.sandbox.mutant.DisputeDefect;
import org.actsandbox.sandbox.mutant.Mutant;

/** Lists the mutants of the dispute service. */
public final class DisputeMutants {

  public static final List<Mutant> ALL =
      List.of(
          Mutant.of(
              "claim-signed-by-the-service",
              "Signs the principal's claim itself and asks for no PIN.",
              "代替用户签署争议主张，也不要支付密码。",
              "TSD-6",
              new ClaimSignedByService()),
          Mutant.of(
              "late-evidence-counts",
              "Accepts evidence for another day after the deadline.",
              "举证期限过后，还多等一天。",
              "TSD-6",
              new LateEvidenceAccepted()),
          Mutant.of(
              "outage-held-against-the-party",
              "Takes a chain that does not answer for a record that is not verified.",
              "链没有应答，就当记录未通过核验。",
              "TSD-5",
              new OutageTakenForFailure()));

  private DisputeMutants() {}

  private static final class ClaimSignedByService implements DisputeDefect {

    @Override
    public Signer claimSigner(Supplier<Signer> claimant, Signer service) {
      return service;
    }
  }

  private static final class LateEvidenceAccepted implements DisputeDefect {

    @Override
    public boolean isOver(Instant now, Instant deadline) {
      return !now.isBefore(deadline.plus(Duration.ofDays(1)));
    }
  }

  private static final class OutageTakenForFailure implements DisputeDefect {

    @Override
    public boolean isOutage(Verification verification) {
      return false;
    }
  }
}
