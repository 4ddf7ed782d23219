package org.actsandbox.web.console.evidence;

import java.util.Arrays;
import java.util.stream.Stream;
import org.actsandbox.protocol.attestation.bundle.BundleArchive;
import org.actsandbox.protocol.attestation.bundle.BundleCheck;
import org.actsandbox.protocol.attestation.bundle.BundleReport;
import org.actsandbox.protocol.attestation.bundle.TrustAnchors;
import org.actsandbox.protocol.attestation.verification.Reason;
import org.actsandbox.protocol.attestation.verification.Step;
import org.actsandbox.protocol.attestation.verification.StepOutcome;
import org.actsandbox.sandbox.evidence.WorldIdentities;
import org.actsandbox.web.console.decoder.Narrator;
import org.actsandbox.web.console.frame.Upload;
import org.actsandbox.web.console.frame.Visit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/** Any bundle, also of another sandbox: verified with nothing but what is in it, then forgotten. */
@Controller
@RequestMapping("/console/{world}/evidence/bundle")
class BundlePages {

  @GetMapping
  Rendering show(Visit visit) {
    return page(visit).show();
  }

  @PostMapping
  Rendering check(Visit visit, Upload upload) {
    var pinned = upload.field("key");
    boolean known = upload.field("known") != null;
    var report =
        BundleCheck.verify(
            upload.bytes(),
            new TrustAnchors(pinned, known ? WorldIdentities.of(visit.world()) : null));
    return page(visit)
        .with("name", upload.name())
        .with("report", report)
        .with("papers", PaperRow.of(report))
        .with("narrator", new Narrator(visit.words()))
        .with("known", known)
        .with("steps", StepOutcome.upTo(failed(report), true))
        .with("pinned", pinned)
        .show();
  }

  /** Where the first of its records fails; at the file itself, or at a cause it leaves out. */
  private static @Nullable Step failed(BundleReport report) {
    var reason =
        report.records().stream()
            .flatMap(line -> Stream.ofNullable(line.reason()))
            .flatMap(
                code -> Arrays.stream(Reason.values()).filter(each -> each.code().equals(code)))
            .findFirst();
    if (reason.isPresent()) {
      return reason.get().step();
    }
    if (report.verified()) {
      return null;
    }
    return "upstream_missing".equals(report.reason()) ? Step.WALK_UPSTREAM : Step.FETCH_RECORD;
  }

  private static Visit.Page page(Visit visit) {
    return visit
        .page("console/evidence-bundle", EvidencePages.SECTION)
        .with("megabytes", BundleArchive.MAX_BYTES / 1024 / 1024);
  }
}
