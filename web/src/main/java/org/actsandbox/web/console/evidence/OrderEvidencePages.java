package org.actsandbox.web.console.evidence;

import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.attestation.bundle.BundleReport;
import org.actsandbox.protocol.attestation.verification.Verification;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.picture.CausesPicture;
import org.actsandbox.web.console.port.EvidenceReader;
import org.actsandbox.web.console.purchase.PurchaseTitles;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/** Shows the evidence of one order: its records, their verification, and the bundle to download. */
@Controller
@RequestMapping("/console/{world}/evidence/orders/{orderNo}")
class OrderEvidencePages {

  private final EvidenceReader evidenceReader;
  private final PurchaseTitles purchaseTitles;

  OrderEvidencePages(EvidenceReader evidenceReader, PurchaseTitles purchaseTitles) {
    this.evidenceReader = evidenceReader;
    this.purchaseTitles = purchaseTitles;
  }

  @GetMapping
  Rendering show(PageRequest pageRequest, @PathVariable String orderNo) {
    return page(pageRequest, orderNo, false);
  }

  @PostMapping("/verify")
  Rendering verifyAll(PageRequest pageRequest, @PathVariable String orderNo) {
    return page(pageRequest, orderNo, true);
  }

  private Rendering page(PageRequest pageRequest, String orderNo, boolean verify) {
    EvidencePages.requireId(orderNo);
    var world = pageRequest.world();
    var merchant = pageRequest.query("merchant");
    var evidence = OrderEvidence.of(evidenceReader, world, orderNo, merchant);
    var results =
        verify
            ? evidence.verify(evidenceReader, world, EvidencePages.reader(pageRequest))
            : Map.<String, Verification>of();
    var report = verify ? bundleReport(pageRequest, orderNo, merchant) : null;
    boolean verified =
        evidence.missing().isEmpty()
            && (report == null || report.verified())
            && results.values().stream().allMatch(Verification::isVerified);
    var lines =
        evidence.records().stream()
            .map(storedRecord -> RecordLine.of(storedRecord, results.get(storedRecord.recordId())))
            .toList();
    return pageRequest
        .page("console/evidence-order", EvidencePages.SECTION)
        .with("orderNo", orderNo)
        .with(
            "bought",
            PurchaseEvidence.title(orderNo, lines, world, purchaseTitles, pageRequest.words()))
        .with("merchant", merchant)
        .with("lines", lines)
        .with("missing", evidence.missing())
        .with("report", report)
        .with("documents", report == null ? List.of() : DocumentRow.of(report))
        .with("verified", verify ? verified : null)
        .with("broken", firstBroken(evidence, results))
        .with("narrator", new EntryNarrator(pageRequest.words()))
        .with(
            "causes",
            CausesPicture.of(evidence.records(), List.copyOf(results.values()), evidence.missing()))
        .show();
  }

  /**
   * Verifies the bundle of the order; null while the trust service does not have all records of the
   * order yet.
   */
  private @Nullable BundleReport bundleReport(
      PageRequest pageRequest, String orderNo, @Nullable String merchant) {
    try {
      return evidenceReader.verifiedBundle(pageRequest.world(), orderNo, merchant);
    } catch (Refusal later) {
      if (later.problem() == Problem.UNAVAILABLE || later.problem() == Problem.NOT_FOUND) {
        return null;
      }
      throw later;
    }
  }

  /** Returns the earliest record whose verification failed; null for none. */
  private static @Nullable Verification firstBroken(
      OrderEvidence evidence, Map<String, Verification> results) {
    return evidence.records().stream()
        .map(storedRecord -> results.get(storedRecord.recordId()))
        .filter(each -> each != null && !each.isVerified())
        .findFirst()
        .orElse(null);
  }

  @GetMapping("/bundle")
  ResponseEntity<byte[]> bundle(PageRequest pageRequest, @PathVariable String orderNo) {
    EvidencePages.requireId(orderNo);
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType("application/zip"))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename("evidence-" + orderNo + ".zip")
                .build()
                .toString())
        .body(evidenceReader.bundle(pageRequest.world(), orderNo, pageRequest.query("merchant")));
  }
}
