package org.actsandbox.sandbox.tamper;

import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.RequiredFields;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the endpoints that break evidence on purpose and heal it (operator only); the list is
 * short and has no pages.
 */
@RestController
@RequestMapping("/api/worlds/{world}/tampering")
class TamperEndpoints {

  record BreakList(List<BreakView> items) {}

  record BreakView(
      String breakId,
      EvidenceBreakKind kind,
      String recordId,
      Instant brokenAt,
      EvidenceBreak.Change change,
      EvidenceBreak.@Nullable StorageAttempt storage) {

    static BreakView of(EvidenceBreak broken) {
      return new BreakView(
          broken.breakId(),
          broken.kind(),
          broken.recordId(),
          broken.brokenAt(),
          broken.change(),
          broken.storage());
    }
  }

  @EndpointSummary("List what was tampered with")
  @GetMapping
  BreakList list(TamperLab tamperLab) {
    return new BreakList(tamperLab.breaks().stream().map(BreakView::of).toList());
  }

  @EndpointSummary("Tamper with a record, to see it found out")
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  BreakView tamper(
      TamperLab tamperLab,
      @RequestBody @RequiredFields({"kind", "record_id"}) TamperRequest request) {
    return BreakView.of(tamperLab.tamper(request));
  }

  @EndpointSummary("Undo one tampering")
  @DeleteMapping("/{breakId}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void heal(TamperLab tamperLab, @PathVariable String breakId) {
    tamperLab.heal(breakId);
  }

  @EndpointSummary("Undo all tampering")
  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void healAll(TamperLab tamperLab) {
    tamperLab.healAll();
  }
}
