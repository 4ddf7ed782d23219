package org.actsandbox.web.console.evidence;

import java.util.Arrays;
import java.util.stream.Stream;
import org.actsandbox.protocol.attestation.bundle.BundleArchive;
import org.actsandbox.protocol.attestation.bundle.BundleCheck;
import org.actsandbox.protocol.attestation.bundle.BundleReport;
import org.actsandbox.protocol.attestation.bundle.TrustAnchors;
import org.actsandbox.protocol.attestation.verification.VerificationFailure;
import org.actsandbox.protocol.attestation.verification.VerificationStep;
import org.actsandbox.protocol.attestation.verification.VerificationStepOutcome;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.form.Upload;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.port.EvidenceReader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/**
 * Verifies any uploaded evidence bundle, also of another sandbox, with nothing but its content, and
 * does not store it.
 */
@Controller
@RequestMapping("/console/{world}/evidence/bundle")
class EvidenceBundlePages {

  private final EvidenceReader evidenceReader;

  EvidenceBundlePages(EvidenceReader evidenceReader) {
    this.evidenceReader = evidenceReader;
  }

  @GetMapping
  Rendering show(PageRequest pageRequest) {
    return page(pageRequest).show();
  }

  @PostMapping
  Rendering check(PageRequest pageRequest, Upload upload) {
    var pinned = upload.field("key");
    boolean known = upload.field("known") != null;
    var report =
        BundleCheck.verify(
            upload.bytes(),
            new TrustAnchors(
                pinned, known ? evidenceReader.identities(pageRequest.world()) : null));
    return page(pageRequest)
        .with("name", upload.name())
        .with("report", report)
        .with("documents", DocumentRow.of(report))
        .with("narrator", new EntryNarrator(pageRequest.words()))
        .with("known", known)
        .with("steps", VerificationStepOutcome.upTo(failed(report), true))
        .with("pinned", pinned)
        .show();
  }

  /**
   * Returns the verification step at which the bundle fails: the step of the first failed record,
   * the walk upstream for a missing cause, else the fetch, for a broken file; null if the bundle is
   * verified.
   */
  private static @Nullable VerificationStep failed(BundleReport report) {
    var verificationFailure =
        report.records().stream()
            .flatMap(line -> Stream.ofNullable(line.reason()))
            .flatMap(
                code ->
                    Arrays.stream(VerificationFailure.values())
                        .filter(each -> each.code().equals(code)))
            .findFirst();
    if (verificationFailure.isPresent()) {
      return verificationFailure.get().step();
    }
    if (report.verified()) {
      return null;
    }
    return "upstream_missing".equals(report.reason())
        ? VerificationStep.WALK_UPSTREAM
        : VerificationStep.FETCH_RECORD;
  }

  private static PageRequest.PageBuilder page(PageRequest pageRequest) {
    return pageRequest
        .page("console/evidence-bundle", EvidencePages.SECTION)
        .with("megabytes", BundleArchive.MAX_BYTES / 1024 / 1024);
  }
}
