package org.actsandbox.web.console.evidence;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.sandbox.tamper.EvidenceBreak;
import org.actsandbox.sandbox.tamper.EvidenceBreakKind;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.form.FormFields;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.port.EvidenceReader;
import org.actsandbox.web.console.port.TamperingReader;
import org.actsandbox.web.console.principal.ConsoleApiClient;
import org.actsandbox.web.console.purchase.PurchaseTitles;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/**
 * Is the tamper lab: a person breaks evidence on purpose, sees which check finds it, and heals it.
 */
@Controller
@RequestMapping("/console/{world}/evidence/lab")
class TamperLabPages {

  /**
   * The fields to change; a different check finds each of them. The empty one is the amount of
   * money in the record.
   */
  private static final List<String> FIELDS =
      List.of(
          "",
          "/payload_hash",
          "/salt",
          "/business_time",
          "/record_time",
          "/intent_id",
          "/order_no");

  private final ConsoleApiClient consoleApiClient;
  private final EvidenceReader evidenceReader;
  private final TamperingReader tamperingReader;
  private final PurchaseTitles purchaseTitles;

  TamperLabPages(
      ConsoleApiClient consoleApiClient,
      EvidenceReader evidenceReader,
      TamperingReader tamperingReader,
      PurchaseTitles purchaseTitles) {
    this.purchaseTitles = purchaseTitles;
    this.consoleApiClient = consoleApiClient;
    this.evidenceReader = evidenceReader;
    this.tamperingReader = tamperingReader;
  }

  @GetMapping
  Rendering show(PageRequest pageRequest) {
    return page(pageRequest, null, Map.of()).show();
  }

  /**
   * Shows one break.
   *
   * @param event last part of the record's event type; empty when the record cannot be found
   * @param told description of the break
   */
  record Card(EvidenceBreak broken, String event, TamperingDescription told) {}

  private PageRequest.PageBuilder page(
      PageRequest pageRequest, @Nullable UnexpectedReply refused, Map<String, Object> wanted) {
    var world = pageRequest.world();
    var evidenceBreaks = tamperingReader.breaks(world).reversed();
    var asked = pageRequest.query("record");
    var record = wanted.getOrDefault("record_id", asked == null ? "" : asked);
    return pageRequest
        .page("console/evidence-tampering", EvidencePages.SECTION)
        .with(
            "groups",
            PurchaseEvidence.of(
                RecordLine.of(evidenceReader.newest(world, Map.of(), null).items()),
                world,
                purchaseTitles,
                pageRequest.words()))
        .with("record", record)
        .with(
            "kinds",
            Arrays.stream(EvidenceBreakKind.values()).map(EvidenceBreakKind::code).toList())
        .with("kind", wanted.getOrDefault("kind", EvidenceBreakKind.RECORD_CHANGED.code()))
        .with("fields", FIELDS)
        .with("field", wanted.getOrDefault("field", ""))
        .with("cards", evidenceBreaks.stream().map(each -> card(each, pageRequest)).toList())
        .with("fresh", pageRequest.query("broken"))
        .with("done", pageRequest.query("done"))
        .with("refused", refused)
        .with("narrator", new EntryNarrator(pageRequest.words()));
  }

  private Card card(EvidenceBreak broken, PageRequest pageRequest) {
    return new Card(
        broken,
        evidenceReader
            .find(pageRequest.world(), broken.recordId())
            .map(storedRecord -> storedRecord.record().eventType().shortName())
            .orElse(""),
        TamperingDescription.of(broken, pageRequest.words()));
  }

  /** Breaks evidence over the control API, which the operator's key opens. */
  @PostMapping("/break")
  Rendering tamper(PageRequest pageRequest, FormFields form) {
    var request = new HashMap<String, Object>();
    for (var field : List.of("kind", "record_id", "field")) {
      var value = form.first(field);
      if (value != null) {
        request.put(field, value);
      }
    }
    if (!"record_changed".equals(request.get("kind"))) {
      request.remove("field");
    }
    try {
      var made =
          consoleApiClient.callControlApi("POST", pageRequest.world(), "/tampering", request);
      var id = made.path("break_id").asString();
      var record = made.path("record_id").asString("");
      return pageRequest.redirect(
          pageRequest.here()
              + "/evidence/lab?broken="
              + id
              + "&record="
              + record
              + "#broken-evidence");
    } catch (UnexpectedReply refusal) {
      return page(pageRequest, refusal, request).status(refusal.status()).show();
    }
  }

  @PostMapping("/{id}/heal")
  Rendering heal(PageRequest pageRequest, @PathVariable String id) {
    EvidencePages.requireId(id);
    consoleApiClient.callControlApi("DELETE", pageRequest.world(), "/tampering/" + id, null);
    return pageRequest.redirect(pageRequest.here() + "/evidence/lab?done=one");
  }

  @PostMapping("/heal")
  Rendering healAll(PageRequest pageRequest) {
    consoleApiClient.callControlApi("DELETE", pageRequest.world(), "/tampering", null);
    return pageRequest.redirect(pageRequest.here() + "/evidence/lab?done=all");
  }
}
